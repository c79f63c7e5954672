//! What people and programs see of a check: one output format a file. Nothing here reads the terminal, the
//! environment or the disk; how the output looks is given as a [`Look`].

#![cfg_attr(not(feature = "cli"), expect(dead_code, reason = "what people are shown is for the command line"))]

#[cfg(feature = "cli")]
mod amount;
#[cfg(feature = "cli")]
mod axis;
pub mod change;
#[cfg(feature = "formats")]
mod concise;
mod counts;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "formats")]
mod documents;
mod file;
mod format;
#[cfg(feature = "cli")]
mod full;
mod groups;
mod habits;
mod harm;
mod json;
#[cfg(feature = "formats")]
mod lsp;
#[cfg(feature = "formats")]
mod markdown;
mod output;
#[cfg(feature = "cli")]
mod overview;
#[cfg(feature = "cli")]
pub mod page;
#[cfg(feature = "formats")]
mod paths;
#[cfg(feature = "formats")]
mod pipeline;
mod ranked;
pub mod read;
#[cfg(feature = "cli")]
mod row;
pub mod rulebook;
pub mod runs;
pub mod schedule;
pub mod simulate;
mod statistics;
pub mod summary;
#[cfg(feature = "cli")]
pub mod table;
mod unchecked;
pub mod when;
mod wrap;
mod writer;
#[cfg(feature = "formats")]
mod xml;

pub use counts::Counts;
pub use format::Format;
pub use habits::Habits;
pub use harm::Harms;
pub use output::{Manner, Remarks};
#[cfg(feature = "lsp")]
pub(crate) use paths::file_uri;
pub use summary::Tally;
pub use writer::{Printer, Share, Writer};

use anstyle::{AnsiColor, Style};

use crate::diagnostic::Severity;
use crate::lint::Report;
use crate::text::{Message, Source};

/// What findings in standard input are reported under where nothing else is said.
pub const STDIN: &str = "<stdin>";

/// One file and what was found in it.
#[derive(Debug, Clone, Copy)]
struct Checked<'a> {
    source: &'a Source,
    report: &'a Report,
}

/// A file that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file's name as the user gave it.
    pub file: String,
    /// Why, in words that follow the name.
    pub why: Message,
}

/// How output for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours and bold type reach the reader.
    pub color: bool,
    /// Whether lines may be drawn with characters beyond ASCII.
    pub unicode: bool,
}

impl Look {
    /// Where running text wraps: a line of more than 100 characters is hard to read on any terminal.
    fn prose_width(self) -> usize {
        self.width.clamp(20, 100)
    }

    /// What stands where something is left out.
    fn ellipsis(self) -> char {
        if self.unicode { '…' } else { '~' }
    }

    /// The text in this style, or as it is where there is no colour.
    fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CODE: Style = AnsiColor::Cyan.on_default();

/// The colour of a severity.
const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Advice => AnsiColor::Cyan.on_default().bold(),
    }
}
