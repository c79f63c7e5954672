//! A rule's page: its front matter, read while the compiler runs, and the rest, which is unpacked when somebody asks.

use std::ops::Range;
use std::sync::LazyLock;

use crate::diagnostic::{Basis, Severity};
use crate::text::unpacked;

// The macro `page!`: a page by its place, as in `page!("run/starting-deadline-never-met")`.
include!(concat!(env!("OUT_DIR"), "/pages.rs"));
pub(crate) use page;

/// What stands behind the front matter, of all pages.
static BODIES: LazyLock<String> = LazyLock::new(|| unpacked(PACKED));
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bodies"));

/// A page of the rulebook: front matter between two lines of `---`, then Markdown.
#[derive(Debug)]
pub struct Page {
    /// One sentence: what it finds.
    pub summary: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// The version of batchlint that brought it.
    pub since: &'static str,
    /// Whether findings come with a fix.
    pub fix: FixPromise,
    /// What its findings rest on.
    pub rests_on: Basis,
    /// Who is told.
    pub audience: Audience,
    /// Of a habit the rules that tell of it where harm follows, parted by `, `; empty, where there is none.
    pub harm: &'static str,
    /// Names that the rule had before, parted by `, `; empty, where it had none.
    pub formerly: &'static str,
    /// Where the rest is in all that stands behind front matters.
    body: Range<usize>,
}

/// Who is told what a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Regular,
    /// Those who ask for it: a house style, good for a team that wants it, and not a fault.
    Pedantic {
        /// What it finds in some words, for those who did not ask: `no backoffLimit (6 retries)`.
        habit: &'static str,
    },
}

impl Audience {
    /// The word on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Pedantic { .. } => "pedantic",
        }
    }
}

/// What a rule's page promises about fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixPromise {
    /// No finding has one.
    None,
    /// Findings may have a fix that needs no look.
    Safe,
    /// Findings may have a fix that changes what runs.
    Unsafe,
}

impl FixPromise {
    /// The word on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

impl Page {
    /// A page from the lines of its front matter, and from where the rest is: what `page!` becomes.
    pub(crate) const fn new(front: &'static str, body: Range<usize>) -> Self {
        let severity = field(front, "severity");
        let severity = if equal(severity, "error") {
            Severity::Error
        } else if equal(severity, "warning") {
            Severity::Warning
        } else if equal(severity, "advice") {
            Severity::Advice
        } else {
            refuse(&["severity is \"", severity, "\"; write error, warning or advice"])
        };
        let fix = field(front, "fix");
        let fix = if equal(fix, "none") {
            FixPromise::None
        } else if equal(fix, "safe") {
            FixPromise::Safe
        } else if equal(fix, "unsafe") {
            FixPromise::Unsafe
        } else {
            refuse(&["fix is \"", fix, "\"; write none, safe or unsafe"])
        };
        let rests_on = field(front, "rests-on");
        let rests_on = if equal(rests_on, "place") {
            Basis::Place
        } else if equal(rests_on, "absence") {
            Basis::Absence
        } else if equal(rests_on, "relation") {
            Basis::Relation
        } else {
            refuse(&["rests-on is \"", rests_on, "\"; write place, absence or relation"])
        };
        let audience = match optional(front, "audience") {
            None => Audience::Regular,
            Some(audience) if equal(audience, "pedantic") => Audience::Pedantic { habit: field(front, "habit") },
            Some(audience) => refuse(&["audience is \"", audience, "\"; write pedantic, or leave it out"]),
        };
        let (harm, formerly) = (names(front, "harm"), names(front, "formerly"));
        let (summary, since) = (field(front, "summary"), field(front, "since"));
        Self { summary, severity, since, fix, rests_on, audience, harm, formerly, body }
    }

    /// The Markdown after the front matter. The first who asks for that of any page waits some milliseconds, until those
    /// of all pages are unpacked.
    #[must_use]
    pub fn body(&self) -> &'static str {
        &BODIES[self.body.clone()]
    }

    /// Whether the rule had this name before.
    pub(crate) fn was_named(&self, name: &str) -> bool {
        self.former_names().any(|former| former == name)
    }

    /// The names that it had before.
    pub(crate) fn former_names(&self) -> impl Iterator<Item = &'static str> {
        // Every problem is asked by these: a search for one character needs no preparation.
        self.formerly.split(',').map(str::trim_start).filter(|name| !name.is_empty())
    }

    /// The rules that tell of a habit where harm follows.
    pub fn harms(&self) -> impl Iterator<Item = &'static str> {
        self.harm.split(", ").filter(|name| !name.is_empty())
    }
}

/// The text after `key: ` on the front matter's line of that key, which must be there.
const fn field(front: &'static str, key: &str) -> &'static str {
    match optional(front, key) {
        Some(value) => value,
        None => refuse(&["the front matter has no `", key, ": …`"]),
    }
}

/// The names after `key: `; empty, where the front matter has no line of that key.
const fn names(front: &'static str, key: &str) -> &'static str {
    match optional(front, key) {
        Some(names) => names,
        None => "",
    }
}

/// The text after `key: ` on the front matter's line of that key, if there is one.
const fn optional(front: &'static str, key: &str) -> Option<&'static str> {
    let mut rest = front;
    while !rest.is_empty() {
        let (line, next) = rest.split_at(line_length(rest));
        if starts_with(line, key) && starts_with(line.split_at(key.len()).1, ": ") {
            let value = line.split_at(key.len() + 2).1;
            let value = value.split_at(value.len() - 1).0;
            if value.is_empty() {
                refuse(&["`", key, "` in the front matter has no value"]);
            }
            return Some(value);
        }
        rest = next;
    }
    None
}

/// Stops the compiler with the words in a row: its panics show one text, and format nothing.
const fn refuse(words: &[&str]) -> ! {
    let mut text = [0; 160];
    let mut length = 0;
    let mut word = 0;
    while word < words.len() {
        let bytes = words[word].as_bytes();
        let mut at = 0;
        while at < bytes.len() && length < text.len() {
            text[length] = bytes[at];
            length += 1;
            at += 1;
        }
        word += 1;
    }
    match str::from_utf8(text.split_at(length).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("the front matter is not as the rulebook has it"),
    }
}

/// How long the first line is, its line break included.
const fn line_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += 1;
        if bytes[at - 1] == b'\n' {
            return at;
        }
    }
    panic!("the last line of the front matter has no end")
}

const fn starts_with(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let mut at = 0;
    while at < start.len() {
        if at >= text.len() || text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

const fn equal(left: &str, right: &str) -> bool {
    left.len() == right.len() && starts_with(left, right)
}

#[cfg(test)]
mod tests {
    use super::{BODIES, PACKED};

    #[test]
    fn packed_pages_are_less_than_a_third_of_what_they_are() {
        assert!(3 * PACKED.len() < BODIES.len(), "{} of {} bytes", PACKED.len(), BODIES.len());
    }
}
