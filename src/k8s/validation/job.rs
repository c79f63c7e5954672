//! Jobs: the object and its spec.
//!
//! pkg/apis/batch/validation/validation.go, ValidateJobCreate, ValidateJobSpec, validateJobSpec,
//! validateNameAllowsCompletions, validatePodReplacementPolicy, as of v1.37.

use super::object_meta::{self, Name};
use super::pod_failure_policy::validate_pod_failure_policy;
use super::pod_template::validate_pod_template;
use super::success_policy::validate_success_policy;
use super::{Context, generated_labels, indexed, job_restart_policy, report, warnings};
use crate::k8s::defaulted;
use crate::k8s::format::{self, Form};
use crate::k8s::objects::{Job, JobSpec, ObjectMeta, PodReplacementPolicy, PodTemplateSpec};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

/// What Kubernetes 1.26 and older mark the Jobs with whose pods have finalizers: all of them.
const TRACKING: &str = "batch.kubernetes.io/job-tracking";

/// Checks a whole Job.
pub(super) fn validate_job(job: Job<'_>, owner: Span, context: &mut Context) {
    let meta = job.metadata();
    let (meta_span, meta) =
        (meta.map_or(owner, |meta| meta.key), meta.map_or_else(ObjectMeta::absent, |meta| meta.value));
    // 1.27 marks no Jobs any more.
    let mark = Some(TRACKING).filter(|_| !context.since(27));
    let name = object_meta::validate_object_meta(meta, meta_span, mark, context);

    let spec_field = job.spec();
    let spec = spec_field.map_or_else(JobSpec::absent, |spec| spec.value);
    generated_labels::validate(meta, spec, &name, context);
    let (path, owner) = (Path::Root.field("spec"), spec_field.map_or(owner, |spec| spec.key));
    let mut effective = defaulted::Job::of(spec, context.version());
    // PrepareForUpdate of pkg/registry/batch/job/strategy.go drops what else has its gate off.
    if context.existing().is_some() {
        effective.managed_by = spec.managed_by();
    }
    // Rules are dropped of what is created, and of nothing else.
    effective.drops_fail_index &= context.existing().is_none();
    validate_job_spec(&effective, &path, owner, context);
    generated_labels::validate_selector(spec, &name, &path, owner, context);
    validate_host_name(&effective, &name, context);
    object_meta::validate_address(meta, context);
    warnings::of_name(&name, 63, context);
    warnings::of_job_spec(&effective, &path, context);
}

