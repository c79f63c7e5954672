//! The labels and the selector that the server gives a Job, and what contradicts them.
//!
//! pkg/registry/batch/job/strategy.go, generateSelectorIfNeeded, generateSelector; pkg/apis/batch/v1/defaults.go,
//! SetDefaults_Job; pkg/apis/batch/validation/validation.go, validateGeneratedSelector, ValidateJobSpec, as of v1.37.

use super::object_meta::{self, Name};
use super::{Context, selector, update};
use crate::diagnostic::Fix;
use crate::k8s::format::{self, Flaw};
use crate::k8s::objects::{JobSpec, LabelSelector, Map, ObjectMeta};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

const LEGACY_UID: &str = "controller-uid";
const UID: &str = "batch.kubernetes.io/controller-uid";
const LEGACY_NAME: &str = "job-name";
const NAME: &str = "batch.kubernetes.io/job-name";

/// Stands for the unique identifier that the server makes up: no manifest can know it.
const UNKNOWN: &str = "\0";

/// The labels that the server adds to the template: those with a domain since 1.27.
fn generated(context: &Context) -> &'static [&'static str] {
    let is_older = context.existing().is_some_and(|existing| !existing.has_prefixed_labels);
    if context.since(27) && !is_older { &[LEGACY_UID, LEGACY_NAME, UID, NAME] } else { &[LEGACY_UID, LEGACY_NAME] }
}

fn generated_value<'n>(key: &str, name: &'n Name<'_>, context: &'n Context) -> &'n str {
    match key {
        LEGACY_NAME | NAME => &name.text,
        _ => context.existing().map_or(UNKNOWN, |existing| &existing.uid),
    }
}

/// Whether the server adds what is not there.
fn completes(spec: JobSpec<'_>, context: &Context) -> bool {
    !is_manual(spec) && context.existing().is_none()
}

fn is_manual(spec: JobSpec<'_>) -> bool {
    spec.manual_selector().is_some_and(|manual| manual.value)
}

