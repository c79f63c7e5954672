//! What becomes of failures: for each pipeline of a script, who looks at how it ended.

use std::collections::{HashMap, HashSet};

use super::script::{Call, Script};
use super::shell::Options;
use super::tree::{Command, Item, Join, Kind, List, Part, PartKind, Pipeline, Place, Simple, Word};

/// What depends on how a pipeline ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A failure ends the script (`set -e`).
    Ends,
    /// It is how the script ends.
    Decides,
    /// `$?` is read behind it.
    Read,
    /// It is a condition, or something is said to be done where it fails.
    Checked,
    /// Nothing: it runs beside the script, or only its output counts.
    Apart,
    /// Nothing, and the script goes on.
    Lost,
}

/// A pipeline that runs.
#[derive(Debug, Clone, Copy)]
pub struct Run<'s> {
    /// Its commands.
    pub pipeline: &'s Pipeline,
    /// What depends on how it ends.
    pub role: Role,
    /// The options in force.
    pub options: Options,
    /// The variable that takes its output.
    pub variable: Option<Place>,
    /// Where it fails, the script ends well all the same, by this command.
    pub hidden_by: Option<Place>,
}

/// All that a script runs.
#[derive(Debug)]
pub struct Flow<'s> {
    /// In order.
    pub runs: Vec<Run<'s>>,
    /// The variables that the script looks at before it goes on.
    pub tested: HashSet<&'s str>,
    /// What the script defines itself.
    pub functions: HashMap<&'s str, &'s Command>,
}

impl<'s> Flow<'s> {
    /// Follows a script from its beginning to its end.
    #[must_use]
    pub fn of(script: &'s Script<'_>) -> Self {
        let mut tracer = Tracer {
            script,
            options: script.options,
            is_trapped: false,
            functions: HashMap::new(),
            entered: HashSet::new(),
            runs: Vec::new(),
        };
        script.list.walk(&mut |command| {
            if let Kind::Function { name, body } = &command.kind {
                tracer.functions.insert(script.str(*name), body);
            }
        });
        tracer.list(&script.list, Role::Decides, After::End, None);
        let mut tested = HashSet::new();
        script.list.walk(&mut |command| tests(script, command, &mut tested));
        Self { runs: tracer.runs, tested, functions: tracer.functions }
    }
}

/// What runs behind a list.
#[derive(Clone, Copy)]
enum After {
    /// Nothing.
    End,
    /// Something; where all is well in any case at the end, what makes it so.
    Then(Option<Place>),
}

struct Tracer<'s, 't> {
    script: &'s Script<'t>,
    options: Options,
    /// Something is done where a command fails, or where the script ends.
    is_trapped: bool,
    functions: HashMap<&'s str, &'s Command>,
    entered: HashSet<&'s str>,
    runs: Vec<Run<'s>>,
}

