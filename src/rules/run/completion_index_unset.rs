//! `completion-index-unset`

use crate::analysis::Process;
use crate::diagnostic::Fix;
use crate::k8s::objects::{CompletionMode, Each as _, JobSpec};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::Span;
use crate::yaml::{New, Value};

pub(crate) static RULE: Rule = Rule::new(page!("run/completion-index-unset"), Check::Job(check));

const INDEX: &str = "JOB_COMPLETION_INDEX";

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let mode = spec.completion_mode();
    if mode.is_some_and(|mode| mode.value != CompletionMode::NonIndexed) {
        return;
    }
    for container in &spec.object.containers {
        let Some((span, is_expanded)) = use_of_index(container) else { continue };
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
fn use_of_index(container: &Process<'_>) -> Option<(Span, bool)> {
    let has_own = container.env().each().any(|(_, one)| one.value.name().is_some_and(|name| name.value == INDEX));
    if has_own || container.env_from().is_some_and(|from| !from.value.is_empty()) {
        return None;
    }
    let argv = &container.argv;
    // Only a shell puts variables into its script; Kubernetes puts those in parentheses into every word.
    let script = argv.script().map(Value::span);
    argv.words().iter().find_map(|word| use_in(*word).filter(|(_, own)| *own || script == Some(word.span())))
}

fn use_in(word: Value<'_>) -> Option<(Span, bool)> {
    let text = word.as_str().filter(|text| !text.contains("JOB_COMPLETION_INDEX="))?;
    let mut used = None;
    for (start, _) in text.match_indices(INDEX) {
        let (before, behind) = (&text[..start], &text[start + INDEX.len()..]);
        if is_reckoned_with(before, behind) {
            return None;
        }
        used = used.or_else(|| {
            let (open, close, is_expanded) = expansion(before, behind)?;
            Some((start - open..start + INDEX.len() + close, is_expanded))
        });
    }
    used.map(|(range, is_expanded)| (word.span_within(range), is_expanded))
}

/// Whether a script asks there if the variable is set, or says what holds if it is not.
fn is_reckoned_with(before: &str, behind: &str) -> bool {
    let asked = before.trim_end_matches(['$', '{', '"']).trim_end();
    let test = ["-n", "-z", "-v"].iter().find_map(|test| asked.strip_suffix(test)).map(str::trim_end);
    let is_tested = test.is_some_and(|test| ["[", "!", "test"].iter().any(|word| test.ends_with(word)));
    is_tested || before.ends_with("${") && behind.starts_with([':', '-', '+', '?', '='])
}

/// How many bytes around the name belong to its expansion, and whether that is Kubernetes' own; `None` where nothing puts a
/// value there.
fn expansion(before: &str, behind: &str) -> Option<(usize, usize, bool)> {
    if before.ends_with("$(") {
        return (!before.ends_with("$$(") && behind.starts_with(')')).then_some((2, 1, true));
    }
    let line = before.rsplit('\n').next()?;
    let is_comment = line.starts_with('#') || line.contains(" #");
    if is_comment || line.matches('\'').count() % 2 == 1 {
        return None;
    }
    if before.ends_with("${") {
        return behind.starts_with('}').then_some((2, 1, false));
    }
    let goes_on = behind.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
    (before.ends_with('$') && !goes_on).then_some((1, 0, false))
}
