//! `quota-refuses-pods`

mod bounds;

use std::collections::BTreeSet;

use crate::analysis::{Amount, Stream};
use crate::diagnostic::Circumstance;
use crate::k8s::Manifest;
use crate::k8s::format::Quantity;
use crate::k8s::objects::{Container, Field, PodSpec};
use crate::rule::{Check, Findings, Reported, Rule, page};
use crate::text::Span;

use bounds::{Bound, Bounds, Of, bounds};

pub(crate) static RULE: Rule = Rule::new(page!("pod/quota-refuses-pods"), Check::Stream(check));

/// How many places beside the first are pointed at.
const MOST_SHOWN: usize = 8;
/// Resources of one pod that are held against bounds. People name four.
const MOST_RESOURCES: usize = 32;

fn check(stream: &Stream<'_>, findings: &mut Findings<'_>) {
    let bounds = bounds(stream);
    if bounds.is_empty() {
        return;
    }
    for &manifest in &stream.manifests {
        let Some(pod) = manifest.pod_spec() else { continue };
        let is_idle = manifest.job().and_then(|job| job.parallelism()).is_some_and(|count| count.value == 0);
        if !is_idle {
            let namespace = manifest.namespace();
            Look { manifest, pod, namespace, bounds: &bounds }.report(findings);
        }
    }
}

/// A Job or CronJob whose pods are held against the bounds of their namespace.
struct Look<'l, 'a> {
    manifest: Manifest<'a>,
    pod: PodSpec<'a>,
    namespace: Option<&'a str>,
    bounds: &'l Bounds<'a>,
}

impl<'l, 'a> Look<'l, 'a> {
    fn report(&self, findings: &mut Findings<'_>) {
        for what in ["pods", "Jobs"] {
            if let Some(bound) = self.bound(Of::Count, what).filter(|bound| bound.milli < 1000) {
                let message = format!("{} allows no {what} here: none is ever made", bound.name());
                self.say(self.manifest.place(), message, bound, findings);
                return;
            }
        }
        for resource in self.resources() {
            self.of_pod(resource, findings);
            self.of_containers(resource, findings);
        }
        self.unsaid(findings);
    }

    fn of_pod(&self, resource: &'a str, findings: &mut Findings<'_>) {
        for amount in [Amount::Request, Amount::Limit] {
            let of_namespace = self.bound(Of::Namespace(amount), resource);
            let of_pod = self.bound(Of::Pod, resource).filter(|_| amount == Amount::Limit);
            let milli = amount.of_pod(self.pod, resource);
            for bound in [of_namespace, of_pod].into_iter().flatten().filter(|bound| milli > bound.milli) {
                let Some(largest) = self.largest(amount, resource) else { continue };
                let verb = if amount == Amount::Request { "requests" } else { "may use" };
                let own = if largest.value.saturating_milli() == milli { written(&largest) } else { "more".to_owned() };
                let message = format!("{}, and each of these pods {verb} {own}: none is ever made", bound.allows());
                self.say(largest.span, message, bound, findings);
            }
        }
    }

    /// What one remedy mends is said once, with the other places.
    fn of_containers(&self, resource: &'a str, findings: &mut Findings<'_>) {
        for of in [Of::Container, Of::LeastOfContainer] {
            let Some(bound) = self.bound(of, resource) else { continue };
            let is_wrong = |amount: &Field<'_, Quantity<'_>>| match of {
                Of::LeastOfContainer => amount.value.saturating_milli() < bound.milli,
                _ => amount.value.saturating_milli() > bound.milli,
            };
            let mut wrong = self.pod.all_containers().filter_map(|container| {
                let said = |amount: Amount| amount.of(container.value.resources(), resource);
                [Amount::Limit, Amount::Request].into_iter().filter_map(said).find(is_wrong)
            });
            let Some(first) = wrong.next() else { continue };
            let own = written(&first);
            let message = match of {
                Of::LeastOfContainer => format!(
                    "{} wants at least {} of `{}` for a container, and {own} is less: no pod is ever made",
                    bound.name(),
                    bound.amount,
                    bound.key
                ),
                _ => format!("{} for a container, and {own} is more: no pod is ever made", bound.allows()),
            };
            let report = self.say(first.span, message, bound, findings);
            wrong.take(MOST_SHOWN).fold(report, |report, other| report.label(other.span, "nor is this one within it"));
        }
    }

