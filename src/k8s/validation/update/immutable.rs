//! What of an object cannot change.
//!
//! pkg/apis/batch/validation/validation.go, ValidateJobSpecUpdate, validateCompletions;
//! k8s.io/apimachinery/pkg/api/validation/objectmeta.go, ValidateObjectMetaAccessorUpdate, as of v1.37.

use serde_json::Value as Json;

use super::{Pair, template};
use crate::k8s::{Path, Problem, Reason, Resource, Version};

/// Fields of a Job that stay, and the first minor version that looks at them.
const FIELDS: [(&str, u8); 6] = [
    ("selector", 0),
    ("completionMode", 0),
    ("podFailurePolicy", 0),
    ("backoffLimitPerIndex", 28),
    ("managedBy", 30),
    ("successPolicy", 30),
];

/// What differs and may not.
pub(super) fn problems(pair: &Pair<'_>) -> Vec<Problem> {
    let mut problems = metadata(pair);
    if pair.resource == Resource::CronJob {
        return problems;
    }
    let (before, after) = (pair.spec(&pair.before), pair.spec(&pair.after));
    problems.extend(completions(pair));
    for (field, since) in FIELDS {
        if pair.version >= Version::new(since) && before.get(field) != after.get(field) {
            problems.push(pair.refusal(field, format!("`{field}` of a Job cannot change once it exists")));
        }
    }
    problems.extend(template::problem_of(pair));
    problems
}

/// The name stands for the object, and so does what the server wrote down when it made it.
fn metadata(pair: &Pair<'_>) -> Vec<Problem> {
    let path = Path::Root.field("metadata");
    let differs = |field: &&str| {
        let [before, after] = [&pair.before, &pair.after].map(|object| pair.metadata(object, field));
        // An identifier that is taken out stays.
        before != after && !(*field == "uid" && after.is_null())
    };
    let changed = IDENTITY.into_iter().filter(|field| differs(field));
    let problem = |field: &str| {
        let message = format_args!("an object's `{field}` cannot change: with another one it is another object");
        Problem::new(Reason::Invalid, &path.field(field), pair.place(&format!("metadata.{field}")), message)
    };
    let mut problems: Vec<Problem> = changed.map(problem).collect();
    if pair.metadata(&pair.after, "resourceVersion").is_null() {
        let message = "the `resourceVersion` that was applied before cannot be taken out";
        problems.push(Problem::new(Reason::Invalid, &path.field("resourceVersion"), pair.place("metadata"), message));
    }
    problems
}

const IDENTITY: [&str; 5] = ["name", "namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds"];

/// How many pods are to succeed: of an Indexed Job that can change since 1.27, together with how many run at once.
fn completions(pair: &Pair<'_>) -> Option<Problem> {
    let (before, after) = (pair.spec(&pair.before), pair.spec(&pair.after));
    let now = after.get("completions");
    if before.get("completions") == now {
        return None;
    }
    if after.get("completionMode").and_then(Json::as_str) != Some("Indexed") || pair.version < Version::new(27) {
        let message = "how many `completions` a Job has cannot change once it exists";
        return Some(pair.refusal("completions", message.to_owned()));
    }
    let now = now?;
    let message = "`completions` of an Indexed Job can only change together with `parallelism`, to the same number";
    (after.get("parallelism") != Some(now)).then(|| pair.refusal("completions", message.to_owned()))
}
