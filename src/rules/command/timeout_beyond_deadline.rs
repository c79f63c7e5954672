//! `timeout-beyond-deadline`

use crate::analysis::{Script, Subject};
use crate::command::{Kind, Known, Script as Read, Simple, base_name, seconds};
use crate::rule::{Check, Findings, Rule, page};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule::new(page!("command/timeout-beyond-deadline"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some((deadline, place)) = deadline(subject) else { return };
    let mut found: Vec<(Span, String)> = Vec::new();
    for container in &subject.containers {
        let argv = &container.argv;
        if argv.program().is_some() {
            let places = beyond(argv.known(), deadline);
            found.extend(places.into_iter().filter_map(|(at, what)| Some((argv.words().get(at)?.span(), what))));
        }
    }
    subject.scripts.iter().for_each(|script| in_script(script, deadline, &mut found));
    for (span, what) in found {
        findings
            .report(
                span,
                format!("`{what}` reaches beyond the deadline of {deadline} seconds, which ends the pod before"),
            )
            .label(place, "this deadline")
            .help("give the deadline more time than what is waited for, or wait less");
    }
}

/// The seconds after which the Job, or its pod, is ended.
fn deadline(subject: &Subject<'_>) -> Option<(u64, Span)> {
    let of_job = subject.job.and_then(|job| job.value.active_deadline_seconds());
    let of_pod = subject.pod.and_then(|pod| pod.value.active_deadline_seconds());
    let both = [of_job, of_pod].into_iter().flatten();
    let all = both.filter_map(|field| Some((u64::try_from(field.value).ok()?, field.span)));
    all.min_by_key(|(seconds, _)| *seconds).filter(|(seconds, _)| *seconds > 0)
}

fn in_script(script: &Script<'_>, deadline: u64, found: &mut Vec<(Span, String)>) {
    let read = script.read;
    read.list.walk(&mut |command| {
        let Kind::Simple(simple) = &command.kind else { return };
        for (at, what) in beyond(&words(read, simple), deadline) {
            found.extend(simple.words.get(at).map(|word| (script.span(word.place), what)));
        }
    });
}

fn words<'s>(script: &'s Read<'_>, simple: &Simple) -> Vec<Known<'s>> {
    script.words(simple)
}

/// The words of a command line that give a time of the deadline or more, with what they say.
fn beyond(words: &[Known<'_>], deadline: u64) -> Vec<(usize, String)> {
    let is_beyond = |text: &str| seconds(text).is_some_and(|seconds| seconds >= deadline);
    let word = |at: usize| words.get(at).and_then(|word| word.as_deref());
    let Some(first) = word(0) else { return Vec::new() };
    let name = base_name(first);
    if name == "sleep" {
        return word(1)
            .filter(|time| words.len() == 2 && is_beyond(time))
            .map_or_else(Vec::new, |time| vec![(1, format!("sleep {time}"))]);
    }
    let mut found = Vec::new();
    if name == "timeout" {
        let time = (1..words.len()).find(|at| word(*at).is_some_and(|word| seconds(word).is_some()));
        found.extend(
            time.filter(|at| word(*at).is_some_and(is_beyond))
                .map(|at| (at, format!("timeout {}", word(at).unwrap_or_default()))),
        );
    }
    let is_known = |name: &str| matches!(name, "kubectl" | "oc" | "helm" | "flux" | "argocd");
    if (0..words.len().min(4)).any(|at| word(at).is_some_and(|word| is_known(base_name(word)))) {
        for at in 1..words.len() {
            let Some(option) = word(at) else { continue };
            if let Some(time) = option.strip_prefix("--timeout=").filter(|time| is_time(time) && is_beyond(time)) {
                found.push((at, format!("--timeout={time}")));
            } else if let Some(time) =
                word(at + 1).filter(|time| option == "--timeout" && is_time(time) && is_beyond(time))
            {
                found.push((at + 1, format!("--timeout {time}")));
            }
        }
    }
    found
}

/// Go's lengths of time have a unit.
fn is_time(text: &str) -> bool {
    text.ends_with(|char: char| char.is_ascii_alphabetic())
}
