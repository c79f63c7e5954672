//! `template-cannot-change`

use crate::analysis::{Managed, Manager, Subject, replaced};
use crate::diagnostic::Fix;
use crate::k8s::Resource;
use crate::rule::{Check, Findings, Rule, page};
use crate::text::Span;
use crate::yaml::{Change, New};

pub(crate) static RULE: Rule = Rule::new(page!("lifecycle/template-cannot-change"), Check::Manifest(check));

/// What is refused, and how a manager is told to replace the object instead.
struct Way {
    work: &'static str,
    help: &'static str,
    annotation: Option<(&'static str, &'static str)>,
}

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let ends_alone = subject.job.is_some_and(|job| job.value.slots().ttl_seconds_after_finished().is_set());
    let Some(refused) = Refused::of(subject).filter(|_| !ends_alone) else { return };
    let Refused { name, when, at, way, managed } = &refused;
    let fix = refused.replacing(subject).map(|(said, change)| Fix::unsafe_(said, change));
    findings
        .report(*name, format!("{when} {} is refused, since the template of a Job cannot change", way.work))
        .label(*at, "part of the template")
        .label(managed.evidence, "applied again and again")
        .help(way.help)
        .fix(fix);
}

/// That a Job which stays in the cluster will be refused when it is applied again.
pub(in crate::rules) struct Refused {
    name: Span,
    /// With what it will be, and where that is.
    when: String,
    at: Span,
    way: Way,
    managed: Managed,
}

impl Refused {
    /// Of a Job as long as nothing deletes it.
    pub(in crate::rules) fn of(subject: &Subject<'_>) -> Option<Self> {
        let managed = Managed::of(subject.manifest).filter(|managed| !managed.as_hook)?;
        let metadata = subject.manifest.metadata()?;
        let name = metadata.name().filter(|name| is_fixed(name.value))?.span;
        let way = way(managed.by)?;
        let (when, at) = changes(subject)?;
        // What a controller made, nobody applies again.
        let is_made = metadata.slots().owner_references().is_set();
        let is_left = subject.is(Resource::Job) && !subject.is_suspended() && !is_made && !replaced(metadata);
        is_left.then_some(Self { name, when, at, way, managed })
    }

    /// Adds the annotation with which it is replaced, where there are annotations to add it to.
    pub(in crate::rules) fn replacing(&self, subject: &Subject<'_>) -> Option<(String, Change)> {
        let (key, value) = self.way.annotation?;
        let annotations = subject.manifest.metadata()?.annotations()?;
        let is_there = annotations.value.get(key).is_some();
        let change = annotations.raw.insert_first(key, New::String(value));
        (!is_there).then(|| (format!("add `{key}: {value}`"), change))
    }
}

fn way(by: Manager) -> Option<Way> {
    Some(match by {
        Manager::Helm => Way {
            work: "the upgrade",
            help: "make it a hook (`helm.sh/hook: post-install,post-upgrade`), or write the version into its name",
            annotation: None,
        },
        Manager::Flux => Way {
            work: "Flux's next apply",
            help: "let Flux make it anew: `kustomize.toolkit.fluxcd.io/force: enabled` as an annotation",
            annotation: Some(("kustomize.toolkit.fluxcd.io/force", "enabled")),
        },
        Manager::ArgoCd => Way {
            work: "the sync",
            help: "make it a hook (`argocd.argoproj.io/hook: Sync`), or let Argo CD make it anew: \
                   `argocd.argoproj.io/sync-options: Force=true,Replace=true`",
            annotation: Some(("argocd.argoproj.io/sync-options", "Force=true,Replace=true")),
        },
        _ => return None,
    })
}

/// Whether a name stays from version to version: with a number in it, it may be another one each time.
fn is_fixed(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'.'))
}

/// When the template will be another one, and what tells: a label with the chart's version, or an image with its own. A
/// template without a version may never change.
fn changes(subject: &Subject<'_>) -> Option<(String, Span)> {
    let template = subject.job?.value.template()?.value;
    let labels = template.metadata().and_then(|metadata| metadata.value.labels());
    if let Some(chart) = labels.and_then(|labels| labels.value.get("helm.sh/chart")) {
        return Some(("with each version of the chart".to_owned(), chart.span));
    }
    let images = subject.containers.iter().filter_map(|container| container.image());
    images.filter_map(|image| Some((another(image.value)?, image.span))).next()
}

/// What will be another one of an image: its digest, or its tag, where that has a number.
fn another(image: &str) -> Option<String> {
    let last = image.rsplit('/').next()?;
    if let Some((name, _)) = last.split_once('@') {
        return Some(format!("with another digest of `{name}`"));
    }
    let (_, tag) = last.split_once(':')?;
    tag.bytes().any(|byte| byte.is_ascii_digit()).then(|| format!("with another image than `{last}`"))
}
