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
mod resource_claims;
mod resources;
mod root;
mod schedule;
mod security_context;
mod selector;
mod success_policy;
mod tolerations;
mod topology_spread;
mod verdict;
mod volumes;
mod warnings;

pub use context::Context;
pub use verdict::Verdict;

use root::Identity;

use crate::k8s::objects::{CronJob, FromValue, Job};
use crate::k8s::schema::Version;
use crate::k8s::{Resource, fields};
use crate::yaml::Value;

/// What the API server of this version answers to the creation of `root`: a Job or CronJob, or what was meant as one.
///
/// All stages are run, so that every problem is reported at once; [`Verdict::causes`] are those that the server would
/// name. `root` is the document's value or an item of a `List`.
#[must_use]
pub fn check(root: Value<'_>, version: Version) -> Verdict {
    fields::find_of(root);
    let mut context = Context::new(version);
    let Some(Identity { resource, key: owner }) = root::identify(root, &mut context) else {
        return Verdict::new(context.into_problems());
    };

    decode::decode(root, resource.of_type(), &mut context);
    decode::repeated_keys(root, resource.of_type(), &mut context);
    match resource {
        Resource::Job => Job::from_value(root).map(|job| job::validate_job(job, owner, &mut context)),
        Resource::CronJob => CronJob::from_value(root).map(|job| cron_job::validate_cron_job(job, owner, &mut context)),
    };
    let mut problems = context.into_problems();
    if problems.is_empty() {
        return Verdict::new(problems);
    }
    verdict::drop_followers(&mut problems);
    if version >= Version::new(37) {
        verdict::drop_repetitions(&mut problems);
    }
    verdict::drop_idle_warnings(&mut problems);
    leave_out::offer(root, &mut problems);
    Verdict::new(problems)
}
