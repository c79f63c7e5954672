//! `hook-needs-later`

use crate::analysis::{Other, Reference, Referent, Stream, references};
use crate::hash::HashMap;
use crate::k8s::{Manifest, Resource};
use crate::rule::{Check, Findings, Rule, page};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule::new(page!("lifecycle/hook-needs-later"), Check::Stream(check));

fn check(stream: &Stream<'_>, findings: &mut Findings<'_>) {
    let mut ordinary: HashMap<(Referent, Option<&str>, &str), &Other<'_>> = HashMap::default();
    for other in stream.others.iter().filter(|other| !other.is_hook()) {
        if let Some(referent) = other.referent() {
            ordinary.insert((referent, other.namespace, other.name), other);
        }
    }
    if ordinary.is_empty() {
        return;
    }
    for &manifest in &stream.manifests {
        let Some((hook, phase)) = first_hook(manifest) else { continue };
        let Some(pod) = manifest.pod_spec() else { continue };
        let namespace = manifest.namespace();
        let references = references(pod);
        let is_later = |one: &&Reference| !one.is_optional && ordinary.contains_key(&(one.to, namespace, &*one.name));
        let later: Vec<&Reference> = references.iter().filter(is_later).collect();
        report(&later, (hook, phase), manifest, findings);
    }
}

fn report(later: &[&Reference], (hook, phase): (Span, &str), manifest: Manifest<'_>, findings: &mut Findings<'_>) {
    let Some((first, rest)) = later.split_first() else { return };
    let others = match rest.len() {
        0 => String::new(),
        1 => " and another object".to_owned(),
        count => format!(" and {count} other objects"),
    };
    let (kind, name) = (first.to.kind(), &first.name);
    let (tool, mend) = match phase {
        "PreSync" => {
            ("sync", "make what it needs a hook of the same phase in an earlier wave, or the Job one of `Sync`")
        }
        _ => (
            "install",
            "make what it needs a hook, too, with a lower weight (`helm.sh/hook-weight: \"-5\"`), or the Job a `post-install` hook",
        ),
    };
    let message =
        format!("this `{phase}` hook needs {kind} `{name}`{others}, which the first {tool} makes only after it");
    let mut reported =
        findings.report(first.span, message).help(mend).label(hook, "runs before everything else").about(manifest);
    for other in rest {
        reported = reported.label(other.span, "needed, too");
    }
}

/// Where a Job says that it runs before everything ordinary is there, and in which phase.
fn first_hook(manifest: Manifest<'_>) -> Option<(Span, &'static str)> {
    if manifest.resource != Some(Resource::Job) {
        return None;
    }
    let annotations = manifest.metadata()?.annotations()?.value;
    if let Some(own) = annotations.get("argocd.argoproj.io/hook") {
        return has(own.value, "PreSync").then_some((own.span, "PreSync"));
    }
    let hook = annotations.get("helm.sh/hook")?;
    has(hook.value, "pre-install").then_some((hook.span, "pre-install"))
}

fn has(phases: &str, wanted: &str) -> bool {
    phases.split(',').any(|phase| phase.trim().eq_ignore_ascii_case(wanted))
}
