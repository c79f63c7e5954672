//! Lines that are no wider than the terminal.

use std::borrow::Cow;

use anstyle::Style;

use super::{BOLD, Look};
#[cfg(feature = "cli")]
use crate::text::is_plain;

/// The text on lines, the first behind one indentation and the others behind another. Blanks part words; a word that
/// is wider than a line is broken, and of one that is wider than two, which echoes what nobody reads, the rest is left
/// out.
pub(super) fn wrapped(text: &str, look: Look, indents: [&str; 2]) -> String {
    let most = 2 * look.prose_width();
    // Most words are too short to be measured.
    let may_be_wide = |word: &str| word.len() > most;
    let short = |word| if may_be_wide(word) { cut(word, most, look) } else { Cow::Borrowed(word) };
    let text = if text.split(' ').any(may_be_wide) {
        Cow::Owned(text.split(' ').map(short).collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    };
    styled_by_line(fill(&text, look.prose_width(), indents))
}

/// A place, which stays whole however long it is, and what is said of it.
pub(super) fn placed(place: &str, text: &str, look: Look) -> String {
    if width(place) <= look.prose_width() {
        wrapped(&[place, " ", text].concat(), look, ["", "  "])
    } else {
        format!("{place}\n{}", wrapped(text, look, ["  ", "  "]))
    }
}

/// `label message`, the one in its style and the other in bold type.
pub(super) fn headline(label: &str, style: Style, message: &str, look: Look) -> String {
    wrapped(&format!("{} {}", look.paint(style, label), look.paint(BOLD, message)), look, ["", "  "])
}

/// The text in at most so many columns: where it is wider, its end is left out.
pub(super) fn cut(text: &str, most: usize, look: Look) -> Cow<'_, str> {
    if width(text) <= most {
        return Cow::Borrowed(text);
    }
    let kept = fitting(text.chars(), most);
    Cow::Owned(text.chars().take(kept).chain([look.ellipsis()]).collect())
}

/// As [`cut`], but the start is left out: of a path, the file's name says most.
pub(super) fn cut_start(text: &str, most: usize, look: Look) -> Cow<'_, str> {
    if width(text) <= most {
        return Cow::Borrowed(text);
    }
    let (kept, all) = (fitting(text.chars().rev(), most), text.chars().count());
    Cow::Owned([look.ellipsis()].into_iter().chain(text.chars().skip(all - kept)).collect())
}

/// How many of the characters fit beside an ellipsis.
fn fitting(chars: impl Iterator<Item = char>, most: usize) -> usize {
    let mut columns = 1;
    let columns = chars.map(|char| {
        columns += width(char.encode_utf8(&mut [0; 4]));
        columns
    });
    columns.take_while(|columns| *columns <= most).count()
}

/// Styles end with their line, so that a pager may cut anywhere, and go on with the next.
fn styled_by_line(text: String) -> String {
    if !text.contains('\u{1b}') {
        return text;
    }
    let mut open = String::new();
    let styled = text.split('\n').map(|line| {
        let before = open.clone();
        for style in line.split('\u{1b}').skip(1).filter_map(|rest| rest.split_once('m')) {
            match style.0 {
                "[0" => open.clear(),
                style => open.push_str(&format!("\u{1b}{style}m")),
            }
        }
        before + line + if open.is_empty() { "" } else { "\u{1b}[0m" }
    });
    styled.collect::<Vec<_>>().join("\n")
}

#[cfg(feature = "cli")]
fn fill(text: &str, width: usize, indents: [&str; 2]) -> String {
    plainly_filled(text, width, indents).unwrap_or_else(|| filled(text, width, indents))
}

