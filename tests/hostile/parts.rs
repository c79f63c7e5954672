//! What hostile objects are made of.

use crate::shapes::numbered;

/// A CronJob up to its pod's spec, with `name` and `schedule`.
pub(crate) fn cron_job(name: &str, schedule: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: {name}\nspec:\n  schedule: {schedule}\n  \
         jobTemplate:\n    spec:\n      \
         template:\n        spec:\n          restartPolicy: Never\n          containers: [{{name: c, image: a}}]\n"
    )
}

/// A Job with those lines in its pod's spec.
pub(crate) fn job(pod: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: j\nspec:\n  template:\n    spec:\n      \
         restartPolicy: Never\n\
         {pod}"
    )
}

/// A Job with a container and those lines in it.
pub(crate) fn container(lines: &str) -> String {
    job(&format!("      containers:\n      - name: c\n        image: a\n{lines}"))
}

/// A Job with a list of the pod's spec under `key`.
pub(crate) fn in_pod(key: &str, size: usize, item: impl Fn(usize) -> String) -> String {
    let items = numbered(size, |number| format!("      - {}\n", item(number)));
    job(&format!("      containers: [{{name: c, image: a}}]\n      {key}:\n{items}"))
}

/// A Job with a list of its container under `key`.
pub(crate) fn in_container(key: &str, size: usize, item: impl Fn(usize) -> String) -> String {
    let items = numbered(size, |number| format!("        - {}\n", item(number)));
    container(&format!("        {key}:\n{items}"))
}

/// A Job with more in its spec.
pub(crate) fn in_spec(lines: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: j}}\nspec:\n  template: \
         {{spec: {{restartPolicy: Never, containers: \
         [{{name: c, image: a}}]}}}}\n{lines}"
    )
}

/// A Job with more in its metadata.
pub(crate) fn in_metadata(lines: &str) -> String {
    format!(
        "{}metadata:\n  name: j\n{lines}",
        job("      containers: [{name: c, image: a}]\n").replace("metadata:\n  name: j\n", "")
    )
}

/// The item between commas, up to a size.
pub(crate) fn joined(size: usize, item: impl Fn(usize) -> String) -> String {
    numbered(size, |number| format!("{}{}", if number == 0 { "" } else { ", " }, item(number)))
}
