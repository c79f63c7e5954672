//! Scalars: setting one, and renaming a key.

use super::lines::line_start;
use super::tree::{Tree, path_of};
use super::verify::verified;
use crate::text::Edit;
use crate::yaml::{Document, Entry, Kind, Style, Value, parse};

/// A new scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum New<'t> {
    /// A string, which is quoted where it would be read as something else.
    String(&'t str),
    /// Written as it is: a number, `true`, `null`.
    Plain(&'t str),
}

impl<'a> Value<'a> {
    /// Puts another scalar in the place of this one, in the same style if that can hold it.
    ///
    /// `None` where this is no scalar, or where the text would not come to what is meant: an alias stands here,
    /// or another place uses this one's anchor.
    #[must_use]
    pub fn set(self, new: New<'_>) -> Option<Vec<Edit>> {
        let scalar = !matches!(self.kind(), Kind::Sequence | Kind::Mapping);
        if !scalar || self.place() != self.span() {
            return None;
        }
        let path = path_of(self)?;
        let meant = new.tree()?;
        let gap = if self.span().is_empty() { " " } else { "" };
        new.spellings(self.style(), self.source(), self.indentation()).into_iter().find_map(|text| {
            let edits = vec![Edit::replace(self.span(), format!("{gap}{text}"))];
            verified(self.document(), edits, |tree| {
                *tree.at(&path)? = meant.clone();
                Some(())
            })
        })
    }

    /// Puts another string in the place of this scalar, in the same quotes if it has some, without a proof: where many
    /// values of one document are at fault, to prove each would take too long.
    ///
    /// `None` where an alias stands here, or nothing.
    #[must_use]
    pub fn respelled(self, text: &str) -> Option<Edit> {
        let span = self.span();
        if span.is_empty() || self.place() != span {
            return None;
        }
        let is_word = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_alphanumeric())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
                && matches!(parse(text).documents.first().and_then(Document::root), Some(root) if root.as_str().is_some())
        };
        Some(Edit::replace(
            span,
            match self.style() {
                Style::Plain if is_word(text) => text.to_owned(),
                Style::SingleQuoted if !text.contains(['\'', '\n', '\r']) => format!("'{text}'"),
                _ => double_quoted(text),
            },
        ))
    }

    /// Gives a key of this mapping another name, in the same quotes if it has some.
    ///
    /// `None` where the key is not written here, or the mapping has the new one already.
    #[must_use]
    pub fn rename(self, entry: Entry<'_>, name: &str) -> Option<Vec<Edit>> {
        if self.get(name).is_some() || !self.span().contains(entry.key_span) {
            return None;
        }
        let path = path_of(self)?;
        let written = self.document().slice(entry.key_span);
        let style = match written.as_bytes().first()? {
            b'\'' => Style::SingleQuoted,
            b'"' => Style::DoubleQuoted,
            _ => Style::Plain,
        };
        New::String(name).spellings(style, written, 0).into_iter().find_map(|text| {
            verified(self.document(), vec![Edit::replace(entry.key_span, text)], |tree| {
                let map = tree.map_at(&path)?;
                let value = map.remove(entry.key)?;
                map.insert(name.to_owned().into(), value).is_none().then_some(())
            })
        })
    }

    /// The column of the line on which this value starts.
    fn indentation(self) -> usize {
        let text = self.document().text();
        let start = self.span().start as usize;
        let line = line_start(text, start);
        text[line..start].bytes().take_while(|byte| *byte == b' ').count()
    }
}

impl New<'_> {
    /// What the value is; `None` for a plain text that is no scalar.
    pub(super) fn tree(self) -> Option<Tree<'static>> {
        let text = match self {
            Self::String(text) => return Some(string(text)),
            Self::Plain(text) => text,
        };
        let file = parse(text);
        if !file.errors.is_empty() {
            return None;
        }
        let Some(root) = file.documents.first().and_then(Document::root) else {
            return Some(Tree::Scalar("null".to_owned()));
        };
        match Tree::of(root) {
            Tree::String(text) => Some(string(&text)),
            Tree::Scalar(json) => Some(Tree::Scalar(json)),
            Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// Ways to write it, the one closest to `style` first.
    pub(super) fn spellings(self, style: Style, written: &str, indentation: usize) -> Vec<String> {
        let text = match self {
            Self::Plain(text) => return vec![text.to_owned()],
            Self::String(text) => text,
        };
        let single = || (!text.contains(['\n', '\r', '\t'])).then(|| format!("'{}'", text.replace('\'', "''")));
        let plain = || (!text.is_empty() && !text.contains(['\n', '\r'])).then(|| text.to_owned());
        let first = match style {
            Style::SingleQuoted => single(),
            Style::Plain => plain(),
            Style::Literal | Style::Folded => block(text, written, indentation),
            _ => None,
        };
        first.into_iter().chain([double_quoted(text)]).collect()
    }
}

fn string(text: &str) -> Tree<'static> {
    Tree::String(text.to_owned().into())
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            control if control.is_control() || matches!(control, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A block of text under the header that stands there.
fn block(text: &str, written: &str, indentation: usize) -> Option<String> {
    let header = written.lines().next()?;
    let body_indentation = written.lines().skip(1).find(|line| !line.trim().is_empty());
    let spaces = body_indentation.map_or(indentation + 2, |line| line.len() - line.trim_start_matches(' ').len());
    let pad = " ".repeat(spaces);
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    let body: Vec<String> =
        lines.map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") }).collect();
    Some(format!("{header}\n{}", body.join("\n")))
}
