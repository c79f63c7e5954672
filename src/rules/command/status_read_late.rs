//! `status-read-late`

use crate::analysis::Script;
use crate::command::programs::is_harmless;
use crate::command::{Command, Item, Kind, List, Pipeline, Place, Script as Read};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/status-read-late"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    // Under `set -e` nothing is read behind what failed.
    if !read.text.as_str().contains("$?") || script.flow.runs.iter().any(|run| run.options.errexit) {
        return;
    }
    let mut look = |list: &List| {
        for three in list.items.windows(3) {
            let [work, between, reader] = three else { continue };
            let Some(late) = late(read, (work, between, reader)) else { continue };
            let (name, between) = (late.name, read.brief(late.between));
            findings
                .report(
                    script.span(late.status),
                    format!("`$?` tells how `{between}` ended, which is always well, and not how `{name}` did"),
                )
                .label(script.span(late.between), "this ran in between")
                .help(format!("read `$?` right behind `{name}`, or write `if {name} …; then`"));
        }
    };
    look(&read.list);
    read.list.walk(&mut |command| {
        command.each_list(&mut look);
        command.each_word(&mut |word| word.lists().for_each(&mut look));
    });
}

struct Late<'s> {
    name: &'s str,
    between: Place,
    status: Place,
}

/// `$?` that is looked at behind something that always ends well, which stands behind the work.
fn late<'s>(script: &'s Read<'_>, (work, between, reader): (&'s Item, &'s Item, &'s Item)) -> Option<Late<'s>> {
    let between = alone(between).filter(|command| always_ends_well(script, command))?.place;
    if script.str(between).contains("$?") || work.in_background {
        return None;
    }
    let call = script.last_call(last(work)).filter(|call| !is_harmless(call.name))?;
    let looks = looking(script, reader)?;
    let at = script.str(looks.place).find("$?")?;
    let start = looks.place.start as usize + at;
    Some(Late { name: call.name, between, status: Place::new(start..start + 2) })
}

/// The only command of an item.
fn alone(item: &Item) -> Option<&Command> {
    match &item.first.stages[..] {
        [command] if item.rest.is_empty() && !item.in_background && !item.first.negated => Some(command),
        _ => None,
    }
}

fn last(item: &Item) -> &Pipeline {
    item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline)
}

fn always_ends_well(script: &Read<'_>, command: &Command) -> bool {
    let Kind::Simple(simple) = &command.kind else { return false };
    match script.call(simple) {
        None => simple.assignments.iter().all(|assignment| assignment.value.lists().next().is_none()),
        Some(call) => matches!(call.name, "echo" | "printf" | "true" | ":" | "sleep" | "date"),
    }
}

/// The command of an item that decides by a status: a test, or `exit` with it.
fn looking<'s>(script: &Read<'_>, item: &'s Item) -> Option<&'s Command> {
    let command = item.first.stages.first()?;
    match &command.kind {
        Kind::If { branches, .. } => looking(script, branches.first()?.0.items.first()?),
        Kind::Test(_) => Some(command),
        Kind::Simple(simple) => {
            let is_test = |name: &str| matches!(name, "[" | "test" | "exit" | "return");
            script.call(simple).is_some_and(|call| is_test(call.name)).then_some(command)
        }
        _ => None,
    }
}
