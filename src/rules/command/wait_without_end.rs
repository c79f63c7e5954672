//! `wait-without-end`

use crate::analysis::{Script, Subject};
use crate::command::{Command, Item, Kind, List, Place, Script as Read};
use crate::hash::HashSet;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/wait-without-end"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let (read, object) = (script.read, script.object);
    if read.limit.is_some() || !read.text.as_str().contains("sleep") || is_bounded(script.object, &script) {
        return;
    }
    let counting = counting(read);
    let mut waits = Vec::new();
    let waited_for = read.list.items.iter().filter(|item| !item.in_background).flat_map(Item::pipelines);
    waited_for.for_each(|pipeline| pipeline.walk(&mut |command| waits.extend(wait(read, command, &counting))));
    // A wait within a wait is a part of it.
    let mut end = 0;
    for Wait { head, whole, is_endless } in waits {
        if whole.start < end {
            continue;
        }
        end = whole.end;
        let waits = if is_endless { "this loop".to_owned() } else { format!("`{}`", read.brief(head)) };
        let report = findings.report(
            script.span(head),
            format!("{waits} waits for as long as it takes: where that never comes, neither does the end of the run"),
        );
        let report = match object.job {
            Some(job) => report.label(job.key, "no `activeDeadlineSeconds` ends it"),
            None => report,
        };
        report.help("give the Job an `activeDeadlineSeconds`, or count the rounds and `exit 1` at the last");
    }
}

/// Whether something ends the container: a deadline, or a probe that restarts it.
fn is_bounded(object: &Subject<'_>, script: &Script<'_>) -> bool {
    object.job.is_none_or(|job| job.value.slots().active_deadline_seconds().is_set())
        || object.pod.is_some_and(|pod| pod.value.slots().active_deadline_seconds().is_set())
        || script.container.value.slots().liveness_probe().is_set()
        || script.container.value.restart_policy().is_some()
}

struct Wait {
    head: Place,
    whole: Place,
    /// It ends only from within.
    is_endless: bool,
}

/// The functions of a script that count something, each of which may limit a loop that calls it.
fn counting<'s>(script: &'s Read<'_>) -> HashSet<&'s str> {
    let commands = script.list.items.iter().flat_map(|item| &item.first.stages);
    let names = commands.filter_map(|command| match &command.kind {
        Kind::Function { name, .. } if counts(script.str(command.place)) => Some(script.str(*name)),
        _ => None,
    });
    names.collect()
}

/// A loop that sleeps until something comes, and counts nothing.
fn wait(script: &Read<'_>, command: &Command, counting: &HashSet<&str>) -> Option<Wait> {
    let Kind::While { condition, body, .. } = &command.kind else { return None };
    if counts(script.str(command.place)) {
        return None;
    }
    let (inside, outside) = (Inside::of(script, body, counting), Inside::of(script, condition, counting));
    let is_endless = script.is_endless(condition);
    let is_left = inside.leaves || outside.leaves || !is_endless;
    let is_wait = inside.sleeps && !inside.is_limited && !outside.is_limited && is_left;
    let head = Place { end: condition.end().unwrap_or(command.place.end), ..command.place };
    is_wait.then_some(Wait { head, whole: command.place, is_endless })
}

/// Whether rounds or seconds are counted, as far as the text shows.
fn counts(text: &str) -> bool {
    ["((", "$[", "SECONDS", "RANDOM", "+=1", "/proc/"].iter().any(|sign| text.contains(sign))
}

/// What commands within a loop do.
#[derive(Default)]
struct Inside {
    sleeps: bool,
    leaves: bool,
    /// Something counts, reads a clock, or is the script's own to wait for.
    is_limited: bool,
}

impl Inside {
    fn of(script: &Read<'_>, list: &List, counting: &HashSet<&str>) -> Self {
        let mut inside = Self::default();
        list.walk(&mut |command| {
            let Some(call) = script.called(command) else { return };
            inside.is_limited |= call.limit.is_some() || counting.contains(call.name);
            match call.name {
                "sleep" => inside.sleeps = true,
                "break" | "exit" | "return" | "exec" => inside.leaves = true,
                "let" | "expr" | "bc" | "seq" | "date" | "read" | "kill" | "pgrep" | "pidof" | "ps" | "jobs"
                | "wait" | "shift" => inside.is_limited = true,
                _ => {}
            }
        });
        inside
    }
}
