//! The labels and the selector by which a Job knows its pods.
//!
//! pkg/registry/batch/job/strategy.go, generateSelector, as of v1.37.

use serde_json::Value as Json;

use super::{Object, UID, child, fill};
use crate::k8s::schema::Version;

/// Gives a Job what it has not got by hand.
pub(super) fn generate(job: &mut Object, version: Version) {
    let name = child(job, "metadata").get("name").cloned().unwrap_or_default();
    let labels_before = job.get("spec").and_then(|spec| spec.pointer("/template/metadata/labels")).cloned();
    let spec = child(job, "spec");
    if spec.get("manualSelector") == Some(&Json::Bool(true)) {
        return;
    }
    let has_prefixed = version >= Version::new(27);
    let labels = child(child(child(spec, "template"), "metadata"), "labels");
    let prefixed =
        ["batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid"].map(|key| (key, has_prefixed));
    for (key, is_known) in [("job-name", true), ("controller-uid", true)].into_iter().chain(prefixed) {
        if is_known {
            fill(labels, key, if key.ends_with("job-name") { name.clone() } else { UID.into() });
        }
    }
    let labels = labels.clone();
    let key = if has_prefixed { "batch.kubernetes.io/controller-uid" } else { "controller-uid" };
    fill(child(child(spec, "selector"), "matchLabels"), key, UID);
    // A Job that has the labels of its template has the same ones, and those that come to them.
    let own = child(job, "metadata").get_mut("labels");
    if let Some(own) = own.filter(|own| labels_before.as_ref() == Some(&**own)) {
        *own = labels.into();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::generate;
    use crate::k8s::schema::Version;

    #[test]
    fn labels_with_a_prefix_came_with_1_27_and_those_without_stayed() {
        let made = |minor: u8| {
            let job = json!({"metadata": {"name": "a"}, "spec": {}});
            let mut job = job.as_object().cloned().expect("it is one");
            generate(&mut job, Version::new(minor));
            let keys = |at: &str| -> Vec<String> {
                let labels = job["spec"].pointer(at).and_then(Json::as_object).expect("there are some");
                labels.keys().cloned().collect()
            };
            (keys("/template/metadata/labels").len(), keys("/selector/matchLabels"))
        };
        assert_eq!(made(26), (2, vec!["controller-uid".to_owned()]));
        assert_eq!(made(27), (4, vec!["batch.kubernetes.io/controller-uid".to_owned()]));
    }
}
