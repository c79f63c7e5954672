//! `sleep-as-schedule`

use std::ops::Range;

use crate::analysis::{Argv, Subject};
use crate::k8s::Resource;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule::new(include_str!("../../../rules/run/sleep-as-schedule.md"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    if spec.active_deadline_seconds().is_some() {
        return;
    }
    let Some(pod) = spec.object.pod else { return };
    let Some(containers) = pod.value.containers().filter(|containers| containers.value.len() == 1) else { return };
    let Some((_, container)) = containers.value.iter().next() else { return };
    let argv = Argv::of(container.value);
    if argv.calls("timeout") {
        return;
    }
    let found = argv.words().iter().find_map(|word| Some((word, endless_loop(word.as_str()?)?)));
    if let Some((script, range)) = found {
        report(script.span_within(range), spec.object, findings);
    }
}

fn report(span: Span, object: &Subject<'_>, findings: &mut Findings<'_>) {
    if object.is(Resource::CronJob) {
        findings
            .report(span, "this loop never ends, and neither does the run that the schedule started")
            .help("leave the repeating to the schedule: run what the loop holds once, without `sleep`");
    } else {
        findings
            .report(span, "this loop never ends, so the Job never completes")
            .help("make it a CronJob whose schedule says how often, and run what the loop holds once, without `sleep`");
    }
}

/// The head of a shell loop that sleeps and has no way out: `while true`.
fn endless_loop(script: &str) -> Option<Range<usize>> {
    if !script.contains("sleep") {
        return None;
    }
    let words = words(script);
    let text = |at: usize| words.get(at).map_or("", |range| &script[range.clone()]);
    let at = (0..words.len()).find(|at| {
        matches!(
            (text(*at), text(at + 1), text(at + 2)),
            ("while", "true" | ":" | "1", _) | ("while", "[", "1") | ("until", "false", _) | ("for", "((;;))", _)
        )
    })?;
    let start = (at..words.len()).find(|at| text(*at) == "do")?;
    let mut depth = 0;
    let mut end = words.len();
    for at in start..words.len() {
        match text(at) {
            "do" => depth += 1,
            "done" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = at;
            break;
        }
    }
    let sleeps = (start..end).any(|at| text(at) == "sleep");
    let leaves = |at: usize| {
        matches!(text(at).trim_start_matches(['(', '{', '`']), "break" | "exit" | "return" | "exec" | "kill" | "trap")
    };
    let waited_for = matches!(text(end + 1), "&" | "|");
    (sleeps && !waited_for && !(0..words.len()).any(leaves)).then(|| words[at].start..words[start - 1].end)
}

/// The words and operators of a shell script, without its comments.
fn words(script: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut in_comment = false;
    let loop_for_ever = "((;;))";
    let mut skip_to = 0;
    for (at, char) in script.char_indices() {
        if at < skip_to {
            continue;
        }
        if in_comment {
            in_comment = char != '\n';
            continue;
        }
        if script[at..].starts_with(loop_for_ever) && open.is_none() {
            words.push(at..at + loop_for_ever.len());
            skip_to = at + loop_for_ever.len();
            continue;
        }
        let ends = char.is_whitespace() || matches!(char, ';' | '&' | '|');
        match open {
            Some(start) if ends => {
                words.push(start..at);
                open = None;
            }
            None if char == '#' => in_comment = true,
            None if !ends => open = Some(at),
            _ => {}
        }
        if matches!(char, '&' | '|') {
            words.push(at..at + 1);
        }
    }
    words.extend(open.map(|start| start..script.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::endless_loop;

    #[test]
    fn only_a_loop_without_a_way_out_is_endless() {
        for script in [
            "while true; do /report; sleep 3600; done",
            "set -e\nwhile :\ndo\n  for f in *; do echo $f; done\n  sleep 60\ndone\n",
            "while [ 1 ]; do curl x || true; sleep 5; done",
            "for ((;;)); do x; sleep 1; done",
            "until false; do x && sleep 1; done",
        ] {
            assert!(endless_loop(script).is_some(), "{script}");
        }
        for script in [
            "while ! nc -z db 5432; do sleep 1; done; /migrate",
            "while true; do curl x && break; sleep 1; done",
            "while true; do if ok; then exit 0; fi; sleep 1; done",
            "while true; do beat; sleep 10; done & /work",
            "# while true; do sleep 1; done\n/work",
            "for i in 1 2 3; do work; sleep 20; done",
            "while true; do read x; done",
        ] {
            assert!(endless_loop(script).is_none(), "{script}");
        }
    }
}
