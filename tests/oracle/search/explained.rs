//! Differences that are known and stay: each with the name that the table in `tests/oracle/README.md` has for it.

use batchlint::k8s::Stage;

use crate::verdict::Verdict;

/// What explains a difference.
pub(crate) struct Explanation {
    /// The row of the table.
    pub(crate) name: &'static str,
    applies: fn(&Difference<'_>) -> bool,
}

/// One difference between two verdicts on a manifest.
pub(crate) struct Difference<'a> {
    /// As [`differences`](crate::verdict::differences) words it.
    pub(crate) what: &'a str,
    pub(crate) yaml: &'a str,
    pub(crate) server: &'a Verdict,
    pub(crate) ours: &'a Verdict,
}

const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        name: "repeated key in an alias",
        applies: |difference| {
            let repeated = |verdict: &Verdict| verdict.causes.iter().any(|(what, _)| what == "repeated");
            difference.what == "missing: repeated "
                && difference.server.stage == Some(Stage::Strict)
                && repeated(difference.ours)
                && difference.yaml.contains('*')
        },
    },
    Explanation {
        name: "directive",
        applies: |difference| difference.yaml.starts_with('%') && difference.ours.stage == Some(Stage::Parse),
    },
    Explanation {
        name: "byte order mark behind dashes",
        applies: |difference| difference.what.contains('\u{feff}') && difference.yaml.contains("\n---"),
    },
    Explanation {
        name: "a port hundreds of times",
        applies: |difference| {
            let is_port = difference.what.starts_with("missing warning") && difference.what.ends_with(".ports[]");
            // As many have more pairs than batchlint compares.
            is_port && difference.yaml.matches("containerPort").count() > 362
        },
    },
    Explanation {
        name: "more behind dashes",
        applies: |difference| {
            let behind = |line: &'_ str| line.strip_prefix("---").is_some_and(|rest| !rest.trim().is_empty());
            difference.ours.stage == Some(Stage::Parse) && difference.yaml.split('\n').any(behind)
        },
    },
];

/// Why the difference is none that batchlint should mend, if it is known.
pub(crate) fn explain(difference: &Difference<'_>) -> Option<&'static str> {
    EXPLANATIONS.iter().find(|explanation| (explanation.applies)(difference)).map(|explanation| explanation.name)
}
