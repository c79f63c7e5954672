//! Many objects in one document, and many documents.

use crate::parts::{cron_job, job, joined};
use crate::shapes::{Shape, numbered, repeat};

/// A Job that the server refuses for several reasons.
const BAD_JOB: &str =
    r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"Ä"},"spec":{"backoffLimit":-1,"x":1}}"#;

pub(crate) const LISTS: &[(&str, Shape)] = &[
    ("a List of CronJobs", |size| {
        let item = |n: usize| {
            format!("- {}", cron_job(&format!("c{n}"), "\"* * * * *\"").trim_end().replace('\n', "\n  ")) + "\n"
        };
        format!("apiVersion: v1\nkind: List\nitems:\n{}", numbered(size, item))
    }),
    ("a List on a line", |size| {
        format!(r#"{{"apiVersion":"v1","kind":"List","items":[{}]}}"#, joined(size, |_| BAD_JOB.to_owned()))
    }),
    ("a List of empty objects", |size| format!("apiVersion: v1\nkind: List\nitems:\n{}", repeat("- {}\n", size))),
    ("a List of short CronJobs", |size| {
        format!("apiVersion: v1\nkind: List\nitems:\n{}", repeat("- {kind: CronJob, apiVersion: batch/v1}\n", size))
    }),
    ("a CronJobList of empty objects, and comments above it", |size| {
        let (comments, items) = (repeat("# a\n", size / 2), repeat("- {}\n", size / 20));
        format!("{comments}apiVersion: batch/v1\nkind: CronJobList\nitems:\n{items}")
    }),
    ("a List of ConfigMaps", |size| {
        let item = |n| format!("- {{kind: ConfigMap, apiVersion: v1, metadata: {{name: c{n}}}, data: {{a: b}}}}\n");
        format!("apiVersion: v1\nkind: List\nitems:\n{}", numbered(size, item))
    }),
    ("a List without kinds", |size| {
        format!("apiVersion: v1\nkind: List\nitems:\n{}", repeat("- {apiVersion: batch/v1}\n", size))
    }),
    ("a List of kinds", |size| format!("apiVersion: v1\nkind: List\nitems: [{}]", repeat("{kind: Job}, ", size))),
    ("Lists in Lists", |size| {
        format!(
            "{}{}",
            repeat("{kind: List, apiVersion: v1, items: [", size.min(200_000)),
            repeat("]}", size.min(200_000) / 20)
        )
    }),
    ("kinds, document by document", |size| repeat("kind: CronJob\n---\n", size)),
    ("other kinds", |size| {
        numbered(size, |n| format!("{{apiVersion: v1, kind: Kind{n}, metadata: {{name: n{n}}}}}\n---\n"))
    }),
    ("Flux", |size| {
        numbered(size, |n| {
            format!(
                "{{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, spec: {{path: ./p{n}}}}}\n---\n"
            )
        })
    }),
    ("aliases of a container", |size| {
        job(&format!("      containers:\n      - &a {{name: C, image: a, x: 1}}\n{}", repeat("      - *a\n", size)))
    }),
    ("aliases of a Job", |size| {
        format!("apiVersion: v1\nkind: List\nitems:\n- &a {BAD_JOB}\n{}", repeat("- *a\n", size))
    }),
];
