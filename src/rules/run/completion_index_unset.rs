//! `completion-index-unset`

use crate::analysis::Argv;
use crate::diagnostic::Fix;
use crate::k8s::objects::{CompletionMode, Container, Each as _, JobSpec};
use crate::rule::{Check, Findings, Rule, Within};
use crate::text::Span;
use crate::yaml::{New, Value};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/run/completion-index-unset.md"), Check::Job(check));

const INDEX: &str = "JOB_COMPLETION_INDEX";

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let mode = spec.completion_mode();
    if mode.is_some_and(|mode| mode.value != CompletionMode::NonIndexed) {
        return;
    }
    for container in &spec.object.containers {
        let Some((span, is_expanded)) = use_of_index(container.value) else { continue };
        let message = match is_expanded {
            true => format!("`$({INDEX})` stays as it is: only an Indexed Job has an index"),
            false => format!("`{INDEX}` is empty in every pod: only an Indexed Job has an index"),
        };
        let slots = spec.slots();
        let (help, change) = match (mode, spec.completions()) {
            (Some(mode), Some(_)) => ("write `completionMode: Indexed`", Some(mode.raw.set(New::String("Indexed")))),
            (None, Some(_)) => (
                "add `completionMode: Indexed`",
                slots.completion_mode().insert_before(slots.completions(), New::String("Indexed")),
            ),
            _ => ("add `completionMode: Indexed`, and `completions`, the number of indexes", None),
        };
        findings
            .report(span, message)
            .help(help)
            .fix(change.map(|change| Fix::unsafe_("make the Job Indexed", change)));
    }
}

/// Where a container's command line wants the index, and whether Kubernetes is to put it there; nowhere where the
/// container may have a variable of that name of its own.
fn use_of_index(container: Container<'_>) -> Option<(Span, bool)> {
    let has_own = container.env().each().any(|(_, one)| one.value.name().is_some_and(|name| name.value == INDEX));
    if has_own || container.env_from().is_some_and(|from| !from.value.is_empty()) {
        return None;
    }
    Argv::of(container).words().iter().find_map(|word| use_in(*word))
}

fn use_in(word: Value<'_>) -> Option<(Span, bool)> {
    let text = word.as_str().filter(|text| !text.contains("JOB_COMPLETION_INDEX="))?;
    for (start, _) in text.match_indices(INDEX) {
        let end = start + INDEX.len();
        let (before, behind) = (&text[..start], &text[end..]);
        // `${JOB_COMPLETION_INDEX:-0}` and the like reckon with it.
        let (open, is_expanded) = match () {
            () if before.ends_with("$(") && !before.ends_with("$$(") && behind.starts_with(')') => (2, true),
            () if before.ends_with("${") && behind.starts_with('}') => (2, false),
            () if before.ends_with('$')
                && !behind.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_') =>
            {
                (1, false)
            }
            () => continue,
        };
        return Some((word.span_within(start - open..end + usize::from(open == 2)), is_expanded));
    }
    None
}