fn template_labels(spec: JobSpec<'_>) -> Option<Map<'_, &str>> {
    Some(spec.template()?.value.metadata()?.value.labels()?.value)
}

/// Checks what comes of the labels: those of the Job, which it takes from its template where it has none, those that
/// the server adds, and the selector made of them.
pub(super) fn validate(meta: ObjectMeta<'_>, spec: JobSpec<'_>, name: &Name<'_>, context: &mut Context) {
    let metadata = Path::Root.field("metadata");
    let own_path = metadata.field("labels");
    let template_labels = template_labels(spec);
    let inherited = template_labels.filter(|_| meta.labels().is_none_or(|labels| labels.value.is_empty()));
    if let Some(labels) = inherited {
        object_meta::validate_labels(labels, &own_path, context);
    }
    // Since 1.37 what exists is not asked whether the server has made it.
    let is_left_alone = context.existing().is_some() && (context.since(37) || spec.selector().is_none());
    if is_manual(spec) || is_left_alone {
        return;
    }
    let spec_path = Path::Root.field("spec");
    let template = spec_path.field("template");
    let metadata = template.field("metadata");
    let path = metadata.field("labels");
    for key in generated(context) {
        match template_labels.and_then(|labels| labels.get(key)) {
            Some(label) if label.value != generated_value(key, name, context) => {
                let message = format_args!("the server sets `{key}` itself, to another value than this");
                context
                    .report(Reason::Invalid, &path.key(key), label.span, message)
                    .about(Topic::JobSelector)
                    .help("leave the label out")
                    .leave_out();
            }
            None if context.existing().is_some() => {
                let span = spec.template().map_or(name.span, |template| template.key);
                update::report_lost_label((&path.key(key), key), span, context);
            }
            None if generated_value(key, name, context) != UNKNOWN => {
                // So the server names it, not `metadata.labels`.
                validate_name_label(name, &template.field("labels"), context);
                if inherited.is_some() {
                    validate_name_label(name, &own_path, context);
                }
            }
            _ => {}
        }
    }
    if let Some(given) = spec.selector() {
        let matches = selector::matches(given.value, |key| {
            generated(context).contains(&key).then(|| generated_value(key, name, context))
        });
        if matches == Some(false) {
            context
                .report(Reason::Invalid, &spec_path.field("selector"), given.key, "a Job makes its own selector")
                .about(Topic::JobSelector)
                .help("leave it out, or set `manualSelector: true` if you mean it")
                .leave_out();
        }
    }
}

fn validate_name_label(name: &Name<'_>, path: &Path<'_>, context: &mut Context) {
    for flaw in format::label_value(&name.text) {
        let message = format_args!("the pods get the Job's name as a label, and {}", flaw.describe(&name.text));
        let topic = object_meta::topic_of_name(flaw);
        let problem =
            context.report(Reason::Invalid, path, name.span, message).once_for((flaw, &name.text)).about(topic);
        // Where the name itself is refused for it.
        problem.echoes(matches!(flaw, Flaw::Form(_)).then_some(name.span));
    }
}

/// Checks the selector's form, and that it matches the Job's own pods.
pub(super) fn validate_selector(
    spec: JobSpec<'_>,
    name: &Name<'_>,
    path: &Path<'_>,
    owner: Span,
    context: &mut Context,
) {
    let field = path.field("selector");
    let given = spec.selector();
    if let Some(given) = given {
        let before = context.count();
        selector::validate_label_selector(given.value, &field, context);
        for problem in context.problems_mut()[before..].iter_mut().filter(|_| !is_manual(spec)) {
            let removal = spec.slots().selector().remove();
            problem.about(Topic::JobSelector).keep().help("leave the selector out: a Job makes its own");
            let fix = removal.map(|removal| Fix::unsafe_("leave out `selector`", removal));
            problem.aside_mut().fixes = fix.into_iter().collect();
        }
    } else if !completes(spec, context) {
        let span = spec.manual_selector().map_or(owner, |manual| manual.span);
        context
            .report(Reason::Required, &field, span, "with `manualSelector: true` a selector is needed")
            .help("leave `manualSelector` out: a Job makes a selector that fits");
    }
    if selector_matches_template(given.map(|given| given.value), spec, name, context) == Some(false) {
        let template = path.field("template");
        let metadata = template.field("metadata");
        let span = given.map_or(owner, |given| given.key);
        let message = "the selector does not match the labels of the pod template";
        let problem = context
            .report(Reason::Invalid, &metadata.field("labels"), span, message)
            .about(Topic::JobSelector)
            .help("give the template's `metadata.labels` every label that the selector asks for");
        // A Job without a selector by hand has none to match.
        problem.echoes(given.filter(|_| !is_manual(spec)).map(|given| given.key));
    }
}

/// Whether the selector, as the server completes it, matches the template's labels; `None` where it is no selector.
fn selector_matches_template(
    given: Option<LabelSelector<'_>>,
    spec: JobSpec<'_>,
    name: &Name<'_>,
    context: &Context,
) -> Option<bool> {
    let labels = template_labels(spec);
    let label = |key: &str| {
        let own = labels.and_then(|labels| labels.get(key)).map(|label| label.value);
        own.or_else(|| {
            (completes(spec, context) && generated(context).contains(&key)).then(|| generated_value(key, name, context))
        })
    };
    // A selector that is absent matches nothing.
    let given_matches = match given {
        Some(given) => selector::matches(given, label)?,
        None => completes(spec, context),
    };
    // The selector has one of them, and since 1.27 the new one.
    let added = if context.since(27) { UID } else { LEGACY_UID };
    let is_given = given.and_then(|given| given.match_labels()).is_some_and(|labels| labels.value.get(added).is_some());
    Some(given_matches && (!completes(spec, context) || is_given || label(added) == Some(UNKNOWN)))
}
