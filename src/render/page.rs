//! A page of the rulebook for a terminal: the few things of Markdown that pages use, wrapped at the width. Lines of
//! examples and of tables, and addresses, stay whole: they are there to be copied.

use std::io;

use super::{BOLD, CODE, DIM, Look, wrap};
use crate::text::visible;

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(page: &str, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    for block in blocks(page) {
        match block {
            Block::Empty => writeln!(out)?,
            Block::Heading(title) => {
                let title = look.paint(BOLD, &inline(title, Look { color: false, ..look }));
                writeln!(out, "{}", wrap::wrapped(&title, look, ["", ""]))?
            }
            Block::Code("") => writeln!(out)?,
            Block::Code(line) => writeln!(out, "    {}", code(line, look))?,
            Block::Verbatim(line) => writeln!(out, "{line}")?,
            Block::Text(bullet, text) => {
                let indent = " ".repeat(bullet.len());
                let options = textwrap::Options::new(look.prose_width())
                    .initial_indent(bullet)
                    .subsequent_indent(&indent)
                    // Only blanks part words: an address stays whole.
                    .word_separator(textwrap::WordSeparator::AsciiSpace)
                    .word_splitter(textwrap::WordSplitter::NoHyphenation)
                    .break_words(false);
                writeln!(out, "{}", textwrap::fill(&inline(&text, look), options))?;
            }
        }
    }
    Ok(())
}

/// What a page is made of.
enum Block<'p> {
    Empty,
    Heading(&'p str),
    /// A line of a code block.
    Code(&'p str),
    /// A line that is kept as it is: of a table.
    Verbatim(&'p str),
    /// A paragraph or an item of a list: its bullet with the blank behind it, and its text on one line.
    Text(&'p str, String),
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut in_code = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            blocks.push(Block::Code(line));
        } else if line.trim().is_empty() {
            blocks.push(Block::Empty);
        } else if line.starts_with('#') {
            blocks.push(Block::Heading(line.trim_start_matches('#').trim()));
        } else if line.starts_with('|') {
            blocks.push(Block::Verbatim(line));
        } else {
            let bullet = bullet(line);
            match blocks.last_mut() {
                Some(Block::Text(_, text)) if bullet.is_empty() => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                _ => blocks.push(Block::Text(bullet, line[bullet.len()..].trim().to_owned())),
            }
        }
    }
    blocks
}

/// `- ` or `12. ` at the start of the line, indentation included; else nothing.
fn bullet(line: &str) -> &str {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let digits = text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let mark = if text.starts_with("- ") || text.starts_with("* ") {
        2
    } else if digits > 0 && text[digits..].starts_with(". ") {
        digits + 2
    } else {
        return "";
    };
    &line[..indent + mark]
}

/// Whether the address is another page of the rulebook, which is found by its name.
fn is_page(address: &str) -> bool {
    address.ends_with(".md") && !address.contains("://")
}

/// Links as `text <address>`, code in its colour.
fn inline(text: &str, look: Look) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[']) {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((code, after)) = rest.strip_prefix('`').and_then(|after| after.split_once('`')) {
            result.push_str(&look.paint(CODE, &format!("`{code}`")));
            rest = after;
        } else if let Some((title, address, after)) = link(rest) {
            result.push_str(title);
            if !is_page(address) {
                result.push_str(&format!(" <{address}>"));
            }
            rest = after;
        } else {
            result.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    result
}

/// The title and the address of a link at the start of the text, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (title, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    if title.contains('[') || address.contains(' ') { None } else { Some((title, address, rest)) }
}

/// A line of YAML, its comment dimmed.
fn code(line: &str, look: Look) -> String {
    let line = visible(line);
    match line.find(" # ") {
        Some(at) => line[..at].to_owned() + &look.paint(DIM, &line[at..]),
        None => line.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_readable_without_its_marks() {
        let page = "## Title\nSome `code` and\na [link](https://example.com/x) [not one].\n\n- one\n  more\n- [two](../run/two.md)\n\
                    ```yaml\na: 1 # flagged\n```\n";
        let mut out = Vec::new();
        write(page, Look { width: 30, color: false, unicode: true }, &mut out).expect("a vector takes all");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(
            text,
            "Title\nSome `code` and a link\n<https://example.com/x> [not\none].\n\n- one more\n- two\n    a: 1 # flagged\n"
        );
    }
}
