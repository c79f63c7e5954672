//! `podFailurePolicy`: what a failed pod means for its Job.
//!
//! pkg/apis/batch/validation/validation.go, validatePodFailurePolicy, validatePodFailurePolicyRule,
//! validatePodFailurePolicyRuleOnPodConditions, validatePodFailurePolicyRuleOnExitCodes, as of v1.37.

use std::cell::OnceCell;

use super::checks::text_of;
use super::{Context, object_meta, report};
use crate::diagnostic::Safety;
use crate::hash::{HashMap, HashSet};
use crate::k8s::defaulted;
use crate::k8s::format::{self, quote};
use crate::k8s::objects::{Field, List, OnExitCodes, OnPodCondition, PodFailurePolicy, PodFailurePolicyRule};
use crate::k8s::schema::nearest;
use crate::k8s::{Path, Reason, Topic};

const MOST_RULES: usize = 20;
const MOST_EXIT_CODES: usize = 255;
const MOST_CONDITIONS: usize = 20;

pub(super) fn validate_pod_failure_policy(
    policy: PodFailurePolicy<'_>,
    job: &defaulted::Job<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let Some(rules) = policy.rules() else { return };
    let path = path.field("rules");
    let is_fail_index =
        |rule: PodFailurePolicyRule<'_>| rule.action().is_some_and(|action| action.value == "FailIndex");
    let kept = || rules.value.iter().filter(|(_, rule)| !(job.drops_fail_index && is_fail_index(rule.value)));
    report::too_many(rules.key, kept().count(), MOST_RULES, "rules", &path, context);
    let owner = Owner { job, containers: OnceCell::new() };
    for (index, (_, rule)) in kept().enumerate() {
        validate_rule(rule, &owner, &path.index(index), context);
    }
}

/// The Job whose policy it is.
struct Owner<'j, 'a> {
    job: &'j defaulted::Job<'a>,
    /// The names of its pods' containers; that of one without a name is empty.
    containers: OnceCell<HashSet<&'a str>>,
}

impl<'a> Owner<'_, 'a> {
    fn container_names(&self) -> &HashSet<&'a str> {
        self.containers.get_or_init(|| {
            let pod = self.job.spec.template().and_then(|template| template.value.spec());
            let lists = pod.map(|pod| [pod.value.containers(), pod.value.init_containers()]);
            let containers = lists.into_iter().flatten().flatten().flat_map(|list| list.value.iter());
            containers.map(|(_, container)| text_of(container.value.name())).collect()
        })
    }

    /// The name that was likely meant, where there are not too many to choose from.
    fn nearest_container(&self, name: &str) -> Option<&'a str> {
        const MANY: usize = 64;
        let names = self.container_names();
        let names = (names.len() <= MANY).then(|| names.iter().copied().filter(|own| !own.is_empty()))?;
        nearest(name, names)
    }
}

fn validate_rule(
    rule: Field<'_, PodFailurePolicyRule<'_>>,
    owner: &Owner<'_, '_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    validate_action(rule, owner.job, &path.field("action"), context);
    let exit_codes = rule.value.on_exit_codes();
    let conditions = rule.value.on_pod_conditions().filter(|conditions| !conditions.value.is_empty());
    if let Some(exit_codes) = exit_codes {
        validate_exit_codes(exit_codes, owner, &path.field("onExitCodes"), context);
    }
    if let Some(conditions) = conditions {
        validate_conditions(conditions, owner.job, &path.field("onPodConditions"), context);
    }
    match (exit_codes, conditions) {
        (Some(exit_codes), Some(conditions)) => {
            let message = "a rule looks at exit codes or at pod conditions, and this one has both";
            context
                .report(Reason::Invalid, path, conditions.key, message)
                .about(Topic::JobPolicy)
                .beside(exit_codes.key);
        }
        (None, None) => {
            let message = "a rule needs `onExitCodes` or `onPodConditions`";
            context.report(Reason::Invalid, path, rule.start(), message).about(Topic::Required);
        }
        _ => {}
    }
}

