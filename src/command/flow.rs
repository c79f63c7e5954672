//! What becomes of failures: for each pipeline of a script, who looks at how it ended.

mod endings;
mod looks;

use super::programs::{asks_only, is_filter, is_harmless};
use super::script::{Call, Script};
use super::shell::Options;
use super::tree::{Command, Item, Join, Kind, List, Pipeline, Place, Simple, Word};
use crate::hash::{HashMap, HashSet};
pub use endings::ends_well;
use endings::{Left, ended, is_wait, leaves, leaves_as, may_fail_on_purpose, succeeds};
use looks::{is_library, made_of, reads_status, tests};

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
    /// `&&` or `||` stands behind it, and `set -e` does not look at it.
    pub is_joined: bool,
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
            may_fail: false,
            functions: HashMap::default(),
            entered: HashSet::default(),
            runs: Vec::new(),
        };
        script.list.walk(&mut |command| {
            if let Kind::Function { name, body } = &command.kind {
                tracer.functions.insert(script.str(*name), body);
            }
        });
        tracer.list(&script.list, Role::Decides, After::End, None);
        let mut tested = HashSet::default();
        script.list.walk(&mut |command| tests(script, command, &mut tested));
        made_of(script, &mut tested);
        Self { runs: tracer.runs, tested, functions: tracer.functions }
    }

    /// The command of a run that somebody would miss: it does some work, or asks for something that nobody looks at
    /// before it is used.
    #[must_use]
    pub fn work(&self, script: &'s Script<'_>, run: &Run<'s>) -> Option<Call<'s>> {
        let call = script.last_call(run.pipeline)?;
        let is_missed = match run.variable {
            Some(name) => !self.tested.contains(script.str(name)),
            None => !asks_only(script, &call),
        };
        let is_work = !is_harmless(call.name) && !is_filter(call.name) && !self.functions.contains_key(call.name);
        (is_missed && is_work).then_some(call)
    }
}

/// What runs behind a list.
#[derive(Clone, Copy)]
enum After {
    /// Nothing.
    End,
    /// Something; where all is well in any case at the end, what makes it so.
    Then(Option<Place>),
    /// What ends the script as failed.
    Failure,
}

struct Tracer<'s, 't> {
    script: &'s Script<'t>,
    options: Options,
    /// Something is done where a command fails, or where the script ends, as far as is known.
    is_trapped: bool,
    /// `set +e`: what fails is meant to change nothing.
    may_fail: bool,
    functions: HashMap<&'s str, &'s Command>,
    entered: HashSet<&'s str>,
    runs: Vec<Run<'s>>,
}

impl<'s> Tracer<'s, '_> {
    fn list(&mut self, list: &'s List, last: Role, after: After, variable: Option<Place>) {
        let items = ended(self.script, list);
        let end = succeeds(self.script, list);
        let after = match leaves_as(self.script, list) {
            Some(Left::Failed) => After::Failure,
            Some(Left::Otherwise) if matches!(after, After::Failure) => After::Then(None),
            _ => after,
        };
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
                After::Failure => None,
            };
            let role = match () {
                () if self.options.errexit => Role::Ends,
                () if self.is_trapped || self.may_fail => Role::Checked,
                // It has failed either way.
                () if matches!(after, After::Failure) => Role::Checked,
                () if reads_status(self.script, next) => Role::Read,
                () => Role::Lost,
            };
            let then = if matches!(after, After::Failure) { after } else { After::Then(hidden_by) };
            self.item(item, if last == Role::Apart { Role::Apart } else { role }, then, None);
        }
    }

    fn item(&mut self, item: &'s Item, role: Role, after: After, variable: Option<Place>) {
        let role = if item.in_background { Role::Apart } else { role };
        let last_or = item.rest.iter().rposition(|(join, _)| *join == Join::Or);
        let last_leave = item.rest.iter().rposition(|(_, pipeline)| leaves(self.script, pipeline));
        for (at, pipeline) in item.pipelines().enumerate() {
            let role = match role {
                _ if last_or.is_some_and(|or| or >= at) => Role::Checked,
                _ if last_leave.is_some_and(|leave| leave >= at) => Role::Checked,
                // `set -e` does not look at what stands before `&&`.
                Role::Ends if at < item.rest.len() => Role::Checked,
                role => role,
            };
            let run = self.runs.len();
            self.pipeline(pipeline, role, after, variable);
            self.runs[run].is_joined = at < item.rest.len();
        }
    }

    fn pipeline(&mut self, pipeline: &'s Pipeline, role: Role, after: After, variable: Option<Place>) {
        let role = if pipeline.negated { Role::Checked } else { role };
        let hidden_by = match after {
            After::Then(hidden_by) if role == Role::Lost => hidden_by,
            _ => None,
        };
        self.runs.push(Run { pipeline, role, options: self.options, variable, hidden_by, is_joined: false });
        let Some((last, before)) = pipeline.stages.split_last() else {
            return;
        };
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
                self.list(body, role, if is_wait(self.script, command) { After::Then(None) } else { after }, None);
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
        let Some(call) = self.script.call(simple) else {
            return;
        };
        match call.name {
            "set" => self.set(&call),
            "trap" => self.is_trapped = true,
            // What a library sets, and whether its functions exit, is not known.
            "." | "source" => self.is_trapped |= is_library(self.script, &call),
            name => {
                let Some(body) = self.functions.get(name).copied() else {
                    return;
                };
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
            let Some(word) = self.script.literal(word) else {
                return;
            };
            let is_errexit = word == "errexit" || word.starts_with(['-', '+']) && word.contains('e');
            match name.take() {
                Some(set) => self.options.name(&word, set),
                None if word.starts_with(['-', '+']) && word.len() > 1 && word != "--" => {
                    name = self.options.take(&word).then(|| word.starts_with('-'));
                }
                None => return,
            }
            if is_errexit {
                self.may_fail = !self.options.errexit;
            }
        }
    }
}
