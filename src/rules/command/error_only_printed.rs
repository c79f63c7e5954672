//! `error-only-printed`

use crate::analysis::Script;
use crate::command::programs::is_harmless;
use crate::command::{Command, Item, Kind, List, Place, Script as Read};
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/error-only-printed"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let (read, text) = (script.read, script.read.text.as_str());
    // What a trap, or a library, makes of it is not known.
    if !script.is_whole() || ["trap ", "source ", ". /", ". ./"].iter().any(|sign| text.contains(sign)) {
        return;
    }
    let mut found = Vec::new();
    Printing { script: &script, found: &mut found }.look(&read.list, false);
    for Printed { place, in_loop } in found {
        let end = read.text.written_at(place).end;
        let change = (!in_loop).then(|| script.value.splice(end..end, "; exit 1"));
        let help = if in_loop {
            "keep it in a variable, and `exit 1` behind the loop"
        } else {
            "write `exit 1` behind it: then the run counts as failed"
        };
        findings
            .report(script.span(place), "this is only printed: the script goes on, and ends well all the same")
            .help(help)
            .fix(change.map(|change| Fix::unsafe_("end the script as failed", change)));
    }
}

/// A message about a failure of which nothing comes.
struct Printed {
    place: Place,
    in_loop: bool,
}

struct Printing<'p, 's> {
    script: &'p Script<'s>,
    found: &'p mut Vec<Printed>,
}

impl Printing<'_, '_> {
    /// Looks at lists behind which nothing is done that could fail.
    fn look(&mut self, list: &List, in_loop: bool) {
        for item in list.items.iter().rev() {
            self.item(item, in_loop);
            if !self.is_nothing(item) {
                return;
            }
        }
    }

    fn item(&mut self, item: &Item, in_loop: bool) {
        let [command] = &item.first.stages[..] else { return };
        if !item.rest.is_empty() || item.in_background || item.first.negated {
            return;
        }
        match &command.kind {
            Kind::If { branches, otherwise } => {
                for body in branches.iter().map(|(_, body)| body).chain(otherwise) {
                    match self.error(body) {
                        Some(place) => self.found.push(Printed { place, in_loop }),
                        None => self.look(body, in_loop),
                    }
                }
            }
            Kind::For { body, .. } if self.goes_through(body) => self.look(body, true),
            Kind::Group(list) => self.look(list, in_loop),
            _ => {}
        }
    }

    /// Whether an item does nothing that may fail, or that looks at what was before.
    fn is_nothing(&self, item: &Item) -> bool {
        let mut commands = item.pipelines().flat_map(|pipeline| &pipeline.stages);
        commands.all(|command| self.does_nothing(command)) && !self.decides(item)
    }

    fn does_nothing(&self, command: &Command) -> bool {
        let all = |list: &List| list.items.iter().all(|item| self.is_nothing(item));
        match &command.kind {
            Kind::Simple(simple) => self.read().call(simple).is_none_or(|call| {
                let is_good = || call.words.get(1).is_some_and(|status| self.read().str(status.place) == "0");
                match call.name {
                    "exit" => is_good(),
                    "" | "return" | "false" | "kill" | "eval" => false,
                    name => is_harmless(name),
                }
            }),
            // How a condition ends only decides what runs.
            Kind::If { branches, otherwise } => branches.iter().map(|(_, body)| body).chain(otherwise).all(all),
            Kind::Case { arms, .. } => arms.iter().all(all),
            Kind::Group(list) | Kind::Subshell(list) => all(list),
            Kind::While { body, .. } | Kind::For { body, .. } | Kind::Count { body, .. } => all(body),
            Kind::Function { .. } | Kind::Test(_) | Kind::Arithmetic => true,
        }
    }

    /// Whether a test is what an item ends with.
    fn decides(&self, item: &Item) -> bool {
        let last = item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline);
        last.stages.last().is_some_and(|command| {
            matches!(command.kind, Kind::Test(_) | Kind::Arithmetic)
                || self.read().called(command).is_some_and(|call| matches!(call.name, "[" | "test" | "wait" | "grep"))
        })
    }

    /// Whether a loop goes through all of its words.
    fn goes_through(&self, body: &List) -> bool {
        let mut goes_through = true;
        body.walk(&mut |command| {
            let leaves = |name: &str| matches!(name, "break" | "continue" | "exit" | "return" | "sleep");
            goes_through &= !self.read().called(command).is_some_and(|call| leaves(call.name));
        });
        goes_through
    }

    /// The last command of a list that does nothing but tell of a failure.
    fn error(&self, list: &List) -> Option<Place> {
        let commands = list.items.iter().map(|item| match &item.first.stages[..] {
            [command] if item.rest.is_empty() && !item.in_background => Some(command),
            _ => None,
        });
        let commands: Option<Vec<&Command>> = commands.collect();
        let commands = commands?;
        let prints = |command: &&Command| {
            let call = self.read().called(command);
            call.is_some_and(|call| matches!(call.name, "echo" | "printf")) && stays_here(self.read(), command)
        };
        let text = || commands.iter().map(|command| self.read().str(command.place)).collect::<String>();
        let last = commands.last()?;
        (commands.iter().all(prints) && tells_of_failure(&text())).then_some(last.place)
    }

    fn read(&self) -> &Read<'_> {
        self.script.read
    }
}

/// Whether what is printed goes where the logs are, and not into a file that somebody may look at.
fn stays_here(read: &Read<'_>, command: &Command) -> bool {
    command
        .redirections
        .iter()
        .all(|one| matches!(read.str(one.target.place), "2" | "&2" | "1" | "/dev/stderr" | "/dev/stdout"))
}

/// Whether a text says that something went wrong, and not that it is fine, or that something else is tried.
fn tells_of_failure(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_taken_back = TAKEN_BACK.iter().any(|word| lower.contains(word));
    let is_loud = ["ERROR", "FAILED", "FAILURE", "FATAL"].iter().any(|word| text.contains(word));
    let is_told =
        [" failed", "failed to ", "\"error", "'error", "error:", "fatal:"].iter().any(|word| lower.contains(word));
    !is_taken_back && (is_loud || is_told)
}

const TAKEN_BACK: [&str; 16] = [
    "warn",
    "continu",
    "ignor",
    "skip",
    "retr",
    "trying",
    "again",
    "expected",
    "no error",
    "0 failed",
    "errors:",
    "optional",
    "not fatal",
    "non-fatal",
    "$failed",
    "may ",
];