impl<'s> Tracer<'s, '_> {
    fn list(&mut self, list: &'s List, last: Role, after: After, variable: Option<Place>) {
        let items = ended(self.script, list);
        let end = succeeds(self.script, list);
        let last_check = items.iter().rposition(|item| may_fail_on_purpose(self.script, item));
        for (at, item) in items.iter().enumerate() {
            let Some(next) = items.get(at + 1) else {
                let role = if list.items.len() > items.len() { Role::Read } else { last };
                self.item(item, role, after, variable);
                return;
            };
            let is_checked = last_check.is_some_and(|check| check > at);
            let hidden_by = match after {
                _ if is_checked => None,
                After::End => end,
                After::Then(hidden_by) => hidden_by,
            };
            let role = match () {
                () if self.options.errexit => Role::Ends,
                () if self.is_trapped => Role::Checked,
                () if reads_status(self.script, next) => Role::Read,
                () => Role::Lost,
            };
            self.item(item, if last == Role::Apart { Role::Apart } else { role }, After::Then(hidden_by), None);
        }
    }

    fn item(&mut self, item: &'s Item, role: Role, after: After, variable: Option<Place>) {
        let role = if item.in_background { Role::Apart } else { role };
        let last_or = item.rest.iter().rposition(|(join, _)| *join == Join::Or);
        for (at, pipeline) in item.pipelines().enumerate() {
            let role = match role {
                _ if last_or.is_some_and(|or| or >= at) => Role::Checked,
                // `set -e` does not look at what stands before `&&`.
                Role::Ends if at < item.rest.len() => Role::Checked,
                role => role,
            };
            self.pipeline(pipeline, role, after, variable);
        }
    }

    fn pipeline(&mut self, pipeline: &'s Pipeline, role: Role, after: After, variable: Option<Place>) {
        let role = if pipeline.negated { Role::Checked } else { role };
        let hidden_by = match after {
            After::Then(hidden_by) if role == Role::Lost => hidden_by,
            _ => None,
        };
        self.runs.push(Run { pipeline, role, options: self.options, variable, hidden_by });
        let Some((last, before)) = pipeline.stages.split_last() else { return };
        for command in before {
            self.apart(|tracer| tracer.command(command, Role::Apart, after));
        }
        match before {
            [] => self.command(last, role, after),
            _ => self.apart(|tracer| tracer.command(last, role, after)),
        }
    }

    /// Runs what changes no options of the script around it.
    fn apart(&mut self, run: impl FnOnce(&mut Self)) {
        let options = self.options;
        run(self);
        self.options = options;
    }

    fn command(&mut self, command: &'s Command, role: Role, after: After) {
        if let Kind::Simple(simple) = &command.kind {
            return self.simple(simple, command, role, after);
        }
        command.each_word(&mut |word| self.substituted(word));
        match &command.kind {
            Kind::Group(list) => self.list(list, role, after, None),
            Kind::Subshell(list) => self.apart(|tracer| tracer.list(list, role, after, None)),
            Kind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.list(condition, Role::Checked, After::Then(None), None);
                    self.list(body, role, after, None);
                }
                otherwise.iter().for_each(|list| self.list(list, role, after, None));
            }
            Kind::While { condition, body, .. } => {
                self.list(condition, Role::Checked, After::Then(None), None);
                self.list(body, role, after, None);
            }
            Kind::For { body, .. } | Kind::Count { body, .. } => self.list(body, role, after, None),
            Kind::Case { arms, .. } => arms.iter().for_each(|arm| self.list(arm, role, after, None)),
            Kind::Simple(_) | Kind::Function { .. } | Kind::Test(_) | Kind::Arithmetic => {}
        }
    }

    fn simple(&mut self, simple: &'s Simple, command: &'s Command, role: Role, after: After) {
        // How assignments alone end is how the last command in them does.
        if let (true, Some((last, before))) = (simple.words.is_empty(), simple.assignments.split_last()) {
            before.iter().for_each(|assignment| self.substituted(&assignment.value));
            for list in last.value.lists() {
                self.apart(|tracer| tracer.list(list, role, after, Some(last.name)));
            }
            return;
        }
        command.each_word(&mut |word| self.substituted(word));
        let Some(call) = self.script.call(simple) else { return };
        match call.name {
            "set" => self.set(&call),
            "trap" => self.is_trapped = true,
            name => {
                let Some(body) = self.functions.get(name).copied() else { return };
                if self.entered.insert(name) {
                    self.command(body, role, after);
                }
            }
        }
    }

    /// Commands whose output is all that counts of them.
    fn substituted(&mut self, word: &'s Word) {
        word.lists().for_each(|list| self.apart(|tracer| tracer.list(list, Role::Apart, After::Then(None), None)));
    }

    fn set(&mut self, call: &Call<'s>) {
        let mut name = None;
        for word in &call.words[1..] {
            let Some(word) = self.script.literal(word) else { return };
            match name.take() {
                Some(set) => self.options.name(&word, set),
                None if word.starts_with(['-', '+']) && word.len() > 1 && word != "--" => {
                    name = self.options.take(&word).then(|| word.starts_with('-'));
                }
                None => return,
            }
        }
    }
}

/// The items of a list up to where it exits.
fn ended<'s>(script: &Script<'_>, list: &'s List) -> &'s [Item] {
    let exit = list.items.iter().position(|item| exits(script, item).is_some());
    match exit {
        // With a status of its own, it is what the list ends with.
        Some(at) if exits(script, &list.items[at]) == Some(true) => &list.items[..=at],
        Some(at) => &list.items[..at],
        None => &list.items,
    }
}

/// Whether an item is an `exit`, and whether that names another status than that of what runs before.
fn exits(script: &Script<'_>, item: &Item) -> Option<bool> {
    let [command] = &item.first.stages[..] else { return None };
    let call = script.call(command.simple().filter(|_| item.rest.is_empty())?)?;
    let [_, words @ ..] = call.words else { return None };
    matches!(call.name, "exit" | "return")
        .then(|| words.first().is_some_and(|word| !script.str(word.place).contains("$?")))
}

/// The command by which a list ends well, whatever happened before.
fn succeeds(script: &Script<'_>, list: &List) -> Option<Place> {
    let item = ended(script, list).last()?;
    if item.in_background || ended(script, list).len() < list.items.len() && exits(script, item).is_none() {
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
fn may_fail_on_purpose(script: &Script<'_>, item: &Item) -> bool {
    let mut may_fail = false;
    item.pipelines().for_each(|pipeline| {
        pipeline.walk(&mut |command| {
            let Some(call) = command.simple().and_then(|simple| script.call(simple)) else { return };
            may_fail |= match call.name {
                "exit" | "return" => call.words.get(1).is_none_or(|word| script.str(word.place) != "0"),
                "false" | "kill" => true,
                _ => false,
            };
        });
    });
    may_fail
}

/// Whether the first command of an item reads how the one before ended.
fn reads_status(script: &Script<'_>, item: &Item) -> bool {
    let Some(command) = item.first.stages.first() else { return false };
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

/// Whether a command holds `$?`, or the states of a pipeline.
fn names_status(script: &Script<'_>, command: &Command) -> bool {
    let text = script.str(command.place);
    text.contains("$?") || text.contains("${?") || text.contains("PIPESTATUS")
}

/// Takes in the variables that a command looks at before the script goes on.
fn tests<'s>(script: &'s Script<'_>, command: &'s Command, tested: &mut HashSet<&'s str>) {
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
