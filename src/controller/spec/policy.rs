//! The policies of a Job: what a failed pod means, and when the Job has succeeded before all its indexes have.

use crate::k8s::defaulted;
use crate::k8s::objects::{Each, OnExitCodes, PodFailurePolicy, PodFailurePolicyRule, SuccessPolicy};

/// What a pod that failed in a certain way means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureRule {
    /// What it means.
    pub action: FailureAction,
    /// The way it failed.
    pub when: FailureWhen,
}

/// What a failed pod means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureAction {
    /// That the Job fails.
    FailJob,
    /// That its index fails.
    FailIndex,
    /// Nothing: it is not counted.
    Ignore,
    /// What it means without a policy.
    Count,
}

/// The way a pod failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureWhen {
    /// With such an exit code of its container.
    Exited(ExitCodes),
    /// It was evicted, preempted or the like: the condition `DisruptionTarget`.
    Disrupted,
    /// In a way that the simulation has not.
    Otherwise,
}

/// Exit codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitCodes {
    /// One of these.
    In(Vec<i32>),
    /// Any but these, and 0.
    NotIn(Vec<i32>),
}

impl ExitCodes {
    /// Whether a code is one of them: 0 never is.
    #[must_use]
    pub fn has(&self, code: i32) -> bool {
        code != 0
            && match self {
                Self::In(codes) => codes.contains(&code),
                Self::NotIn(codes) => !codes.contains(&code),
            }
    }
}

/// Indexes, or a number of them, that make the Job succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessRule {
    /// Which indexes, as intervals; `None`: any.
    pub indexes: Option<Vec<(i32, i32)>>,
    /// How many of them; `None`: all.
    pub count: Option<i32>,
}

/// The rules of a failure policy, for pods with this container.
pub(super) fn failure_rules(
    policy: PodFailurePolicy<'_>,
    container: &str,
    job: &defaulted::Job<'_>,
) -> Vec<FailureRule> {
    let rules = policy.rules().each().filter_map(|(_, rule)| {
        let action = match rule.value.action()?.value {
            "FailJob" => FailureAction::FailJob,
            "FailIndex" if !job.drops_fail_index => FailureAction::FailIndex,
            "Ignore" => FailureAction::Ignore,
            "Count" => FailureAction::Count,
            _ => return None,
        };
        Some(FailureRule { action, when: when(rule.value, container) })
    });
    rules.collect()
}

fn when(rule: PodFailurePolicyRule<'_>, container: &str) -> FailureWhen {
    if let Some(codes) = rule.on_exit_codes() {
        return exited(codes.value, container).map_or(FailureWhen::Otherwise, FailureWhen::Exited);
    }
    let disruption = rule.on_pod_conditions().each().any(|(_, condition)| {
        let status = condition.value.status().map_or("True", |status| status.value);
        condition.value.kind().is_some_and(|kind| kind.value == "DisruptionTarget") && status == "True"
    });
    if disruption { FailureWhen::Disrupted } else { FailureWhen::Otherwise }
}

fn exited(codes: OnExitCodes<'_>, container: &str) -> Option<ExitCodes> {
    if codes.container_name().is_some_and(|name| name.value != container) {
        return None;
    }
    let values = codes.values().each().map(|(_, code)| code.value).collect();
    match codes.operator()?.value {
        "In" => Some(ExitCodes::In(values)),
        "NotIn" => Some(ExitCodes::NotIn(values)),
        _ => None,
    }
}

pub(super) fn success_rules(policy: SuccessPolicy<'_>) -> Vec<SuccessRule> {
    let rules = policy.rules().each().map(|(_, rule)| SuccessRule {
        indexes: rule.value.succeeded_indexes().map(|indexes| intervals(indexes.value)),
        count: rule.value.succeeded_count().map(|count| count.value),
    });
    rules.collect()
}

/// `0,2-4` as intervals; what is not one is left out, as Kubernetes leaves it out.
fn intervals(text: &str) -> Vec<(i32, i32)> {
    let parts = text.split(',').filter_map(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some((first.parse().ok()?, last.parse().ok()?))
    });
    parts.collect()
}