/// What [`textwrap`] makes of words that fit on a line and have nothing but letters and marks of ASCII: there can be a
/// note for each of a million lines.
#[cfg(feature = "cli")]
fn plainly_filled(text: &str, width: usize, indents: [&str; 2]) -> Option<String> {
    if ![text, indents[0], indents[1]].into_iter().all(is_plain) {
        return None;
    }
    let mut lines = String::with_capacity(text.len() + 16);
    lines.push_str(indents[0]);
    let (mut room, mut taken) = (width.saturating_sub(indents[0].len()), 0);
    for word in text.split(' ') {
        if word.is_empty() || word.len() > room.min(width.saturating_sub(indents[1].len())) {
            return None;
        }
        if taken > 0 && taken + 1 + word.len() > room {
            lines.push('\n');
            lines.push_str(indents[1]);
            (room, taken) = (width - indents[1].len(), 0);
        } else if taken > 0 {
            lines.push(' ');
            taken += 1;
        }
        lines.push_str(word);
        taken += word.len();
    }
    Some(lines)
}

#[cfg(feature = "cli")]
fn filled(text: &str, width: usize, indents: [&str; 2]) -> String {
    let options = textwrap::Options::new(width)
        .initial_indent(indents[0])
        .subsequent_indent(indents[1])
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// Columns that a text takes.
#[cfg(feature = "cli")]
pub(super) fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    textwrap::core::display_width(text)
}

/// Without the command line there is no terminal.
#[cfg(not(feature = "cli"))]
fn fill(text: &str, _: usize, indents: [&str; 2]) -> String {
    format!("{}{text}", indents[0])
}

/// As many as the text has characters, where nobody looks.
#[cfg(not(feature = "cli"))]
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    const LOOK: Look = Look { width: 20, color: true, unicode: true };

    #[test]
    fn nothing_is_wider_than_the_terminal() {
        let text = format!("short {} 日本語のとても長い名前です and the rest", "x".repeat(70));
        for (count, line) in wrapped(&text, LOOK, ["", "  "]).lines().enumerate() {
            assert!(width(line) <= 20, "{count}: {line}");
        }
        assert_eq!(placed("a/b.yaml:1:", "one two three", LOOK), "a/b.yaml:1: one two\n  three");
        assert_eq!(placed("a/long/path/of/b.yaml:1:", "one", LOOK), "a/long/path/of/b.yaml:1:\n  one");
    }

    #[test]
    fn plain_words_are_filled_as_all_words_are() {
        for most in 1..12 {
            let words: Vec<String> = (0..40).map(|at| "x".repeat(1 + at * at % most)).collect();
            for (columns, indents) in (6..40).flat_map(|columns| [(columns, ["", "  "]), (columns, ["  ", ""])]) {
                let text = words.join(" ");
                let Some(lines) = plainly_filled(&text, columns, indents) else {
                    assert!(most + 2 > columns, "{columns}: {text}");
                    continue;
                };
                assert_eq!(lines, filled(&text, columns, indents), "{columns}");
            }
        }
        for other in ["", " a", "a ", "a  b", "a\nb", "a\tb", "é", "abcdefgh"] {
            assert_eq!(plainly_filled(other, 8, ["  ", ""]), None, "{other}");
        }
    }

    #[test]
    fn an_echo_is_cut_and_what_is_said_of_it_is_not() {
        let shown = wrapped(&format!("`{}` is too long", "x".repeat(10_000)), LOOK, ["", ""]);
        assert_eq!(shown.lines().count(), 3, "{shown}");
        assert!(shown.ends_with("x…\nis too long"), "{shown}");
    }

    #[test]
    fn a_style_ends_with_its_line_and_goes_on_with_the_next() {
        let shown = wrapped(&LOOK.paint(BOLD, "one two three four five six"), LOOK, ["", ""]);
        assert_eq!(shown, "\u{1b}[1mone two three four\u{1b}[0m\n\u{1b}[1mfive six\u{1b}[0m");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!((cut("short", 5, LOOK), cut("longer", 5, LOOK)), ("short".into(), "long…".into()));
        assert_eq!((cut("日本語", 5, LOOK), cut_start("日本語", 4, LOOK)), ("日本…".into(), "…語".into()));
        assert_eq!(cut_start("a/b/c.yaml", 7, Look { unicode: false, ..LOOK }), "~c.yaml");
    }
}
