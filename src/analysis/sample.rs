//! Parts of objects for tests.

use crate::k8s::Objects;
use crate::k8s::objects::Container;
use crate::yaml::parse;

/// Looks at the container of a Job that has these fields, written as in braces.
pub(super) fn container<T>(fields: &str, look: impl Fn(Container<'_>) -> T) -> T {
    let file = parse(&format!(
        "{{apiVersion: batch/v1, kind: Job, spec: {{template: {{spec: {{containers: [{{{fields}}}]}}}}}}}}"
    ));
    let objects = Objects::of(&file.documents[0]);
    let job = objects.manifests(&file.documents[0]).next().and_then(|manifest| manifest.job()).expect("a Job");
    let pod = job.template().and_then(|template| template.value.spec()).expect("a pod").value;
    let (_, container) = pod.containers().expect("containers").value.iter().next().expect("one");
    look(container.value)
}
