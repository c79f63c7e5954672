//! `failure-rule-hidden`

use std::collections::BTreeSet;

use crate::k8s::objects::{Each as _, Field, JobSpec, PodFailurePolicyRule};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/failure-rule-hidden"), Check::Job(check));

/// pkg/apis/batch/validation/validation.go, maxPodFailurePolicyRules, as of v1.37.
const MOST: usize = 20;

/// What a rule applies to.
enum Matches<'a> {
    /// Exit codes of a container, or of any.
    Codes { container: Option<&'a str>, is_in: bool, codes: BTreeSet<i32> },
    /// Conditions, each with its status, one of which is enough.
    Conditions(BTreeSet<(&'a str, &'a str)>),
}

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(policy) = spec.pod_failure_policy() else { return };
    // The server refuses more.
    if policy.value.rules().is_some_and(|rules| rules.value.len() > MOST) {
        return;
    }
    let rules: Vec<_> = policy.value.rules().each().map(|(_, rule)| (rule, Matches::of(rule.value))).collect();
    for (at, (rule, matches)) in rules.iter().enumerate() {
        let Some(matches) = matches else { continue };
        let hides = |(_, earlier): &&(Field<'_, PodFailurePolicyRule<'_>>, Option<Matches<'_>>)| {
            earlier.as_ref().is_some_and(|earlier| earlier.covers(matches))
        };
        let Some((first, _)) = rules[..at].iter().find(hides) else { continue };
        let action = first.value.action().map_or("", |action| action.value);
        let message =
            format!("this rule is never reached: an earlier one applies to all that it is for, and does `{action}`");
        findings
            .report(rule.start(), message)
            .label(first.start(), "the first rule that applies is taken")
            .help(format!("move it before that one, or leave it out if `{action}` is meant"));
    }
}

impl<'a> Matches<'a> {
    /// `None` where the rule cannot be read, or applies to nothing.
    fn of(rule: PodFailurePolicyRule<'a>) -> Option<Self> {
        if let Some(codes) = rule.on_exit_codes() {
            let codes = codes.value;
            let is_in = match codes.operator()?.value {
                "In" => true,
                "NotIn" => false,
                _ => return None,
            };
            let container = codes.container_name().map(|name| name.value);
            let codes: BTreeSet<i32> = codes.values().each().map(|(_, code)| code.value).collect();
            return (!codes.is_empty()).then_some(Self::Codes { container, is_in, codes });
        }
        let condition = |one: crate::k8s::objects::OnPodCondition<'a>| {
            Some((one.kind()?.value, one.status().map_or("True", |status| status.value)))
        };
        let conditions: Option<BTreeSet<_>> =
            rule.on_pod_conditions().each().map(|(_, one)| condition(one.value)).collect();
        conditions.filter(|conditions| !conditions.is_empty()).map(Self::Conditions)
    }

    /// Whether it applies to everything that another one applies to. Of an exit code 0 neither kind speaks.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Conditions(own), Self::Conditions(other)) => other.is_subset(own),
            (
                Self::Codes { container: own, is_in, codes },
                Self::Codes { container: other, is_in: other_in, codes: other_codes },
            ) => {
                let covers_container = own.is_none() || own == other;
                let covers_codes = match (is_in, other_in) {
                    (true, true) => other_codes.is_subset(codes),
                    (false, true) => other_codes.is_disjoint(codes),
                    (false, false) => codes.iter().all(|code| *code == 0 || other_codes.contains(code)),
                    (true, false) => false,
                };
                covers_container && covers_codes
            }
            _ => false,
        }
    }
}
