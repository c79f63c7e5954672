//! An answer to a change, the server's and batchlint's.

use std::collections::BTreeSet;

use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::{Standing, update};
use batchlint::k8s::{Objects, Problem};
use batchlint::yaml;
use serde_json::Value as Json;

/// What is answered to a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) accepted: bool,
    /// Whether the generation rises.
    pub(crate) changed: bool,
    /// Reason and field of each cause.
    pub(crate) causes: BTreeSet<(String, String)>,
}

/// The `server` member of a case.
pub(crate) fn of_server(server: &Json) -> Answer {
    let text = |cause: &Json, name: &str| cause[name].as_str().unwrap_or_default().to_owned();
    let causes = server["causes"].as_array().into_iter().flatten();
    Answer {
        accepted: server["accepted"] == true,
        changed: server["changed"] == true,
        causes: causes.map(|cause| (text(cause, "reason"), text(cause, "field"))).collect(),
    }
}

/// batchlint's answer to the same case; `None` where it sees no two objects of one kind.
pub(crate) fn of_batchlint(case: &Json, version: Version) -> Option<Answer> {
    let files = ["old", "yaml"].map(|name| yaml::parse(case[name].as_str().unwrap_or_default()));
    if !files[1].errors.is_empty() {
        return Some(Answer { accepted: false, changed: false, causes: BTreeSet::new() });
    }
    let [old, new] = [files[0].documents.first()?, files[1].documents.first()?];
    let objects = [Objects::of(old), Objects::of(new)];
    let manifests = (objects[0].manifests(old).next()?, objects[1].manifests(new).next()?);
    let state = &case["state"];
    let started = state["started"] == true;
    // The oracle looks at the pods of a Job that has started only.
    let active = state["active"].as_i64().filter(|_| started).unwrap_or_default();
    let standing = Standing { started, active, ..Standing::default() };
    let update = update(manifests.0, manifests.1, standing, version)?;
    let cause = |problem: &Problem| Some((problem.reason?.name().to_owned(), problem.field.clone()));
    Some(Answer {
        accepted: update.accepted(),
        changed: update.changed,
        causes: update.problems.iter().filter_map(cause).collect(),
    })
}
