//! `sleep-as-schedule`

use crate::analysis::Subject;
use crate::command::{Command, Item, Kind, Place, Script as Read};
use crate::k8s::Resource;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule::new(page!("run/sleep-as-schedule"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    if spec.active_deadline_seconds().is_some() || spec.object.containers.len() != 1 {
        return;
    }
    let scripts = spec.object.scripts.iter().filter(|script| script.read.limit.is_none());
    let found =
        scripts.filter(|script| !leaves(script.read)).find_map(|script| Some(script.span(endless_loop(script.read)?)));
    if let Some(span) = found {
        report(span, spec.object, findings);
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

/// Whether anything may end the script, wherever that stands.
fn leaves(script: &Read<'_>) -> bool {
    let mut leaves = false;
    script.list.walk(&mut |command| {
        let name = script.called(command).map_or("", |call| call.name);
        leaves |= matches!(name, "break" | "exit" | "return" | "exec" | "kill" | "trap");
    });
    leaves
}

/// The head of a loop that the script itself waits for, and that never ends: `while true`.
fn endless_loop(script: &Read<'_>) -> Option<Place> {
    let waited_for = script.list.items.iter().filter(|item| !item.in_background);
    let pipelines = waited_for.flat_map(Item::pipelines);
    let alone = pipelines.filter_map(|pipeline| match &pipeline.stages[..] {
        [command] => Some(command),
        _ => None,
    });
    alone.filter_map(|command| within(script, command)).next()
}

fn within(script: &Read<'_>, command: &Command) -> Option<Place> {
    match &command.kind {
        Kind::Group(list) | Kind::Subshell(list) => {
            let stages = list.items.iter().filter(|item| !item.in_background).flat_map(Item::pipelines);
            stages.flat_map(|pipeline| &pipeline.stages).find_map(|command| within(script, command))
        }
        _ => script.sleeps_for_ever(command),
    }
}

#[cfg(all(test, feature = "commands"))]
mod tests {
    use super::{endless_loop, leaves};
    use crate::command::{Script, Text, shell};

    #[test]
    fn only_a_loop_without_a_way_out_is_endless() {
        let is_endless = |text: &str| {
            let start = shell(&["sh", "-c", text].map(|word| Some(word.into()))).expect("a shell");
            let script = Script::read(Text::written(text), &start).expect("a script");
            !leaves(&script) && endless_loop(&script).is_some()
        };
        for script in [
            "while true; do /report; sleep 3600; done",
            "set -e\nwhile :\ndo\n  for f in *; do echo $f; done\n  sleep 60\ndone\n",
            "while [ 1 ]; do curl x || true; sleep 5; done",
            "for ((;;)); do x; sleep 1; done",
            "until false; do x && sleep 1; done",
            "{ while true; do x; sleep 1; done; }",
        ] {
            assert!(is_endless(script), "{script}");
        }
        for script in [
            "while ! nc -z db 5432; do sleep 1; done; /migrate",
            "while true; do curl x && break; sleep 1; done",
            "while true; do if ok; then exit 0; fi; sleep 1; done",
            "while true; do beat; sleep 10; done & /work",
            "# while true; do sleep 1; done\n/work",
            "for i in 1 2 3; do work; sleep 20; done",
            "while true; do read x; done",
            "while true; do beat; sleep 10; done | tee log",
            "echo 'while true; do x; sleep 1; done'",
            "while true; do x; sleep 1; done; trap done EXIT",
        ] {
            assert!(!is_endless(script), "{script}");
        }
    }
}
