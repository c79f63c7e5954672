//! Objects whose metadata and specs are long, and wrong.

use crate::parts::{cron_job, in_container, in_metadata, in_spec, job, joined};
use crate::shapes::{Shape, numbered, repeat};

pub(crate) const OBJECTS: &[(&str, Shape)] = &[
    ("labels", |size| in_metadata(&format!("  labels:\n{}", numbered(size, |n| format!("    k{n}: v\n"))))),
    ("bad labels", |size| {
        in_metadata(&format!("  labels:\n{}", numbered(size, |n| format!("    \"k {n}\": \"v {n}\"\n"))))
    }),
    ("labels of long names", |size| {
        in_metadata(&format!("  labels:\n{}", numbered(size, |n| format!("    k{n}{}: v\n", "x".repeat(10_000)))))
    }),
    ("labels of wrong types", |size| {
        in_metadata(&format!("  labels:\n{}", numbered(size, |n| format!("    k{n}: {n}\n"))))
    }),
    ("labels that are merged", |size| {
        let labels = numbered(size / 2, |n| format!("      k{n}: 1\n"));
        in_metadata(&format!(
            "  x: &a\n{labels}  labels:\n    <<: *a\n{}",
            numbered(size / 2, |n| format!("    k{n}: 2\n"))
        ))
    }),
    ("annotations", |size| {
        in_metadata(&format!("  annotations:\n{}", numbered(size, |n| format!("    \"k {n}\": 1\n"))))
    }),
    ("finalizers", |size| in_metadata(&format!("  finalizers:\n{}", numbered(size, |n| format!("  - f {n}\n"))))),
    ("owners", |size| {
        in_metadata(&format!(
            "  ownerReferences:\n{}",
            numbered(size, |n| format!("  - {{kind: X{n}, controller: true}}\n"))
        ))
    }),
    ("rules of failure", |size| {
        in_spec(&format!(
            "  podFailurePolicy:\n    rules:\n{}",
            numbered(size, |n| format!("    - {{action: x, onExitCodes: {{operator: In, values: [{n}, 0, 1]}}}}\n"))
        ))
    }),
    ("exit codes", |size| {
        in_spec(&format!(
            "  podFailurePolicy: {{rules: [{{action: Ignore, onExitCodes: {{operator: In, values: [{}]}}}}]}}\n",
            joined(size, |n| format!("{}", n / 2))
        ))
    }),
    ("rules of success", |size| {
        in_spec(&format!(
            "  successPolicy:\n    rules:\n{}",
            numbered(size, |n| format!("    - {{succeededIndexes: \"{n}-0\", succeededCount: -1}}\n"))
        ))
    }),
    ("a long list of indexes", |size| {
        in_spec(&format!(
            "  completionMode: Indexed\n  completions: 2147483647\n  successPolicy: {{rules: [{{succeededIndexes: \
             \"{}0\"}}]}}\n",
            numbered(size, |n| format!("{},", n * 2))
        ))
    }),
    ("a selector", |size| {
        in_spec(&format!(
            "  manualSelector: true\n  selector:\n    matchExpressions:\n{}",
            numbered(size, |n| format!("    - {{key: k{n}, operator: In, values: [\"a b\"]}}\n"))
        ))
    }),
    ("unknown fields", |size| in_spec(&numbered(size, |n| format!("  unknown{n}: 1\n")))),
    ("misspelt fields", |size| in_spec(&numbered(size, |n| format!("  backoffLimi{n}: 1\n")))),
    ("suppressions of no rule", |size| numbered(size, |n| format!("# batchlint: ignore[x{n}] why\n")) + &in_spec("")),
    ("suppressions without effect", |size| in_spec(&repeat("  # batchlint: ignore[api] why\n", size))),
    ("misplaced fields", |size| {
        job(&format!("      containers: [{{name: c, image: a}}]\n{}", repeat("      backoffLimit: 1\n", size)))
    }),
    ("unknown fields of containers", |size| {
        job(&format!(
            "      containers:\n{}",
            numbered(size, |n| format!("      - {{name: c{n}, image: a, ttlSecondsAfterFinished: 1}}\n"))
        ))
    }),
    ("one long unknown field", |size| in_spec(&format!("  {}: 1\n", repeat("x", size)))),
    ("an unknown field, deep", |size| {
        in_spec(&format!("  x: {}1{}\n", repeat("[", 9_000.min(size / 2)), repeat("]", 9_000.min(size / 2))))
    }),
    ("a repeated field", |size| in_spec(&repeat("  backoffLimit: -1\n", size))),
    ("a value of a wrong type, large", |size| in_spec(&format!("  backoffLimit: [{}]\n", repeat("a, ", size)))),
    ("keys that are no strings", |size| {
        in_metadata(&format!("  annotations:\n{}", numbered(size, |n| format!("    0x{n:x}: 010\n"))))
    }),
    ("octal numbers", |size| in_container("env", size, |n| format!("{{name: E{n}, value: 010, x: 0o1}}"))),
    ("a long name", |size| cron_job(&repeat("a", size), "1 2 3 4 5")),
    ("a long name of bad characters", |size| cron_job(&repeat("Ä", size), "1 2 3 4 5")),
    ("a long label", |size| in_metadata(&format!("  labels: {{a: {}}}\n", repeat("a_", size)))),
    ("a long image", |size| job(&format!("      containers: [{{name: c, image: \"{}\"}}]\n", repeat("a/", size)))),
    ("a long kind", |size| job("").replace("Job", &repeat("Job", size))),
];
