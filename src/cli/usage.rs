//! What is answered to arguments that are not understood, or that ask for help.

use std::borrow::Cow;
use std::io::{self, Write as _};

use clap::Error;
use clap::error::{ContextKind, ContextValue};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::{Status, surroundings};
use crate::text::visible;

/// Columns of an argument that an answer repeats: enough to know it by.
pub(super) const ECHO: usize = 60;

/// Prints the answer: help on standard output, what is wrong on standard error.
pub(super) fn answer(mut error: Error) -> Status {
    // A reader that has gone is no reason to complain.
    if !error.use_stderr() {
        let _ = error.print();
        return Status::Clean;
    }
    for kind in [ContextKind::InvalidValue, ContextKind::InvalidArg, ContextKind::InvalidSubcommand] {
        if let Some(ContextValue::String(given)) = error.get(kind) {
            let short = ContextValue::String(shortened(given));
            error.insert(kind, short);
        }
    }
    let text = error.render();
    let text = if surroundings::colors_errors() { text.ansi().to_string() } else { text.to_string() };
    let lines = text.split('\n').map(|line| line.split(' ').map(known_by).collect::<Vec<_>>().join(" "));
    let _ = write!(io::stderr(), "{}", fitted(&lines.collect::<Vec<_>>().join("\n")));
    Status::Failed
}

/// A word of an answer: an argument may come back in what was said of it, too.
fn known_by(word: &str) -> Cow<'_, str> {
    if word.len() > 8 * ECHO { shortened(word).into() } else { word.into() }
}

/// An argument as an answer repeats it: on one line, and not too long.
pub(super) fn shortened(given: &str) -> String {
    let given = visible(given);
    let most = surroundings::error_width().map_or(ECHO, |width| ECHO.min(width - 8));
    let mut columns = 0;
    let fits = |char: &char| {
        columns += display_width(char.encode_utf8(&mut [0; 4]));
        columns <= most
    };
    let short: String = given.chars().take_while(fits).collect();
    if short.len() < given.len() { short + "…" } else { short }
}

/// Text for standard error, each line wrapped where that is a terminal. A word stays whole, as most that are long are
/// paths.
pub(super) fn fitted(text: &str) -> String {
    let Some(width) = surroundings::error_width() else { return text.to_owned() };
    let line = |line: &str| {
        let indent = " ".repeat(line.len() - line.trim_start_matches(' ').len() + 2);
        let options = Options::new(width.min(100))
            .subsequent_indent(&indent)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        textwrap::fill(line, options)
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn an_argument_is_repeated_as_far_as_it_is_known_by() {
        assert_eq!(shortened("--fron"), "--fron");
        assert_eq!(shortened("a\u{1b}b"), "a\\u{1b}b");
        assert!(shortened(&"é".repeat(10_000)).chars().count() <= 61);
        assert!(shortened(&"語".repeat(10_000)).chars().count() <= 31);
    }
}
