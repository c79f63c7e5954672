//! `pipe-failure-lost`

use crate::analysis::Script;
use crate::command::programs::{Nothing, asks_only, asks_whether, is_filter, is_harmless, reading_nothing};
use crate::command::{Call, Command, Flow, Kind, Pipeline, Role, Run, Script as Read};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/pipe-failure-lost"), Check::Script(check));

/// How many pipes beside the first are pointed at.
const MOST_SHOWN: usize = 8;

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    if !read.text.as_str().contains('|') || looks_at_parts(read) {
        return;
    }
    let flow = &script.flow;
    // One remedy mends all of a script, so it is said once.
    let lost: Vec<Lost<'_>> = flow.runs.iter().filter_map(|run| lost(read, flow, run)).collect();
    let Some((Lost { source, end, .. }, others)) = lost.split_first() else { return };
    let (name, last) = (source.name, end.name());
    let report = findings
        .report(
            script.span(source.place),
            format!("where `{name}` fails, nobody notices: `{last}` ends the pipe, and ends well with what comes"),
        )
        .help(remedy(read, flow, lost.iter().any(|lost| lost.role == Role::Lost)));
    others.iter().take(MOST_SHOWN).fold(report, |report, Lost { source, .. }| {
        report.label(script.span(source.place), "nor is this failure noticed")
    });
}

/// A pipe whose failure nobody notices.
struct Lost<'s> {
    source: Call<'s>,
    end: Nothing<'s>,
    role: Role,
}

/// Whether it says of a pipe that nobody notices its failure, with a remedy by which it ends the script, unless the script
/// [looks at parts](looks_at_parts).
pub(super) fn tells_of(read: &Read<'_>, flow: &Flow<'_>, run: &Run<'_>) -> bool {
    run.role == Role::Lost && lost(read, flow, run).is_some()
}

/// Who looks at the parts of a pipe does so as he likes.
pub(super) fn looks_at_parts(read: &Read<'_>) -> bool {
    ["PIPESTATUS", "pipestatus"].iter().any(|name| read.text.as_str().contains(name))
}

fn lost<'s>(read: &'s Read<'_>, flow: &Flow<'s>, run: &Run<'s>) -> Option<Lost<'s>> {
    let (last, before) = run.pipeline.stages.split_last().filter(|_| !run.options.pipefail)?;
    let source = source(read, before)?;
    let end = reading_nothing(read, last)?;
    matters(read, flow, run, (source, end)).then_some(Lost { source, end, role: run.role })
}

/// How to mend all of it. Where the script goes on whatever happens, a pipe that fails is not noticed, either.
fn remedy(read: &Read<'_>, flow: &Flow<'_>, goes_on: bool) -> String {
    let reads_status = flow.runs.iter().any(|run| run.role == Role::Read);
    let (write, behind, then) = match (goes_on, reads_status) {
        (false, _) => ("write `set -o pipefail` before it", "", "fails where a part of it does"),
        (true, false) => {
            ("begin the script with `set -eo pipefail`", "", "fails where a part of it does, and ends the script")
        }
        (true, true) => {
            ("write `set -o pipefail` before it", " and `|| exit 1` behind it", "fails where a part of it does")
        }
    };
    let falls = besides(read, flow, goes_on && !reads_status);
    if read.shell.knows_pipefail() {
        return format!("{write}{behind}: then the pipe {then}{falls}");
    }
    format!(
        "{write}{behind} where the image's `sh` knows that (busybox does, older dash does not), or start `bash`{falls}"
    )
}

/// What falls with `pipefail` in the script's pipes though it is no failure: nothing was found.
fn besides(read: &Read<'_>, flow: &Flow<'_>, errexit: bool) -> String {
    let counts = |run: &&Run<'_>| match run.role {
        Role::Ends | Role::Decides | Role::Read => !run.options.pipefail,
        Role::Lost => errexit,
        Role::Checked | Role::Apart => false,
    };
    let pipes = flow.runs.iter().filter(counts).filter_map(|run| run.pipeline.stages.split_last());
    let (mut grep, mut get) = ("", None);
    for stage in pipes.flat_map(|(_, before)| before) {
        let Some(call) = read.called(stage) else { continue };
        if matches!(call.name, "grep" | "egrep" | "fgrep" | "rg") {
            grep = "; `grep` fails where it finds nothing: `{ grep … || true; }` where that is fine";
        } else if matches!(call.name, "kubectl" | "oc") && asks_whether(read, &call, &stage.redirections) {
            get = Some(call.name);
        }
    }
    let get = get.map(|name| format!("; `{name} get` of a name fails where there is none: `--ignore-not-found`"));
    format!("{grep}{}", get.unwrap_or_default())
}

/// The first command of a pipe that does more than pass on what it reads.
fn source<'s>(script: &'s Read<'_>, stages: &'s [Command]) -> Option<Call<'s>> {
    let calls = stages.iter().filter_map(|command| match &command.kind {
        Kind::Simple(simple) => script.call(simple).filter(|call| !asks_whether(script, call, &command.redirections)),
        Kind::Group(list) | Kind::Subshell(list) => script.last_call(&list.items.last()?.first),
        _ => None,
    });
    let is_random = |call: &Call<'_>| {
        call.name == "openssl" && call.words.get(1).is_some_and(|word| script.str(word.place) == "rand")
    };
    calls
        .into_iter()
        .find(|call| call.name == "find" || !is_harmless(call.name) && !is_filter(call.name))
        .filter(|call| !is_random(call))
}

/// Whether anything depends on how the pipe ends: what it writes is kept, or its end is looked at.
fn matters(script: &Read<'_>, flow: &Flow<'_>, run: &Run<'_>, (source, end): (Call<'_>, Nothing<'_>)) -> bool {
    let counts = matches!(run.role, Role::Ends | Role::Decides | Role::Read);
    if source.name == "find" && run.role != Role::Ends {
        return false;
    }
    match run.variable {
        Some(name) => {
            (counts || run.role == Role::Lost && end.decodes())
                && !is_noticed(script, flow, (script.str(name), run.pipeline))
        }
        None if end.keeps(script) => counts || run.role == Role::Lost && !end.is_loop(),
        None => counts && !asks_only(script, &source),
    }
}

/// Whether the script looks at a variable so that it sees that nothing came. Where lines are counted, that is a 0.
fn is_noticed(script: &Read<'_>, flow: &Flow<'_>, (name, pipeline): (&str, &Pipeline)) -> bool {
    if !flow.tested.contains(name) {
        return false;
    }
    let is_counted = pipeline.stages.iter().any(|stage| script.called(stage).is_some_and(|call| call.name == "wc"));
    if !is_counted {
        return true;
    }
    let mut is_noticed = false;
    script.list.walk(&mut |command| {
        let words = match &command.kind {
            Kind::Test(words) => words,
            Kind::Simple(simple) => &simple.words,
            _ => return,
        };
        for three in words.windows(3) {
            let [left, operator, right] = three else { continue };
            if left.parameters().any(|parameter| script.str(parameter) == name) {
                let number = script.literal(right).and_then(|right| right.parse().ok());
                is_noticed |= number.is_none_or(|number| holds_for_nothing(script.str(operator.place), number));
            }
        }
    });
    is_noticed
}

/// Whether a comparison of 0 with a number holds.
fn holds_for_nothing(operator: &str, number: i64) -> bool {
    match operator {
        "-gt" => 0 > number,
        "-ge" => 0 >= number,
        "-lt" | "<" => 0 < number,
        "-le" => 0 <= number,
        "-eq" | "=" | "==" => number == 0,
        "-ne" | "!=" => number != 0,
        _ => false,
    }
}