    /// What a quota wants every container to say, and one does not. Only CPU and memory are asked for so.
    ///
    /// pkg/quota/v1/evaluator/core/pods.go, `validationSet`, as of v1.37.
    fn unsaid(&self, findings: &mut Findings<'_>) {
        if self.pod.slots().resources().is_set() {
            return;
        }
        let amounts = [Amount::Limit, Amount::Request];
        let asked = amounts.into_iter().flat_map(|amount| ["cpu", "memory"].map(|resource| (amount, resource)));
        let asked: Vec<_> = asked
            .filter_map(|(amount, resource)| Some((amount, resource, self.bound(Of::Namespace(amount), resource)?)))
            .collect();
        let lacks = |container: Field<'a, Container<'a>>| {
            let resources = container.value.resources();
            let unsaid = asked.iter().filter(|(amount, resource, _)| amount.of(resources, resource).is_none());
            let unsaid: Vec<&Bound<'_>> = unsaid.map(|(.., bound)| *bound).collect();
            unsaid.first().copied().map(|first| (container, first, unsaid))
        };
        let mut lacking = self.pod.all_containers().filter_map(lacks);
        let Some((container, first, unsaid)) = lacking.next() else { return };
        let keys: Vec<String> = unsaid.iter().map(|bound| format!("`{}`", bound.key)).collect();
        let message = format!(
            "{} wants each container to say its {}, and this one does not: no pod is ever made, unless a LimitRange of the \
             namespace fills it in",
            first.name(),
            keys.join(" and ")
        );
        let report = findings
            .report(container.start(), message)
            .label(first.span, "this asks for it")
            .help("give the container `resources`, or the namespace a LimitRange with `default` and `defaultRequest`")
            .about(self.manifest)
            .unless(Circumstance::LimitRange, false);
        lacking.take(MOST_SHOWN).fold(report, |report, (other, ..)| report.label(other.start(), "nor does this one"));
    }

    fn say<'f>(&self, at: Span, message: String, bound: &Bound<'_>, findings: &'f mut Findings<'_>) -> Reported<'f> {
        let help = format!("ask for what {} allows, or change that", bound.name());
        findings.report(at, message).label(bound.span, "this is the bound").help(help).about(self.manifest)
    }

    fn bound(&self, of: Of, resource: &'a str) -> Option<&'l Bound<'a>> {
        self.bounds.get(&(self.namespace, of, resource))
    }

    /// The resources that the pod says something of, and that are bounded.
    fn resources(&self) -> impl Iterator<Item = &'a str> {
        let of_containers = self.pod.all_containers().filter_map(|container| container.value.resources());
        let all = self.pod.resources().into_iter().chain(of_containers);
        let maps = all.flat_map(|resources| [resources.value.requests(), resources.value.limits()]);
        let named: BTreeSet<&str> = maps.flatten().flat_map(|map| map.value.iter()).map(|(key, _)| key).collect();
        let kinds = [
            Of::Namespace(Amount::Request),
            Of::Namespace(Amount::Limit),
            Of::Pod,
            Of::Container,
            Of::LeastOfContainer,
        ];
        let is_bounded = move |name: &&str| kinds.iter().any(|of| self.bound(*of, name).is_some());
        named.into_iter().filter(is_bounded).take(MOST_RESOURCES)
    }

    /// The largest amount of a resource in the pod.
    fn largest(&self, amount: Amount, resource: &str) -> Option<Field<'a, Quantity<'a>>> {
        let of_pod = amount.of(self.pod.resources(), resource);
        let of_containers = self.pod.all_containers().filter_map(|one| amount.of(one.value.resources(), resource));
        of_pod.or_else(|| of_containers.max_by_key(|one| one.value.saturating_milli()))
    }
}

fn written(amount: &Field<'_, Quantity<'_>>) -> String {
    amount.raw.source().trim_matches(['"', '\'']).to_owned()
}
