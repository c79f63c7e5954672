//! Recordings, line by line, and what is in them.

use std::path::Path;

use batchlint::controller::{CronJob, Job, Object};
use batchlint::k8s::objects::{self, FromNode};
use batchlint::k8s::schema::Version;
use batchlint::yaml::{self, Document};
use serde_json::Value as Json;

/// The lines of a recording; `None` where it is absent.
pub(crate) fn lines(name: &str) -> Option<Vec<Json>> {
    super::shared::find(name).map(|path| read(&path))
}

/// The lines of a file. With `SCENARIO` set, only the one of that `id`.
pub(crate) fn read(path: &Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).expect("the recording can be read");
    let only = std::env::var("SCENARIO").ok();
    let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).expect("a line is JSON"));
    lines.filter(|line| only.as_ref().is_none_or(|only| line["id"] == **only)).collect()
}

/// What an object asks for.
pub(crate) fn object(json: &Json) -> Object {
    let text = json.to_string();
    let file = yaml::parse(&text);
    let root = file.documents.first().and_then(Document::root).expect("a document");
    let version = Version::new(36);
    if json["kind"] == "CronJob" {
        let object = objects::CronJob::from_node(root.into()).expect("a CronJob");
        return Object::CronJob(CronJob::of(object.spec().expect("it has a spec").value, version));
    }
    let object = objects::Job::from_node(root.into()).expect("a Job");
    Object::Job(Job::of(object.spec().expect("it has a spec").value, version))
}

/// A whole number.
pub(crate) fn whole(json: &Json) -> i64 {
    json.as_i64().unwrap_or_else(|| panic!("{json} is no whole number"))
}

/// Fails where a case differs, and shows the first of them.
pub(crate) fn judge(name: &str, cases: usize, differences: &[(String, String)]) {
    for (id, difference) in differences.iter().take(10) {
        eprintln!("{name} {id}: {difference}");
    }
    let ids: Vec<&str> = differences.iter().map(|(id, _)| id.as_str()).collect();
    assert!(ids.is_empty(), "{name}: {} of {cases} differ: {}", ids.len(), ids.join(" "));
}
