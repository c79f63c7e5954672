//! What a shell script is made of.

mod walk;

use std::ops::Range;

/// Bytes of a script's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The first.
    pub start: u32,
    /// The one behind the last.
    pub end: u32,
}

impl Place {
    /// From bytes of a text. Texts are shorter than 4 GiB, as files are.
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(range.start), end: offset(range.end) }
    }

    /// The same as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the other lies within.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Commands that run one after the other.
#[derive(Debug, Default)]
pub struct List {
    /// In order.
    pub items: Vec<Item>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug)]
pub struct Item {
    /// The first of them.
    pub first: Pipeline,
    /// Those that it decides on, and how.
    pub rest: Vec<(Join, Pipeline)>,
    /// `&`: nothing waits for it.
    pub in_background: bool,
}

/// When the next pipeline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// `&&`: where what stands before it succeeds.
    And,
    /// `||`: where what stands before it fails.
    Or,
}

/// Commands that read what the one before them writes.
#[derive(Debug)]
pub struct Pipeline {
    /// `!`: success and failure are swapped.
    pub negated: bool,
    /// At least one.
    pub stages: Vec<Command>,
}

/// One command.
#[derive(Debug)]
pub struct Command {
    /// What it is.
    pub kind: Kind,
    /// Where its input comes from and its output goes.
    pub redirections: Vec<Redirection>,
    /// All of it, redirections included.
    pub place: Place,
}

/// What a command is.
#[derive(Debug)]
pub enum Kind {
    /// A program with its arguments, or assignments alone.
    Simple(Simple),
    /// `{ …; }`
    Group(List),
    /// `( … )`
    Subshell(List),
    /// `if …; then …; elif …; else …; fi`
    If {
        /// Each condition with what it decides on.
        branches: Vec<(List, List)>,
        /// What runs where none holds.
        otherwise: Option<List>,
    },
    /// `while …; do …; done`, and `until`.
    While {
        /// `until`: it goes on while the condition fails.
        until: bool,
        /// What is run before each round.
        condition: List,
        /// The rounds.
        body: List,
    },
    /// `for … in …; do …; done`, and `select`.
    For {
        /// What it goes through; `None` where it goes through the script's arguments.
        words: Option<Vec<Word>>,
        /// The rounds.
        body: List,
    },
    /// `for ((…; …; …)); do …; done`
    Count {
        /// What stands between the parentheses.
        header: Place,
        /// The rounds.
        body: List,
    },
    /// `case … in …) …;; esac`
    Case {
        /// What decides.
        word: Word,
        /// What runs, arm by arm.
        arms: Vec<List>,
    },
    /// `name() …`
    Function {
        /// Its name.
        name: Place,
        /// What it runs.
        body: Box<Command>,
    },
    /// `[[ … ]]`
    Test(Vec<Word>),
    /// `(( … ))`
    Arithmetic,
}

/// Assignments, a program, arguments.
#[derive(Debug, Default)]
pub struct Simple {
    /// What stands before the program.
    pub assignments: Vec<Assignment>,
    /// The program and its arguments; none where it only assigns.
    pub words: Vec<Word>,
}

/// `name=value`
#[derive(Debug)]
pub struct Assignment {
    /// The variable.
    pub name: Place,
    /// What it is set to; for an array, all its items together.
    pub value: Word,
}

/// `2>&1`
#[derive(Debug)]
pub struct Redirection {
    /// The operator: `>`, `<<`.
    pub operator: Place,
    /// The file, the descriptor, or the mark that ends a here-document.
    pub target: Word,
}

/// A word as it is written.
#[derive(Debug, Default)]
pub struct Word {
    /// All of it, quotes included.
    pub place: Place,
    /// What it is made of, in order; nothing where it stands for itself, byte by byte.
    pub parts: Vec<Part>,
}

/// A part of a word.
#[derive(Debug)]
pub struct Part {
    /// Its bytes, without quotes around them.
    pub place: Place,
    /// What it is.
    pub kind: PartKind,
    /// Whether quotes keep its value one word.
    pub quoted: bool,
}

/// What a part of a word is.
#[derive(Debug)]
pub enum PartKind {
    /// Text that stands for itself.
    Text,
    /// `\x`: the character behind the backslash.
    Escaped,
    /// `$name`, `${name…}`, with the name.
    Parameter(Place),
    /// `$(…)`, `` `…` ``, `<(…)`
    Command(List),
    /// `$(NAME)` that Kubernetes fills before a shell reads it.
    Filled,
    /// What says nothing that is known: arithmetic, an escape of `$'…'`, a command that holds escapes of its own.
    Opaque,
}

/// A comment.
#[derive(Debug, Clone, Copy)]
pub struct Comment {
    /// From `#` to the end of the line.
    pub place: Place,
    /// Whether a `\` at the end of the line before it meant to go on with a command.
    pub continued: bool,
}
