//! What is being typed, and where that is. The text is read as it would be if it were whole: with a word of our own in the
//! place of what is typed, a key or a value.

use crate::analysis::{Analysis, Named, Naming, Scope, Settings, analyse, named_by, names};
use crate::k8s::schema::{API_VERSION, Type, root};
use crate::k8s::{Manifest, Spot};
use crate::text::{Source, Span};
use crate::yaml::{Style, Value};

/// The word in the place of what is typed; nobody has it.
const WORD: &str = "batchlint--typed";
/// What parts documents.
const PARTS: [&str; 2] = ["\n---", "\r---"];

/// Something that is being typed.
pub(super) struct Typed<'t> {
    pub(super) what: What<'t>,
    /// Where it starts in the text.
    pub(super) start: u32,
    /// The text around it, as it is read.
    analysis: Analysis,
    /// Where the word is in that.
    at: u32,
}

/// What is being typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'t> {
    Key(Key<'t>),
    Value(Written<'t>),
}

/// A key that is being typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'t> {
    /// The spaces that others of its mapping have before them.
    pub(super) column: usize,
    /// What is written of it.
    pub(super) written: &'t str,
    /// Whether its colon is there.
    pub(super) has_colon: bool,
    /// Whether it stands between braces, and as in JSON.
    pub(super) is_flow: bool,
    pub(super) is_json: bool,
}

/// A value that is being typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'t> {
    /// Its key.
    pub(super) key: &'t str,
    /// The quote that it has been given.
    pub(super) quote: Option<char>,
    pub(super) is_json: bool,
}

/// The line of a byte, parted there.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    byte: usize,
    before: &'t str,
    behind: &'t str,
}

/// A guess at what is typed: where the word takes whose place, and what stands around it.
struct Guess<'t> {
    what: What<'t>,
    start: usize,
    end: usize,
    around: (&'static str, &'static str),
}

impl<'t> Typed<'t> {
    /// What is typed at a byte; nothing in comments and in texts of several lines.
    pub(super) fn at(text: &'t str, byte: u32, settings: &Settings) -> Option<Self> {
        let line = Line::of(text, byte as usize);
        let guesses = [line.key(), line.key_in_braces(), line.value()];
        guesses.into_iter().flatten().find_map(|guess| guess.read(text, settings))
    }

    /// Where it is in its object; nothing where it is in none that is ours.
    pub(super) fn spot(&self) -> Option<Spot<'_>> {
        self.manifest()?.spot(self.at)
    }

    /// The object that it is in.
    pub(super) fn manifest(&self) -> Option<Manifest<'_>> {
        self.analysis.manifests().find(|manifest| manifest.root.span().touches(self.at))
    }

    /// What the field of a key knows by its name, if it does.
    pub(super) fn named(&self, key: &str) -> Option<Named> {
        named_by(self.spot()?.owner?, key).filter(|(_, is_given)| !is_given).map(|(of, _)| of)
    }

    /// The names that are given in the object around it.
    pub(super) fn given(&self, of: Named) -> Vec<Naming> {
        let scope = self.manifest().map(|manifest| Scope::Object(manifest.root.span().start));
        let is_it = |naming: &Naming| naming.is_given && naming.of == of && Some(&naming.scope) == scope.as_ref();
        names(&self.analysis).into_iter().filter(is_it).collect()
    }

    /// Whether nothing says yet what the object is to be that it is in.
    pub(super) fn is_untold(&self) -> bool {
        self.untold().is_some()
    }

    /// The mapping that it is a key of, where that is such an object itself: a CronJob has what each can have.
    pub(super) fn top(&self) -> Option<(Value<'_>, &'static Type)> {
        Some((self.untold().filter(|root| root.get(WORD).is_some())?, root(API_VERSION, "CronJob")?))
    }

    fn untold(&self) -> Option<Value<'_>> {
        let roots = self.analysis.file().documents.iter().filter_map(|document| document.root());
        let mut around = roots.filter(|root| root.is_mapping() && root.span().touches(self.at));
        let is_free = |root: Value<'_>, key| root.get(key).is_none_or(|entry| is_typed(entry.value));
        around.find(|root| is_free(*root, "kind") && is_free(*root, "apiVersion"))
    }
}

fn is_typed(value: Value<'_>) -> bool {
    value.is_null() || value.as_str() == Some(WORD)
}

impl<'t> Guess<'t> {
    /// Reads the document with the word in its place.
    fn read(self, text: &'t str, settings: &Settings) -> Option<Typed<'t>> {
        let (first, last) = document_around(text, self.start);
        let head = &text[first..self.start];
        let filled = format!("{head}{}{WORD}{}{}", self.around.0, self.around.1, &text[self.end.min(last)..last]);
        let at = (head.len() + self.around.0.len()) as u32 + 1;
        let analysis = analyse(Source::new("typed", filled), settings);
        let typed = Typed { what: self.what, start: self.start as u32, analysis, at };
        let is_it = match typed.what {
            What::Key(_) => typed.is_read(|value| value.entries().any(|entry| entry.key == WORD)),
            What::Value(_) => {
                typed.is_read(|value| value.entries().any(|entry| entry.value.as_str() == Some(WORD)))
                    || typed.is_lost()
            }
        };
        is_it.then_some(typed)
    }
}

impl Typed<'_> {
    /// Whether the innermost mapping around the word has it.
    fn is_read(&self, has: impl Fn(Value<'_>) -> bool) -> bool {
        let covers = |value: &Value<'_>| value.place().touches(self.at);
        let roots = self.analysis.file().documents.iter().filter_map(|document| document.root());
        let mut at = roots.into_iter().find(covers);
        while let Some(value) = at {
            if matches!(value.style(), Style::Literal | Style::Folded) {
                return false;
            }
            if value.is_mapping() && has(value) {
                return true;
            }
            at = match value.is_mapping() {
                true => value.entries().map(|entry| entry.value).find(covers),
                false => value.items().find(covers),
            };
        }
        false
    }
}

impl Typed<'_> {
    /// Whether the word is the value of a key that comes again, and nobody reads it.
    fn is_lost(&self) -> bool {
        let (file, at) = (self.analysis.file(), self.at as usize);
        let is_it =
            |key: Span| file.text.get(key.end as usize..at - 1).is_some_and(|part| matches!(part, ": \"" | ":\t\""));
        file.documents.iter().flat_map(|document| &document.repeated).any(|one| is_it(one.first))
    }
}

