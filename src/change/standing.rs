//! What the controllers have done to an object by now, as far as its status tells.

use crate::k8s::validation::Standing;
use crate::k8s::{Manifest, Resource};
use crate::yaml::{Kind, Value};

/// What a status says; without one, a Job that is not suspended is taken to have started.
pub(super) fn of(manifest: Manifest<'_>, not_started: bool) -> Standing {
    let Some(status) = manifest.root.get("status").map(|status| status.value).filter(|status| !status.is_null()) else {
        let is_suspended = manifest.job().and_then(|job| job.suspend()).is_some_and(|suspend| suspend.value);
        let started = manifest.resource == Some(Resource::Job) && !is_suspended && !not_started;
        return Standing { started, ..Standing::default() };
    };
    let active = match status.get("active").map(|active| active.value.kind()) {
        Some(Kind::Number(number)) => number.as_i64().unwrap_or_default(),
        _ => 0,
    };
    Standing {
        started: status.get("startTime").is_some_and(|time| !time.value.is_null()),
        active,
        is_suspended: status.get("conditions").is_some_and(|list| list.value.items().any(says_suspended)),
    }
}

fn says_suspended(condition: Value<'_>) -> bool {
    let says = |key: &str, word: &str| condition.get(key).is_some_and(|entry| entry.value.as_str() == Some(word));
    says("type", "Suspended") && says("status", "True")
}