/// Checks of a Job that a CronJob makes what was not checked with the CronJob.
pub(super) fn validate_made(
    meta: ObjectMeta<'_>,
    (spec, owner): (JobSpec<'_>, Span),
    name: &Name<'_>,
    context: &mut Context,
) {
    object_meta::validate_carried(meta, context);
    // With a selector, or one that is to come, the CronJob itself is refused.
    if spec.selector().is_none() && !spec.manual_selector().is_some_and(|manual| manual.value) {
        generated_labels::validate(meta, spec, name, context);
        generated_labels::validate_selector(spec, name, &Path::Root.field("spec"), owner, context);
    }
    validate_host_name(&defaulted::Job::of(spec, context.version()), name, context);
}

/// An indexed Job's pods are named after it and their index, and the name must be a DNS label.
fn validate_host_name(job: &defaulted::Job<'_>, name: &Name<'_>, context: &mut Context) {
    let Some(completions) = job.completions.filter(|count| *count > 0 && job.is_indexed()) else { return };
    let host = format!("{}-{}", name.text, completions - 1);
    if format::dns_label(&host).is_empty() {
        return;
    }
    let metadata = Path::Root.field("metadata");
    let (topic, message) = if host.len() > 63 {
        (Topic::LongName, format!("the last pod's host name would be {} characters long, 63 at most", host.len()))
    } else {
        let message = "an indexed Job's pods are named after it, and their host names may not have dots or capitals";
        (Topic::Name, message.to_owned())
    };
    let problem = context.report(Reason::Invalid, &metadata.field("name"), name.span, message).about(topic);
    // Where the name itself is refused for it.
    problem.echoes((topic == Topic::Name).then_some(name.span));
    if let Some(near) = Form::DnsLabel.nearest(&name.text, 63 - (host.len() - name.text.len())) {
        problem.help(format_args!("a shorter name without dots fits, such as `{near}`"));
    }
}

/// Checks a Job's spec, or that of a CronJob's Job template.
pub(super) fn validate_job_spec(job: &defaulted::Job<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let spec = job.spec;
    report::non_negative(spec.parallelism(), "parallelism", path, context);
    report::non_negative(spec.completions(), "completions", path, context);
    report::non_negative(spec.active_deadline_seconds(), "activeDeadlineSeconds", path, context);
    report::non_negative(spec.backoff_limit(), "backoffLimit", path, context);
    report::non_negative(spec.ttl_seconds_after_finished(), "ttlSecondsAfterFinished", path, context);
    validate_policies(job, path, context);
    let template = spec.template();
    let owner = template.map_or(owner, |template| template.key);
    let template = template.map_or_else(PodTemplateSpec::absent, |template| template.value);
    let path = path.field("template");
    validate_pod_template(template, &path, owner, context);
    job_restart_policy::validate(template, job, &path, owner, context);
}

/// Who runs it, its indexes, and what its pods' ends mean.
fn validate_policies(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    validate_managed_by(job, &path.field("managedBy"), context);
    indexed::validate(job, path, context);
    if let Some(policy) = job.pod_failure_policy {
        validate_pod_failure_policy(policy.value, job, &path.field("podFailurePolicy"), context);
    }
    if let Some(policy) = job.success_policy {
        validate_success_policy(policy, job, &path.field("successPolicy"), context);
    }
    validate_pod_replacement_policy(job, &path.field("podReplacementPolicy"), context);
}

fn validate_managed_by(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(managed_by) = job.managed_by else { return };
    let (text, span) = (managed_by.value, managed_by.span);
    let help = "name a domain of yours, a `/` and the controller, or leave `managedBy` out for Kubernetes' own";
    match text.split_once('/') {
        _ if text.is_empty() => {
            context.report(Reason::Required, path, span, "an empty text names no controller").help(help);
        }
        Some((host, name)) if !host.is_empty() && !name.is_empty() => {
            for flaw in format::dns_subdomain(host) {
                context.report(Reason::Invalid, path, span, flaw.describe(host)).help(help);
            }
            if !Form::UrlPath.fits(name) {
                context.report(Reason::Invalid, path, span, Form::UrlPath.describe(name)).help(help);
            }
        }
        _ => {
            let message = format_args!("{} is not of the form `example.com/controller`", format::quote(text));
            context.report(Reason::Invalid, path, span, message).help(help);
        }
    }
    if text.len() > 63 {
        let message = format_args!("the controller's name is {} characters long, 63 at most", text.len());
        context.report(Reason::TooLong, path, span, message);
    }
}

fn validate_pod_replacement_policy(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(policy) = job.pod_replacement_policy else { return };
    if let Some(failure_policy) = job.pod_failure_policy {
        if policy.value != PodReplacementPolicy::Failed {
            let policy = policy.map(PodReplacementPolicy::as_str);
            report::not_one_of(Reason::NotSupported, path, Some(policy), policy.span, &["Failed"], context)
                .label(failure_policy.key, "with `podFailurePolicy`, a pod is replaced only when it has failed");
        }
    } else if let PodReplacementPolicy::Other(text) = policy.value {
        let (policy, allowed) = (policy.map(|_| text), PodReplacementPolicy::WORDS);
        report::not_one_of(Reason::NotSupported, path, Some(policy), policy.span, allowed, context);
    }
}

#[cfg(test)]
mod tests {
    use super::TRACKING;
    use crate::k8s::{Version, validation};
    use crate::yaml::{Document, parse};

    const POD: &str = "template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}";

    /// What is wrong with a Job, field by field.
    fn problems(name: &str, spec: &str) -> Vec<(String, String)> {
        let file = parse(&format!("{{apiVersion: batch/v1, kind: Job, metadata: {{name: {name}}}, spec: {{{spec}}}}}"));
        let root = file.documents.first().and_then(Document::root).expect("a Job");
        let checked = validation::check_value(root, Version::NEWEST);
        checked.problems().iter().map(|problem| (problem.field.clone(), problem.message.as_str().to_owned())).collect()
    }

    #[test]
    fn the_last_pods_name_is_counted_with_its_index() {
        let of_host_names = |completions: u32| {
            let spec = format!("completionMode: Indexed, completions: {completions}, parallelism: 1, {POD}");
            let problems = problems(&"x".repeat(61), &spec);
            problems.iter().filter(|(_, message)| message.contains("host name")).count()
        };
        assert_eq!([1, 10, 11].map(of_host_names), [0, 0, 1]);
    }

    #[test]
    fn the_name_that_is_offered_leaves_room_for_the_last_index() {
        for (completions, left) in [(10, 61), (1_000, 59), (100_000, 57)] {
            let spec = format!("completionMode: Indexed, completions: {completions}, parallelism: 1, {POD}");
            let text = format!(
                "{{apiVersion: batch/v1, kind: Job, metadata: {{name: {}}}, spec: {{{spec}}}}}",
                "x".repeat(62)
            );
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a Job");
            let verdict = validation::check_value(root, Version::NEWEST);
            let offers = verdict.problems().iter().filter_map(|problem| problem.help.as_deref());
            let is_short = |help: &str| help.ends_with(&format!("`{}`", "x".repeat(left)));
            assert_eq!(offers.filter(|help| is_short(help)).count(), 1, "{completions}");
        }
    }

    #[test]
    fn a_controller_is_named_by_a_domain_and_a_path() {
        let long = format!("example.com/{}", "x".repeat(60));
        for (name, words) in [
            ("example.com/a", &[][..]),
            ("", &["names no controller"]),
            ("a", &["is not of the form"]),
            ("/a", &["is not of the form"]),
            ("example.com/", &["is not of the form"]),
            ("Example.com/a", &["Example.com"]),
            ("example.com/a b", &["a b"]),
            (&long, &["72 characters long"]),
        ] {
            let found = problems("a", &format!("managedBy: '{name}', {POD}"));
            assert_eq!(found.len(), words.len(), "{name}: {found:?}");
            assert!(found.iter().zip(words).all(|((_, found), words)| found.contains(words)), "{name}: {found:?}");
        }
    }

    #[test]
    fn the_mark_of_old_servers_counts_among_the_annotations_and_what_it_was_set_to_does_not() {
        let rest = format!("spec: {{{POD}}}");
        let accepted = |annotations: &str, minor: u8| {
            let yaml = format!(
                "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a, annotations: {{{annotations}}}}}, {rest}}}"
            );
            let file = parse(&yaml);
            let root = file.documents.first().and_then(Document::root).expect("an object");
            validation::check_value(root, Version::new(minor)).accepted()
        };
        let most = 256 * 1024;
        let filling = format!("a: {}", "x".repeat(most - 1));
        assert!(!accepted(&filling, 26) && accepted(&filling, 27));
        let mark = format!("{TRACKING}: {}", "x".repeat(most));
        assert!(accepted(&mark, 26) && !accepted(&mark, 27));
    }

    #[test]
    fn a_mapping_that_two_places_share_is_read_as_if_it_were_written_twice() {
        let container = "{name: a, image: '', ports: [{containerPort: 70000}], resources: {limits: {cpu: x}}}";
        let security = "{runAsUser: -1, fsGroup: -1, privileged: true, seLinuxOptions: {level: 1}}";
        for (shared, pod) in [
            (container, "containers: [ONE], initContainers: [TWO]"),
            (security, "containers: [{name: a, image: b, securityContext: ONE}], securityContext: TWO"),
            (security, "securityContext: ONE, containers: [{name: a, image: b, securityContext: TWO}]"),
        ] {
            let written = |one: &str, two: &str| pod.replace("ONE", one).replace("TWO", two);
            let problems = |pod: &str| problems("a", &format!("template: {{spec: {{restartPolicy: Never, {pod}}}}}"));
            let by_alias = problems(&written(&format!("&x {shared}"), "*x "));
            assert!(by_alias.len() > 2, "{by_alias:?}");
            assert_eq!(by_alias, problems(&written(shared, shared)), "{pod}");
        }
    }
}
