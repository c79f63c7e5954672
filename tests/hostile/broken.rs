//! CronJobs that YAML ends early or reads otherwise than it looks.

use crate::shapes::{Shape, numbered, repeat};

pub(crate) const BROKEN: &[(&str, Shape)] = &[
    ("broken documents", |size| repeat("---\n{\n", size)),
    ("broken CronJobs", |size| repeat("---\nkind: CronJob\nspec: {\n", size)),
    ("CronJobs broken by a tab", |size| repeat("---\nkind: CronJob\nspec:\n\ta: 1\n", size)),
    ("CronJobs broken by a placeholder", |size| repeat("---\nkind: CronJob\nname: {{ .x }}\n{{ y }}\n", size)),
    ("a broken CronJob of placeholders", |size| format!("kind: CronJob\n{}", repeat("{{ x }}\n", size))),
    ("a broken CronJob, long before the fault", |size| format!("kind: CronJob\n{}\tb: 1\n", repeat("a: 1\n", size))),
    ("a broken CronJob, long behind the fault", |size| format!("kind: CronJob\n\tb: 1\n{}", repeat("a: 1\n", size))),
    ("a broken CronJob on a line", |size| format!("{{\"kind\": \"CronJob\", \"x\": [{}", repeat("{\"a\": ]}, ", size))),
    ("hidden line breaks in a CronJob", |size| format!("kind: CronJob\n{}", repeat("# a\u{2028}", size))),
    ("hidden line breaks, line by line", |size| format!("kind: CronJob\n{}", repeat("# a\u{2028}\n", size))),
    ("byte order marks in a CronJob", |size| format!("kind: CronJob\n{}", repeat("\u{feff}", size))),
    ("byte order marks, line by line", |size| format!("kind: CronJob\nx: |\n{}", repeat("  \u{feff}a\n", size))),
    ("keys of a CronJob that collide", |size| {
        format!("kind: CronJob\n{}", numbered(size, |n| format!("{n}: 1\n\"{n}\": 1\n")))
    }),
    ("ignored parts of CronJobs", |size| repeat("---\nkind: CronJob\n...\nb: 1\n", size)),
    ("keys that are lists", |size| numbered(size, |n| format!("? [a, {n}]\n: 1\n"))),
    ("keys that are lists of a CronJob", |size| {
        format!("kind: CronJob\n{}", numbered(size, |n| format!("? [a, {n}]\n: 1\n")))
    }),
    ("infinities in a CronJob", |size| format!("kind: CronJob\nx:\n{}", repeat("- .inf\n", size))),
];
