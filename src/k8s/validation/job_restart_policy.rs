//! A Job's pods may not restart for ever, which is what pods do by default.
//!
//! pkg/apis/batch/validation/validation.go, validateJobSpec, as of v1.37.

use super::{Context, report};
use crate::diagnostic::{Fix, Safety};
use crate::k8s::defaulted;
use crate::k8s::objects::{Field, PodSpec, PodTemplateSpec, RestartPolicy};
use crate::k8s::{Path, Problem, Reason, Topic};
use crate::text::Span;
use crate::yaml::New;

/// What the pods of a Job may have.
pub(super) const ALLOWED: &[&str] = &["OnFailure", "Never"];

const CHOICE: &str = "write `Never`, which makes a new pod for each retry and keeps the failed ones to look at, or \
                      `OnFailure`, which restarts the container in its pod";

/// For a limit of retries that the first restart reaches.
const ONLY_NEVER: &str = "write `Never`, which keeps the failed pod to look at: with this `backoffLimit`, `OnFailure` \
                          deletes it at its first failure";

const NEEDED: &str = "a Job's pods need a restart policy, because the default, `Always`, is not for Jobs";

/// Checks the policy of the template at `path`.
pub(super) fn validate(
    template: PodTemplateSpec<'_>,
    job: &defaulted::Job<'_>,
    path: &Path<'_>,
    owner: Span,
    context: &mut Context,
) {
    let pod = template.spec();
    let policy =
        pod.and_then(|pod| pod.value.restart_policy()).filter(|policy| policy.value != RestartPolicy::Other(""));
    let path = path.field("spec");
    let path = path.field("restartPolicy");
    let Some(policy) = policy else {
        if pod.is_none() && is_said_of_containers(owner, context) {
            context.report(Reason::Required, &path, owner, NEEDED).about(Topic::RestartPolicy).echoes(owner);
            return;
        }
        let span = pod.map_or(owner, |pod| pod.key);
        let problem = context.report(Reason::Required, &path, span, NEEDED).about(Topic::RestartPolicy);
        absent(problem, pod, job);
        return;
    };
    match policy.value {
        RestartPolicy::Never => {}
        RestartPolicy::Always => {
            let message = "a Job's pods end, so they cannot restart `Always`";
            let problem = context.report(Reason::Required, &path, policy.span, message).about(Topic::RestartPolicy);
            for (word, safety) in choices(problem, job) {
                problem.respell(policy.raw, word, *safety);
            }
        }
        RestartPolicy::OnFailure => {
            if let Some(failure_policy) = job.pod_failure_policy {
                let message = "with `podFailurePolicy`, `restartPolicy` must be `Never`, not `OnFailure`";
                context
                    .report(Reason::Invalid, &path, policy.span, message)
                    .about(Topic::RestartPolicy)
                    .label(failure_policy.key, "looks at pods that failed, and not at containers that restart")
                    .respell(policy.raw, "Never", Safety::Unsafe);
            }
        }
        RestartPolicy::Other(text) => {
            let policy = policy.map(|_| text);
            report::not_one_of(Reason::NotSupported, &path, Some(policy), policy.span, ALLOWED, context)
                .about(Topic::RestartPolicy);
            // The pod's validation has said the same.
            let is_same = |one: &&mut Problem| one.topic == Topic::RestartPolicy && one.span == policy.span;
            for problem in context.problems_mut().iter_mut().filter(is_same).filter(|one| one.aside().fixes.is_empty())
            {
                for (word, _) in choices(problem, job) {
                    problem.respell(policy.raw, word, Safety::Unsafe);
                }
            }
        }
    }
}

/// Where there is no pod at all, says with what it runs that it needs a policy; whether that was said.
fn is_said_of_containers(owner: Span, context: &mut Context) -> bool {
    let mut said = context.problems_mut().iter_mut().rev();
    let found =
        said.find(|one| one.reason == Some(Reason::Required) && one.field.ends_with("template.spec.containers"));
    let Some(problem) = found.filter(|problem| problem.span == owner) else { return false };
    let pod = problem.field.trim_end_matches(".containers");
    problem.help(format!(
        "add `{pod}` with a `restartPolicy`, `Never` or `OnFailure`, and `containers`, each with a `name` and an `image`"
    ));
    true
}

/// Says what can be written, and why; gives the words, the likelier first.
fn choices(problem: &mut Problem, job: &defaulted::Job<'_>) -> &'static [(&'static str, Safety)] {
    if let Some(failure_policy) = job.pod_failure_policy {
        problem.help("write `Never`, the only one that goes with `podFailurePolicy`");
        problem.label(failure_policy.key, "looks at pods that failed, and not at containers that restart");
        &[("Never", Safety::Safe)]
    } else if matches!(job.backoff_limit(), 0 | 1) {
        problem.help(ONLY_NEVER);
        &[("Never", Safety::Unsafe)]
    } else {
        problem.help(CHOICE);
        &[("Never", Safety::Unsafe), ("OnFailure", Safety::Unsafe)]
    }
}

fn absent(problem: &mut Problem, pod: Option<Field<'_, PodSpec<'_>>>, job: &defaulted::Job<'_>) {
    let Some(pod) = pod else {
        choices(problem, job);
        return;
    };
    if is_moved(problem, pod.value) {
        return;
    }
    for (word, safety) in choices(problem, job) {
        let object = pod.value.raw();
        let change = match object.get("restartPolicy") {
            Some(empty) => empty.value.set(New::String(word)),
            None => object.insert_first("restartPolicy", New::String(word)),
        };
        problem.fix(Fix { title: format!("write `restartPolicy: {word}`").into(), safety: *safety, change });
    }
}

/// Offers to move the policy of the only container, if that has one: it says nothing of the pod's.
fn is_moved(problem: &mut Problem, pod: PodSpec<'_>) -> bool {
    let Some(containers) = pod.containers().filter(|list| list.value.len() == 1) else { return false };
    let Some((_, container)) = containers.value.iter().next() else { return false };
    let Some(policy) = container.value.restart_policy().filter(|policy| ALLOWED.contains(&policy.value)) else {
        return false;
    };
    problem.label(policy.key, "this one is the container's own, and the pod's is another");
    problem.help(format_args!("set `restartPolicy: {}` beside `containers`, not in the container", policy.value));
    let object = container.value.raw();
    if let Some(entry) = object.get("restartPolicy") {
        problem.fix(Fix::unsafe_("move it to the pod's spec", object.move_to(entry, pod.raw(), &[])));
    }
    true
}