impl<'t> Line<'t> {
    fn of(text: &'t str, byte: usize) -> Self {
        let is_end = |char| matches!(char, '\n' | '\r');
        let start = text[..byte].rfind(is_end).map_or(0, |at| at + 1);
        let end = text[byte..].find(is_end).map_or(text.len(), |at| byte + at);
        Self { text, byte, before: &text[start..byte], behind: &text[byte..end] }
    }

    /// A key with nothing but indentation before it.
    fn key(self) -> Option<Guess<'t>> {
        let start = self.word_start();
        let head = &self.before[..start];
        let is_head = head.trim_start_matches([' ', '-']).is_empty() && (head.is_empty() || head.ends_with(' '));
        let (end, has_colon) = self.word_end();
        is_head.then(|| {
            let written = &self.before[start..];
            let key = Key { column: start, written, has_colon, is_flow: false, is_json: false };
            let around = if has_colon { ("", "") } else { ("", ": ") };
            Guess { what: What::Key(key), start: self.byte - written.len(), end, around }
        })
    }

    /// A key behind a brace or a comma, perhaps of a line before.
    fn key_in_braces(self) -> Option<Guess<'t>> {
        let start = self.word_start();
        let written = &self.before[start..];
        let from = self.byte - written.len();
        let (end, has_colon) = self.word_end();
        let last = self.text[..from].trim_end().chars().next_back()?;
        let next = self.text[end..].trim_start().chars().next();
        let is_first = matches!(last, '{' | ',');
        if !is_first && !self.before[..start].trim().is_empty() {
            return None;
        }
        let ends = has_colon || matches!(next, Some('}' | ','));
        let around = match (is_first, has_colon, ends) {
            (true, true, _) => ("\"", "\""),
            (true, _, true) => ("\"", "\": 0"),
            (true, _, false) => ("\"", "\": 0, "),
            (false, true, _) => (", \"", "\""),
            (false, _, true) => (", \"", "\": 0"),
            (false, _, false) => (", \"", "\": 0, "),
        };
        let is_json = self.is_json();
        let key = Key { column: start, written, has_colon, is_flow: true, is_json };
        Some(Guess { what: What::Key(key), start: from, end, around })
    }

    /// A value behind its key's colon.
    fn value(self) -> Option<Guess<'t>> {
        let (head, written) = self.before.rsplit_once(": ").or_else(|| self.before.rsplit_once(":\t"))?;
        let written = written.trim_start();
        let quote = written.chars().next().filter(|char| matches!(char, '"' | '\''));
        if quote.is_none() && (written.contains(" #") || written.starts_with('#')) {
            return None;
        }
        let key = head.rsplit(['{', ',']).next()?.trim_start_matches([' ', '-']).trim_matches(['"', '\'', ' ']);
        let from = self.byte - written.len();
        let rest = self.behind;
        let end = match quote {
            Some(quote) => rest.find(quote).map(|at| at + 1),
            None => rest.find(" #").or_else(|| rest.find([',', '}'])),
        };
        let end = self.byte + end.unwrap_or(rest.len());
        let what = What::Value(Written { key, quote, is_json: self.is_json() });
        Some(Guess { what, start: from, end, around: ("\"", "\"") })
    }

    /// Where what is typed starts in the line: a word, or its quote.
    fn word_start(self) -> usize {
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_' | '/');
        let word = self.before.trim_end_matches(is_part);
        // Dashes before it are those of a list.
        let dashes = self.before[word.len()..].len() - self.before[word.len()..].trim_start_matches('-').len();
        let start = word.len() + dashes;
        if word.ends_with('"') { start - 1 } else { start }
    }

    /// Where it ends in the text, and whether a colon comes then.
    fn word_end(self) -> (usize, bool) {
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_' | '/');
        let rest = self.behind.trim_start_matches(is_part);
        let rest = rest.strip_prefix('"').unwrap_or(rest);
        (self.byte + self.behind.len() - rest.len(), rest.trim_start().starts_with(':'))
    }

    fn is_json(self) -> bool {
        self.text.trim_start().starts_with(['{', '['])
    }
}

/// The bytes of the document around a byte, as lines of dashes part them.
fn document_around(text: &str, byte: usize) -> (usize, usize) {
    let first = PARTS.iter().filter_map(|part| text[..byte].rfind(part)).max().map_or(0, |at| at + 1);
    let last = PARTS.iter().filter_map(|part| text[byte..].find(part)).min().map_or(text.len(), |at| byte + at + 1);
    (first, last)
}
