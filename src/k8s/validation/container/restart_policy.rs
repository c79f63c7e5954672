//! When a single container restarts, whatever the pod's policy is.
//!
//! pkg/apis/core/validation/validation.go, validateContainerRestartPolicy, validateInitContainerRestartPolicy, as of
//! v1.37.

use crate::k8s::objects::{Container, ContainerRestartRule, Field, List};
use crate::k8s::schema::Gate;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, one_of, one_of_at, text_of};
use crate::k8s::{Reason, Topic};
use crate::text::Span;

const POLICIES: &[&str] = &["Always", "Never", "OnFailure"];
const MOST_RULES: usize = 20;
const MOST_EXIT_CODES: usize = 255;

/// Of a container that is no init container: before 1.34 refused; then, while the gate is off, dropped.
pub(in crate::k8s::validation) fn validate_regular(container: Container<'_>, at: At<'_>, context: &mut Context) {
    if context.enables(Gate::ContainerRestartRules) {
        validate(container, at, context);
    } else if let Some(policy) = container.restart_policy().filter(|_| !context.since(34)) {
        let message = format_args!(
            "before Kubernetes 1.34 only init containers have a `restartPolicy`, and this is {}",
            context.version()
        );
        context
            .report(Reason::Forbidden, &at.path.field("restartPolicy"), policy.key, message)
            .about(Topic::ContainerField);
    }
}

/// Of an init container: before 1.34 only sidecars had one; then, while the gate is off, it is dropped.
pub(in crate::k8s::validation) fn validate_init(container: Container<'_>, at: At<'_>, context: &mut Context) {
    let policy = container.restart_policy();
    if !context.enables(Gate::ContainerRestartRules) {
        if let Some(policy) = policy.filter(|_| context.enables(Gate::SidecarContainers) && !context.since(34)) {
            one_of(policy, &["Always"], &at.path.field("restartPolicy"), context);
        }
        return;
    }
    let rules = rules(container);
    if policy.is_none() {
        // Here the server looks no further.
        if let Some(rules) = rules {
            rules_alone(rules.key, at, context);
        }
        return;
    }
    let always = text_of(policy) == "Always";
    if always && !context.enables(Gate::RestartAllContainersOnContainerExits) {
        if let Some(rules) = rules {
            let message = "a sidecar always restarts, and has no rules about that";
            context
                .report(Reason::Forbidden, &at.path.field("restartPolicyRules"), rules.key, message)
                .about(Topic::Contradiction);
        }
    } else {
        validate(container, at, context);
    }
}

fn rules<'a>(container: Container<'a>) -> Option<Field<'a, List<'a, ContainerRestartRule<'a>>>> {
    container.restart_policy_rules().filter(|rules| !rules.value.is_empty())
}

fn rules_alone(rules: Span, at: At<'_>, context: &mut Context) {
    let message = "rules about restarting need a `restartPolicy` beside them";
    context.report(Reason::Required, &at.path.field("restartPolicy"), rules, message);
}

fn validate(container: Container<'_>, at: At<'_>, context: &mut Context) {
    let rules = rules(container);
    match (container.restart_policy(), rules) {
        (None, None) => return,
        (None, Some(rules)) => rules_alone(rules.key, at, context),
        (Some(policy), _) => {
            one_of(policy, POLICIES, &at.path.field("restartPolicy"), context);
        }
    }
    let Some(rules) = rules else { return };
    let path = at.path.field("restartPolicyRules");
    too_many(rules.value.len(), MOST_RULES, "rules", At::new(&path, &rules), context);
    for (index, rule) in rules.value.iter() {
        let path = path.index(index);
        validate_rule(rule.value, At::new(&path, &rule), context);
    }
}

fn validate_rule(rule: ContainerRestartRule<'_>, at: At<'_>, context: &mut Context) {
    let all = context.enables(Gate::RestartAllContainersOnContainerExits);
    let actions: &[&str] = if all { &["Restart", "RestartAllContainers"] } else { &["Restart"] };
    one_of_at(rule.action(), actions, "action", at, context);
    let path = at.path.field("exitCodes");
    let Some(codes) = rule.exit_codes() else {
        context.report(Reason::Required, &path, at.key, "a rule needs `exitCodes`, which is not set");
        return;
    };
    one_of_at(codes.value.operator(), &["In", "NotIn"], "operator", At::new(&path, &codes), context);
    if let Some(values) = codes.value.values() {
        let path = path.field("values");
        too_many(values.value.len(), MOST_EXIT_CODES, "exit codes", At::new(&path, &values), context);
    }
}

/// Before 1.36 the server called that too long.
fn too_many(count: usize, most: usize, what: &str, at: At<'_>, context: &mut Context) {
    if count > most {
        let reason = if context.since(36) { Reason::TooMany } else { Reason::TooLong };
        context.report(reason, at.path, at.key, format_args!("{count} {what} are too many, at most {most}"));
    }
}
