//! What a script looks at before it goes on: how a command ended, what a variable holds.

use crate::command::script::{Call, Script};
use crate::command::starters::base_name;
use crate::command::tree::{Command, Item, Kind, List, Part, PartKind, Place, Word};
use crate::hash::{HashMap, HashSet};

/// Whether the first command of an item reads how the one before ended.
pub(super) fn reads_status(script: &Script<'_>, item: &Item) -> bool {
    let Some(command) = item.first.stages.first() else {
        return false;
    };
    match &command.kind {
        Kind::If { branches, .. } => branches
            .first()
            .and_then(|(condition, _)| condition.items.first())
            .is_some_and(|item| reads_status(script, item)),
        Kind::Group(list) | Kind::Subshell(list) => list.items.first().is_some_and(|item| reads_status(script, item)),
        Kind::Simple(_) | Kind::Test(_) | Kind::Case { .. } | Kind::Arithmetic => {
            item.pipelines().filter_map(|pipeline| pipeline.stages.first()).any(|command| names_status(script, command))
        }
        _ => false,
    }
}

/// Whether a call takes in functions of another file.
pub(super) fn is_library(script: &Script<'_>, call: &Call<'_>) -> bool {
    let path = call.words.get(1).map_or("", |word| script.str(word.place));
    let name = base_name(path).to_ascii_lowercase();
    ["lib", "func", "common", "util", "helper"].iter().any(|part| name.contains(part))
}

/// Whether a command holds `$?`, or the states of a pipeline.
fn names_status(script: &Script<'_>, command: &Command) -> bool {
    let text = script.str(command.place);
    text.contains("$?") || text.contains("${?") || text.contains("PIPESTATUS")
}

/// Takes in the variables that a command looks at before the script goes on.
pub(super) fn tests<'s>(script: &'s Script<'_>, command: &'s Command, tested: &mut HashSet<&'s str>) {
    let mut look = |word: &'s Word| tested.extend(word.parameters().map(|name| script.str(name)));
    match &command.kind {
        Kind::Test(words) => words.iter().for_each(look),
        Kind::Case { word, .. } => look(word),
        Kind::If { branches, .. } => branches.iter().for_each(|(condition, _)| in_condition(condition, &mut look)),
        Kind::While { condition, .. } => in_condition(condition, &mut look),
        Kind::Simple(simple) => {
            if script.call(simple).is_some_and(|call| matches!(call.name, "[" | "test" | "return" | "exit")) {
                simple.words.iter().for_each(look);
            }
            let assigned = simple.assignments.iter().map(|assignment| &assignment.value);
            for word in assigned.chain(&simple.words) {
                tested.extend(required(script, word));
            }
        }
        _ => {}
    }
}

/// Takes in the variables that those are made of which are looked at: `state=$(echo "$answer" | jq .state)`.
pub(super) fn made_of<'s>(script: &'s Script<'_>, tested: &mut HashSet<&'s str>) {
    let mut made: HashMap<&str, Vec<&'s str>> = HashMap::default();
    script.list.walk(&mut |command| {
        let Kind::Simple(simple) = &command.kind else { return };
        for assignment in &simple.assignments {
            let sources = made.entry(script.str(assignment.name)).or_default();
            let mut take = |word: &'s Word| sources.extend(word.parameters().map(|name| script.str(name)));
            take(&assignment.value);
            let items = assignment.value.lists().flat_map(|list| &list.items);
            let stages = items.flat_map(Item::pipelines).flat_map(|pipeline| &pipeline.stages);
            stages.for_each(|stage| stage.each_word(&mut take));
        }
    });
    let mut open: Vec<&str> = tested.iter().copied().collect();
    while let Some(name) = open.pop() {
        open.extend(made.remove(name).into_iter().flatten().filter(|source| tested.insert(source)));
    }
}

fn in_condition<'s>(condition: &'s List, look: &mut impl FnMut(&'s Word)) {
    let stages = condition.items.iter().flat_map(Item::pipelines).flat_map(|pipeline| &pipeline.stages);
    stages.for_each(|command| command.each_word(look));
}

/// `${name:?…}`, which ends the script where nothing is in there.
fn required<'s>(script: &'s Script<'_>, word: &'s Word) -> impl Iterator<Item = &'s str> {
    word.parts.iter().filter_map(|part| match part {
        Part { place, kind: PartKind::Parameter(name), .. } => {
            let behind = script.str(Place { start: name.end, end: place.end });
            (behind.starts_with(":?") || behind.starts_with('?')).then(|| script.str(*name))
        }
        _ => None,
    })
}
