//! A script that a shell reads.

use std::borrow::Cow;

#[cfg(feature = "commands")]
use super::read::Reader;
use super::shell::{self, Operand, Options, Shell, Start};
use super::starters::{self, Known, base_name};
use super::text::Text;
use super::tree::{Command, Comment, Kind, List, Part, PartKind, Pipeline, Place, Simple, Word};

/// How many characters of a command a sentence shows.
const LONGEST_BRIEF: usize = 40;

/// How many shells may be started in each other's scripts.
const DEEPEST: usize = 3;

/// A script, read.
#[derive(Debug)]
pub struct Script<'t> {
    /// What the shell reads.
    pub text: Text<'t>,
    /// What it runs.
    pub list: List,
    /// What it skips.
    pub comments: Vec<Comment>,
    /// The shell.
    pub shell: Shell,
    /// What it was started with.
    pub options: Options,
    /// The seconds after which `timeout` ends it.
    pub limit: Option<u64>,
    /// How many scripts it stands in.
    pub depth: usize,
}

impl<'t> Script<'t> {
    /// Reads a script; `None` where that is none.
    #[must_use]
    pub fn read(text: Text<'t>, start: &Start) -> Option<Self> {
        let (list, comments) = tree(&text)?;
        let Start { shell, options, limit, .. } = *start;
        Some(Self { text, list, comments, shell, options, limit, depth: 0 })
    }

    /// What stands at a place.
    #[must_use]
    pub fn str(&self, place: Place) -> &str {
        &self.text.as_str()[place.range()]
    }

    /// What a program gets for a word, where that is known.
    #[must_use]
    pub fn literal(&self, word: &Word) -> Known<'_> {
        match &word.parts[..] {
            [] => Some(Cow::Borrowed(self.str(word.place))),
            [Part { place, kind: PartKind::Text, .. }] => Some(Cow::Borrowed(self.str(*place))),
            parts => parts.iter().map(|part| self.part(part)).collect::<Option<String>>().map(Cow::Owned),
        }
    }

    fn part(&self, part: &Part) -> Option<&str> {
        match part.kind {
            PartKind::Text => Some(self.str(part.place)),
            PartKind::Escaped => Some(&self.str(part.place)[1..]),
            _ => None,
        }
    }

    /// A command's words as far as they are known.
    #[must_use]
    pub fn words<'s>(&'s self, simple: &Simple) -> Vec<Known<'s>> {
        simple.words.iter().map(|word| self.literal(word)).collect()
    }

    /// The program that a simple command runs, without its folder, and the words behind it. It is nameless where that is
    /// not known before it runs; `None` where the command only assigns.
    #[must_use]
    pub fn call<'s>(&'s self, simple: &'s Simple) -> Option<Call<'s>> {
        let first = simple.words.first()?;
        if first.parts.is_empty() {
            let name = base_name(self.str(first.place));
            if !starters::is_starter(name) {
                return Some(Call { name, words: &simple.words, place: first.place, limit: None });
            }
        }
        let (at, limit) = starters::program(&self.words(simple));
        let word = simple.words.get(at)?;
        let name = match self.literal(word) {
            Some(Cow::Borrowed(name)) => base_name(name),
            _ => "",
        };
        Some(Call { name, words: &simple.words[at..], place: word.place, limit })
    }

    /// The program that a command runs, if it is a simple one.
    #[must_use]
    pub fn called<'s>(&'s self, command: &'s Command) -> Option<Call<'s>> {
        self.call(command.simple()?)
    }

    /// The program at the end of a pipe.
    #[must_use]
    pub fn last_call<'s>(&'s self, pipeline: &'s Pipeline) -> Option<Call<'s>> {
        self.called(pipeline.stages.last()?)
    }

    /// What stands at a place, for a sentence: its first line, without what is too much of it.
    #[must_use]
    pub fn brief(&self, place: Place) -> String {
        let text = self.str(place).trim();
        let line = text.lines().next().unwrap_or_default();
        match line.char_indices().nth(LONGEST_BRIEF) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None if line.len() < text.len() => format!("{line}…"),
            None => line.to_owned(),
        }
    }

    /// Whether a condition always holds: `while true`, `while [ 1 ]`, `until false`.
    #[must_use]
    pub fn is_endless(&self, condition: &List) -> bool {
        let [item] = &condition.items[..] else {
            return false;
        };
        let [command] = &item.first.stages[..] else {
            return false;
        };
        item.rest.is_empty()
            && self.called(command).is_some_and(|call| match call.name {
                "true" | ":" | "false" => true,
                "[" => call.words.len() == 3 && self.str(call.words[1].place) == "1",
                _ => false,
            })
    }

    /// The head of a loop that sleeps, and that nothing leaves.
    #[must_use]
    pub fn sleeps_for_ever(&self, command: &Command) -> Option<Place> {
        let (head, body) = match &command.kind {
            Kind::While { condition, body, .. } if self.is_endless(condition) => (condition.end()?, body),
            Kind::Count { header, body } if self.str(*header).split(';').all(|part| part.trim().is_empty()) => {
                (header.end + 2, body)
            }
            _ => return None,
        };
        let (mut sleeps, mut leaves) = (false, false);
        body.walk(&mut |command| {
            let name = self.called(command).map_or("", |call| call.name);
            sleeps |= name == "sleep";
            leaves |= matches!(name, "break" | "exit" | "return" | "exec" | "kill" | "trap");
        });
        (sleeps && !leaves).then_some(Place { start: command.place.start, end: head })
    }

    /// The scripts that shells read which this one starts, and those in them.
    #[must_use]
    pub fn inner(&self) -> Vec<Script<'static>> {
        let mut found = Vec::new();
        if self.depth == DEEPEST {
            return found;
        }
        self.list.walk(&mut |command| {
            let Kind::Simple(simple) = &command.kind else {
                return;
            };
            if simple.words.len() < 3 {
                return;
            }
            let is_shell = |word: &Word| word.parts.is_empty() && Shell::named(self.str(word.place)).is_some();
            if !simple.words.iter().any(is_shell) {
                return;
            }
            let Some(start) = shell::shell(&self.words(simple)) else {
                return;
            };
            let Operand::Script(at) = start.operand else {
                return;
            };
            let Some(text) = self.text.of_word(&simple.words[at]) else {
                return;
            };
            if let Some(script) = Script::read(text, &start) {
                let script = Script { depth: self.depth + 1, limit: script.limit.or(self.limit), ..script };
                let inner = script.inner();
                found.push(script);
                found.extend(inner);
            }
        });
        found
    }
}

#[cfg(feature = "commands")]
fn tree(text: &Text<'_>) -> Option<(List, Vec<Comment>)> {
    let mut reader = Reader::new(text.as_str(), text.filled());
    Some((reader.script()?, reader.comments))
}

#[cfg(not(feature = "commands"))]
fn tree(_text: &Text<'_>) -> Option<(List, Vec<Comment>)> {
    None
}

/// A program that is called.
#[derive(Debug, Clone, Copy)]
pub struct Call<'s> {
    /// Its name without the folder; empty where it is not known.
    pub name: &'s str,
    /// The words, its name first.
    pub words: &'s [Word],
    /// Where its name stands.
    pub place: Place,
    /// The seconds that `timeout` gives it.
    pub limit: Option<u64>,
}