fn validate_action(
    rule: Field<'_, PodFailurePolicyRule<'_>>,
    job: &defaulted::Job<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    // `FailIndex` came with the back-off limit per index.
    let known: &[&str] = &["Count", "FailIndex", "FailJob", "Ignore"];
    let early: &[&str] = &["Count", "FailJob", "Ignore"];
    let allowed = if context.since(28) { known } else { early };
    let action = rule.value.action().filter(|action| !action.value.is_empty());
    match action {
        None => {
            report::not_one_of(Reason::Required, path, None, rule.start(), allowed, context);
        }
        Some(action) if action.value == "FailIndex" && context.since(28) => {
            if job.backoff_limit_per_index.is_none() {
                let message = "`FailIndex` is for Jobs with `backoffLimitPerIndex`, which is not set";
                context.report(Reason::Invalid, path, action.span, message).about(Topic::JobPolicy);
            }
        }
        Some(action) => {
            if !allowed.contains(&action.value) {
                report::not_one_of(Reason::NotSupported, path, Some(action), action.span, allowed, context);
            }
        }
    }
}

fn validate_exit_codes(
    codes: Field<'_, OnExitCodes<'_>>,
    owner: &Owner<'_, '_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let operator = codes.value.operator().filter(|operator| !operator.value.is_empty());
    if operator.is_none_or(|operator| !matches!(operator.value, "In" | "NotIn")) {
        let reason = if operator.is_none() { Reason::Required } else { Reason::NotSupported };
        let span = operator.map_or(codes.key, |operator| operator.span);
        report::not_one_of(reason, &path.field("operator"), operator, span, &["In", "NotIn"], context);
    }
    if let Some(name) = codes.value.container_name()
        && !owner.container_names().contains(name.value)
    {
        let message = format_args!("the pod template has no container {}", quote(name.value));
        let near = owner.nearest_container(name.value);
        let problem =
            context.report(Reason::Invalid, &path.field("containerName"), name.span, message).about(Topic::NotFound);
        if let Some(near) = near {
            problem.did_you_mean(name.raw, near, Safety::Unsafe);
        }
    }
    let path = path.field("values");
    let values = codes.value.values().filter(|values| !values.value.is_empty());
    let Some(values) = values else {
        context.report(Reason::Invalid, &path, codes.key, "at least one exit code is needed").about(Topic::Required);
        return;
    };
    report::too_many(values.key, values.value.len(), MOST_EXIT_CODES, "exit codes", &path, context);
    validate_values(values, operator.is_some_and(|operator| operator.value == "In"), &path, context);
}

fn validate_values(values: Field<'_, List<'_, i32>>, is_in: bool, path: &Path<'_>, context: &mut Context) {
    let mut seen = HashMap::default();
    let (mut last, mut disorder) = (i32::MIN, None);
    for (index, code) in values.value.iter() {
        let path = path.index(index);
        if is_in && code.value == 0 {
            context
                .report(Reason::Invalid, &path, code.span, "0 is success, and a pod that succeeds has not failed")
                .about(Topic::JobPolicy);
        }
        if let Some(first) = seen.insert(code.value, code.span) {
            let message = format_args!("exit code {} is here twice", code.value);
            context.report(Reason::Duplicate, &path, code.span, message).label(first, "it is here already");
        }
        if code.value < last {
            disorder = disorder.or(Some(code));
        }
        last = code.value;
    }
    if let Some(code) = disorder {
        context.report(Reason::Invalid, path, code.span, "exit codes stand in ascending order").about(Topic::JobPolicy);
    }
}

fn validate_conditions(
    conditions: Field<'_, List<'_, OnPodCondition<'_>>>,
    job: &defaulted::Job<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    report::too_many(conditions.key, conditions.value.len(), MOST_CONDITIONS, "pod conditions", path, context);
    for (index, pattern) in conditions.value.iter() {
        let path = path.index(index);
        let kind = pattern.value.kind();
        let (text, span) = kind.map_or(("", pattern.start()), |kind| (kind.value, kind.span));
        object_meta::report_flaws(format::label_key(text), text, &path.field("type"), span, context);
        let status = pattern.value.status().filter(|status| !status.value.is_empty());
        if status.is_some() || !job.fills_condition_status {
            validate_status(pattern, status, &path.field("status"), context);
        }
    }
}

fn validate_status(
    pattern: Field<'_, OnPodCondition<'_>>,
    status: Option<Field<'_, &str>>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let allowed = &["False", "True", "Unknown"];
    let Some(status) = status else {
        report::not_one_of(Reason::Required, path, None, pattern.start(), allowed, context);
        return;
    };
    if !allowed.contains(&status.value) {
        report::not_one_of(Reason::NotSupported, path, Some(status), status.span, allowed, context);
    }
}
