//! CronJobs: the object, its spec and its Job template.
//!
//! pkg/apis/batch/validation/validation.go, ValidateCronJobCreate, validateCronJobSpec, validateConcurrencyPolicy,
//! ValidateJobTemplateSpec, as of v1.37.

use std::borrow::Cow;

use super::job::{validate_job_spec, validate_made};
use super::object_meta::{self, Name};
use super::{Context, report, schedule, warnings};
use crate::k8s::objects::{ConcurrencyPolicy, CronJob, CronJobSpec, Field, JobSpec, JobTemplateSpec, ObjectMeta};
use crate::k8s::{Path, Problem, Reason, Topic};
use crate::k8s::{defaulted, format};
use crate::text::Span;

/// The controller adds `-` and ten digits for the name of a Job, which has at most 63 characters.
const LONGEST_NAME: usize = 52;

/// Checks a whole CronJob.
pub(super) fn validate_cron_job(cron_job: CronJob<'_>, owner: Span, context: &mut Context) {
    let meta = cron_job.metadata();
    let (meta_span, meta) =
        (meta.map_or(owner, |meta| meta.key), meta.map_or_else(ObjectMeta::absent, |meta| meta.value));
    let name = object_meta::validate_object_meta(meta, meta_span, None, context);
    let spec = cron_job.spec();
    let (owner, before) = (spec.map_or(owner, |spec| spec.key), context.count());
    validate_spec(spec.map_or_else(CronJobSpec::absent, |spec| spec.value), owner, context);
    if spec.is_none_or(|spec| spec.value.schedule().is_none() && spec.value.job_template().is_none()) {
        say_once(owner, &mut context.problems_mut()[before..]);
    }
    if name.text.len() > LONGEST_NAME && context.existing().is_none() {
        let metadata = Path::Root.field("metadata");
        let message = format_args!("the name is {} characters long, {LONGEST_NAME} at most", name.text.len());
        context
            .report(Reason::Invalid, &metadata.field("name"), name.span, message)
            .about(Topic::LongName)
            .help("a CronJob's Jobs are named after it and the scheduled time, and 63 characters are all a Job has");
    }
    object_meta::validate_address(meta, context);
    warnings::of_name(&name, LONGEST_NAME, context);
}

/// Without schedule and template, what they lack is missing with them.
fn say_once(owner: Span, problems: &mut [Problem]) {
    let mut missing = problems.iter_mut().filter(|one| one.reason == Some(Reason::Required) && one.span == owner);
    let Some(first) = missing.next() else { return };
    first.message = "a CronJob needs a `schedule` and a `jobTemplate`".into();
    first.help("write both below `spec`; a schedule is, for example, \"0 3 * * *\": three o'clock every night");
    missing.for_each(|problem| {
        problem.echoes(owner);
    });
}

/// Checks what the controller makes of the template at each run: a Job with its labels and annotations, and a name of its
/// own. pkg/controller/cronjob/utils.go, getJobFromTemplate2, as of v1.37.
pub(super) fn validate_made_job(cron_job: CronJob<'_>, context: &mut Context) {
    let Some(template) = cron_job.spec().and_then(|spec| spec.value.job_template()) else { return };
    let Some((name, span)) = cron_job.metadata().and_then(|meta| given_name(meta.value)) else { return };
    let name = Name { text: format!("{name}-{MINUTE}").into(), span };
    let (meta, spec) = (template.value.metadata(), template.value.spec());
    let meta = meta.map_or_else(ObjectMeta::absent, |meta| meta.value);
    let Some(spec) = spec else { return };
    validate_made(meta, (spec.value, spec.key), &name, context);
}

/// A scheduled time as it stands in a Job's name: minutes since 1970, eight digits from 1989 to 2160.
const MINUTE: &str = "29999999";

fn given_name(meta: ObjectMeta<'_>) -> Option<(Cow<'_, str>, Span)> {
    if let Some(name) = meta.name().filter(|name| !name.value.is_empty()) {
        return Some((name.value.into(), name.span));
    }
    let prefix = meta.generate_name().filter(|prefix| !prefix.value.is_empty())?;
    Some((format::generated_name(prefix.value).into(), prefix.span))
}

fn validate_spec(spec: CronJobSpec<'_>, owner: Span, context: &mut Context) {
    let path = &Path::Root.field("spec");
    schedule::validate(spec, path, owner, context);
    report::non_negative(spec.starting_deadline_seconds(), "startingDeadlineSeconds", path, context);
    if let Some(policy) = spec.concurrency_policy() {
        validate_concurrency_policy(policy, &path.field("concurrencyPolicy"), context);
    }
    let template = spec.job_template();
    let owner = template.map_or(owner, |template| template.key);
    let template = template.map_or_else(JobTemplateSpec::absent, |template| template.value);
    validate_job_template(template, &path.field("jobTemplate"), owner, context);
    report::non_negative(spec.successful_jobs_history_limit(), "successfulJobsHistoryLimit", path, context);
    warnings::of_schedule(spec, context);
    report::non_negative(spec.failed_jobs_history_limit(), "failedJobsHistoryLimit", path, context);
}

fn validate_concurrency_policy(policy: Field<'_, ConcurrencyPolicy<'_>>, path: &Path<'_>, context: &mut Context) {
    // An empty text is filled with `Allow`.
    if let ConcurrencyPolicy::Other(text) = policy.value
        && !text.is_empty()
    {
        let (allowed, policy) = (ConcurrencyPolicy::WORDS, policy.map(|_| text));
        report::not_one_of(Reason::NotSupported, path, Some(policy), policy.span, allowed, context);
    }
}

fn validate_job_template(template: JobTemplateSpec<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let spec = template.spec();
    let owner = spec.map_or(owner, |spec| spec.key);
    let spec = spec.map_or_else(JobSpec::absent, |spec| spec.value);
    let path = path.field("spec");
    let effective = defaulted::Job::of_template(spec, context.version());
    validate_job_spec(&effective, &path, owner, context);
    warnings::of_job_spec(&effective, &path, context);
    if let Some(selector) = spec.selector() {
        context
            .report(Reason::Invalid, &path.field("selector"), selector.key, "a CronJob's Jobs make their own selectors")
            .about(Topic::JobSelector)
            .leave_out();
    }
    if let Some(manual) = spec.manual_selector().filter(|manual| manual.value) {
        context
            .report(
                Reason::NotSupported,
                &path.field("manualSelector"),
                manual.span,
                "a CronJob's Jobs cannot choose their selectors by hand",
            )
            .leave_out();
    }
}
