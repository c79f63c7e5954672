//! What the API server answers to the creation of a Job or CronJob: every stage at once, each problem with its place.
//!
//! One file an API object; each mirrors what Kubernetes checks, in its order.
//!
//! k8s.io/apiserver/pkg/registry/rest/create.go, BeforeCreate; k8s.io/apiserver/pkg/endpoints/handlers/create.go,
//! createHandler, as of v1.37.

mod affinity;
mod checks;
mod container;
mod containers;
mod context;
mod cron_job;
mod decode;
mod dns;
mod env;
mod file_path;
mod generated_labels;
mod host;
mod indexed;
mod ip;
mod job;
mod job_restart_policy;
mod leave_out;
mod mounts;
mod names;
mod object_meta;
mod operating_system;
mod pod;
mod pod_failure_policy;
mod pod_spec;
mod pod_template;
mod ports;
mod probe;
mod profile_annotations;
mod report;
mod request;
mod resource_claims;
mod resources;
mod root;
mod schedule;
mod security_context;
mod selector;
mod steps;
mod success_policy;
mod tolerations;
mod topology_spread;
mod update;
mod verdict;
mod volumes;
mod warnings;

pub use context::Context;
pub(crate) use request::is_beyond as is_beyond_a_request;
pub use update::{Kept, Standing, Update, update};
pub use verdict::Verdict;

use super::part::{is_name, is_of_directive};
use root::Identity;

use crate::k8s::objects::{CronJob, FromNode, Job};
use crate::k8s::schema::Version;
use crate::k8s::{Extent, Index, Manifest, Problem, Resource};
use crate::yaml::Value;

/// What the API server of this version answers to the creation of an object: a Job or CronJob, or what was meant as one.
///
/// All stages are run, so that every problem is reported at once; [`Verdict::causes`] are those that the server would
/// name. Of an object that is known in part, only those that are certain of the part are among them.
#[must_use]
pub fn check(manifest: Manifest<'_>, version: Version) -> Verdict {
    answer(manifest, Context::new(version))
}

/// What [`check`] answers for who counts most problems only, where there are very many of a kind: those say nothing.
#[must_use]
pub(crate) fn check_counting(manifest: Manifest<'_>, version: Version) -> Verdict {
    answer(manifest, Context::counting(version))
}

/// What it answers to the creation of a Job that a CronJob makes, beyond what it asks of the CronJob: of metadata of the
/// Jobs it looks at nothing before.
#[must_use]
pub fn check_made_job(manifest: Manifest<'_>, version: Version) -> Verdict {
    let mut context = Context::new(version);
    if manifest.resource == Some(Resource::CronJob)
        && let Some(cron_job) = CronJob::from_node(manifest.node())
    {
        cron_job::validate_made_job(cron_job, &mut context);
    }
    Verdict::new(context.into_problems())
}

/// What [`check`] answers for who knows which values are of a wrong type: of those it says no more than where they are.
#[must_use]
pub(crate) fn check_rest(manifest: Manifest<'_>, version: Version) -> Verdict {
    answer(manifest, Context::knowing_types(version))
}

fn answer(manifest: Manifest<'_>, context: Context) -> Verdict {
    let mut context = context.within(manifest.extent);
    let (root, node, version) = (manifest.root, manifest.node(), context.version());
    let Some(Identity { resource, key: owner }) = root::identify(manifest, &mut context) else {
        return Verdict::new(context.into_problems());
    };
    if context.existing().is_none() && request::is_beyond(manifest) {
        request::report(owner, &mut context);
        return Verdict::new(context.into_problems());
    }

    decode::decode(node, resource.of_type(), &mut context);
    decode::repeated_keys(root, resource.of_type(), &mut context);
    match resource {
        Resource::Job => Job::from_node(node).map(|job| job::validate_job(job, owner, &mut context)),
        Resource::CronJob => CronJob::from_node(node).map(|job| cron_job::validate_cron_job(job, owner, &mut context)),
    };
    let mut problems = context.into_problems();
    if manifest.extent == Extent::Part {
        keep_of_part(manifest, &mut problems);
    }
    if problems.is_empty() {
        return Verdict::new(problems);
    }
    verdict::drop_followers(&mut problems);
    if version >= Version::new(37) {
        verdict::drop_repetitions(&mut problems);
    }
    verdict::drop_idle_warnings(&mut problems);
    verdict::follow_absence(&mut problems);
    leave_out::offer(root, &mut problems);
    Verdict::new(problems)
}

/// Keeps what is certain of a part of an object: what is said of a field that stands there.
fn keep_of_part(manifest: Manifest<'_>, problems: &mut Vec<Problem>) {
    let locator = manifest.locator();
    // The place of a field that is not there is what lacks it.
    let is_there = |problem: &Problem| locator.path_to(problem.span).starts_with(&problem.field);
    let is_beside = |field: &str| is_of_directive(field) || is_name(field) && manifest.names_its_object();
    problems.retain(|problem| problem.holds_of_part() && is_there(problem) && !is_beside(&problem.field));
}

/// What it answers to the object at a value, as [`check`] does, where nobody has looked for the objects of the document.
#[must_use]
pub fn check_value(root: Value<'_>, version: Version) -> Verdict {
    check(Manifest::at(root, &Index::of_object(root)), version)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "reads a fixture")]
mod tests {
    use super::{Verdict, check, check_rest};
    use crate::k8s::{Index, Manifest, Topic, Version};
    use crate::yaml;

    /// What a walk has found, and what is looked for where none came by, is the same.
    #[test]
    fn objects_read_the_same_with_and_without_a_walk() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/verdicts.jsonl");
        let cases = std::fs::read_to_string(path).expect("the fixture is there");
        let mut walked = 0;
        for case in cases.lines() {
            let case: serde_json::Value = serde_json::from_str(case).expect("a line is a case");
            let text = case["yaml"].as_str().expect("a case has a manifest");
            let file = yaml::parse(text);
            let Some(root) = file.documents.first().and_then(yaml::Document::root) else { continue };
            let (full, empty) = (Index::of_object(root), Index::default());
            for version in [Version::OLDEST, Version::NEWEST] {
                let problems = |index| format!("{:?}", check(Manifest::at(root, index), version).problems());
                walked += usize::from(full.has(root));
                assert_eq!(problems(&full), problems(&empty), "{text}");
            }
        }
        assert!(walked > 3_000, "{walked}");
    }

    #[test]
    fn who_knows_the_types_is_told_the_rest_alike() {
        let text =
            "{apiVersion: batch/v1, kind: Job, metadata: {name: a, labels: {b: 1, \"c \": d}}, spec: {suspend: x}}";
        let file = yaml::parse(text);
        let root = file.documents.first().and_then(yaml::Document::root).expect("a Job");
        let index = Index::of_object(root);
        let manifest = Manifest::at(root, &index);
        let [all, rest] = [check, check_rest].map(|ask| ask(manifest, Version::NEWEST));
        let places = |verdict: &Verdict| {
            verdict.problems().iter().map(|one| (one.topic, one.field.clone(), one.span)).collect::<Vec<_>>()
        };
        assert!(places(&all).len() > 3);
        assert_eq!(places(&all), places(&rest));
        let silent = rest.problems().iter().filter(|one| one.message.is_empty()).map(|one| one.topic);
        assert_eq!(silent.collect::<Vec<_>>(), [Topic::WrongType; 2]);
    }
}
