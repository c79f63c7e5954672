//! How lists of commands end.

use crate::command::script::Script;
use crate::command::tree::{Command, Item, Join, Kind, List, Pipeline, Place, Simple};

/// The items of a list up to where it exits.
pub(super) fn ended<'s>(script: &Script<'_>, list: &'s List) -> &'s [Item] {
    let exit = list.items.iter().enumerate().find_map(|(at, item)| Some((at, exits(script, item)?)));
    match exit {
        // With a status of its own, it is what the list ends with.
        Some((at, true)) => &list.items[..=at],
        Some((at, false)) => &list.items[..at],
        None => &list.items,
    }
}

/// How a list leaves the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// As one that failed.
    Failed,
    /// Well, or as what runs in its place does.
    Otherwise,
}

/// How a list leaves the script with a status of its own, if it does.
pub(super) fn leaves_as(script: &Script<'_>, list: &List) -> Option<Left> {
    let item = ended(script, list).last().filter(|item| exits(script, item) == Some(true))?;
    let call = script.last_call(&item.first)?;
    let status = call.words.get(1).and_then(|word| script.literal(word));
    let fails =
        call.name == "exit" && status.is_some_and(|status| status.parse::<u8>().is_ok_and(|status| status != 0));
    Some(if fails { Left::Failed } else { Left::Otherwise })
}

/// Whether an item ends the script, and whether that names another status than that of what runs before.
fn exits(script: &Script<'_>, item: &Item) -> Option<bool> {
    let [command] = &item.first.stages[..] else {
        return None;
    };
    let simple = command.simple().filter(|_| item.rest.is_empty())?;
    // What `exec` starts takes the place of the shell.
    if let [exec, _, ..] = &simple.words[..]
        && script.str(exec.place) == "exec"
    {
        return Some(true);
    }
    let call = script.call(simple)?;
    let [_, words @ ..] = call.words else {
        return None;
    };
    matches!(call.name, "exit" | "return")
        .then(|| words.first().is_some_and(|word| !script.str(word.place).contains("$?")))
}

/// The command by which a list ends well, whatever happened before.
pub(super) fn succeeds(script: &Script<'_>, list: &List) -> Option<Place> {
    let items = ended(script, list);
    let item = items.last()?;
    if item.in_background || items.len() < list.items.len() && exits(script, item).is_none() {
        return None;
    }
    let pipeline = match item.rest.last() {
        None => &item.first,
        Some((Join::Or, pipeline)) => pipeline,
        Some((Join::And, _)) => return None,
    };
    let command = pipeline.stages.last().filter(|_| !pipeline.negated)?;
    match &command.kind {
        Kind::Simple(simple) => always_succeeds(script, simple).then_some(command.place),
        Kind::Group(list) | Kind::Subshell(list) => succeeds(script, list),
        Kind::While { .. } if is_wait(script, command) => None,
        Kind::For { body, .. } | Kind::Count { body, .. } | Kind::While { body, .. } => succeeds(script, body),
        Kind::If { branches, otherwise } => {
            all(branches.iter().map(|(_, body)| body).chain(otherwise).map(|list| succeeds(script, list)))
        }
        Kind::Case { arms, .. } => {
            all(arms.iter().filter(|arm| !arm.items.is_empty()).map(|list| succeeds(script, list)))
        }
        Kind::Function { .. } | Kind::Test(_) | Kind::Arithmetic => None,
    }
}

/// Whether a script ends well whatever fails in it: by its last command, and nothing before may end it otherwise.
#[must_use]
pub fn ends_well(script: &Script<'_>) -> bool {
    // `${NAME:?}` ends a script where nothing is in there.
    let text = script.list.end().map_or("", |end| script.str(Place { start: 0, end }));
    let mut is_left_alone = !script.options.errexit && script.limit.is_none() && !text.contains(":?");
    script.list.walk(&mut |command| {
        let call = command.simple().and_then(|simple| script.call(simple));
        // They may change what a failure does, or run what does.
        is_left_alone &=
            !call.is_some_and(|call| matches!(call.name, "set" | "trap" | "exec" | "eval" | "." | "source"));
    });
    is_left_alone
        && succeeds(script, &script.list).is_some()
        && !script.list.items.iter().any(|item| may_fail_on_purpose(script, item))
}

/// Whether a loop sleeps until something comes, or for ever: what fails in it is tried again.
pub(super) fn is_wait(script: &Script<'_>, command: &Command) -> bool {
    let Kind::While { condition, body, .. } = &command.kind else {
        return false;
    };
    let sleeps = |list: &List| {
        let calls = list.items.iter().flat_map(Item::pipelines).filter_map(|pipeline| script.last_call(pipeline));
        calls.into_iter().any(|call| call.name == "sleep")
    };
    script.is_endless(condition) || sleeps(body) || sleeps(condition)
}

/// Whether a pipeline leaves the loop, or the script, where what stands before it succeeds: who tries again looks so.
pub(super) fn leaves(script: &Script<'_>, pipeline: &Pipeline) -> bool {
    script.last_call(pipeline).is_some_and(|call| matches!(call.name, "break" | "continue" | "exit" | "return"))
}

/// The first, if there are any and none is missing.
fn all(places: impl Iterator<Item = Option<Place>>) -> Option<Place> {
    places.reduce(|first, other| first.filter(|_| other.is_some())).flatten()
}

fn always_succeeds(script: &Script<'_>, simple: &Simple) -> bool {
    let Some(call) = script.call(simple) else {
        return simple.assignments.iter().all(|assignment| assignment.value.lists().next().is_none());
    };
    let first = call.words.get(1).and_then(|word| script.literal(word));
    match call.name {
        "echo" | "printf" | "true" | ":" | "sleep" | "date" => true,
        "exit" | "return" => first.as_deref() == Some("0"),
        "tail" => call.words.iter().any(|word| script.str(word.place) == "/dev/null"),
        "wait" => call.words.len() == 1,
        _ => false,
    }
}

/// Whether it may end the script as failed, which its author thought of.
pub(super) fn may_fail_on_purpose(script: &Script<'_>, item: &Item) -> bool {
    let mut may_fail = false;
    item.pipelines().for_each(|pipeline| {
        pipeline.walk(&mut |command| {
            let Some(call) = command.simple().and_then(|simple| script.call(simple)) else {
                return;
            };
            may_fail |= match call.name {
                "exit" | "return" => call.words.get(1).is_none_or(|word| script.str(word.place) != "0"),
                "false" | "kill" => true,
                _ => false,
            };
        });
    });
    may_fail
}
