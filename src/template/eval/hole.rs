//! What is printed of nothing, and of what nobody knows.

use super::Engine;
use crate::sort;
use crate::template::origin::{Origin, Provenance, SiteId};
use crate::template::text::{Text, TextWriter};
use crate::template::value::Value;
use crate::text::Span;

/// What Go prints of nothing.
pub(super) const NOTHING: &str = "<no value>";

impl Engine {
    /// What an action prints that is not a part of another one: where a value would stand that nobody gives, what stands
    /// for nothing is taken out in the end, and its place is known.
    pub(super) fn nothing_marked(text: Text) -> Text {
        match text.as_str() {
            "" => Text::computed(NOTHING),
            "\"\"" => Text::computed(&format!("\"{NOTHING}\"")),
            "''" => Text::computed(&format!("'{NOTHING}'")),
            _ => text,
        }
    }
}

impl Value {
    /// What nobody knows, as a text with its place: a byte that stands for it.
    pub(crate) fn hole() -> Text {
        Text::of("x", Origin { source: Provenance::Hole, site: SiteId::NONE })
    }
}

/// A text without what Go prints of nothing, as helm takes it out, and what of it nobody knows. Where that is a line of
/// its own, any number of lines may stand there, and a comment does.
pub(crate) fn holes(text: &Text) -> (Text, Vec<Span>) {
    if !says_nothing(text) && !text.has_hole() {
        return (text.clone(), Vec::new());
    }
    let empty = nothings(text);
    let text = without_nothing(text);
    let mut string = text.as_str().to_owned();
    let mut unknown = Vec::new();
    for (bytes, _) in text.runs().filter(|(_, origin)| origin.source == Provenance::Hole) {
        if bytes.len() == 1 && is_line(text.as_str(), bytes.start) {
            string.replace_range(bytes.clone(), "#");
        }
        unknown.push(Span::new(bytes.start as u32, bytes.end as u32));
    }
    let is_in_line = |at: &u32| !is_blank_around(text.as_str(), *at as usize);
    unknown.extend(empty.into_iter().filter(is_in_line).map(Span::empty));
    sort::by_key(&mut unknown, |span| (span.start, span.end));
    unknown.dedup();
    let text = if string == text.as_str() { text } else { text.respelled(&string) };
    (text, unknown)
}

/// Whether a byte is all that stands on its line.
fn is_line(text: &str, at: usize) -> bool {
    let before = text[..at].rsplit('\n').next().unwrap_or_default();
    let behind = text[at + 1..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && behind.trim().is_empty()
}

fn is_blank_around(text: &str, at: usize) -> bool {
    let before = text[..at].rsplit('\n').next().unwrap_or_default();
    let behind = text[at..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && behind.trim().is_empty()
}

/// Whether there is what Go prints of nothing: most texts are long, and have none.
fn says_nothing(text: &Text) -> bool {
    memchr::memmem::find(text.as_str().as_bytes(), NOTHING.as_bytes()).is_some()
}

/// Where nothing was printed, in the text without what Go prints of it.
fn nothings(text: &Text) -> Vec<u32> {
    let all = text.as_str().match_indices(NOTHING).enumerate();
    all.map(|(count, (at, _))| (at - count * NOTHING.len()) as u32).collect()
}

/// A text without what Go prints of nothing, as helm takes it out.
pub(super) fn without_nothing(text: &Text) -> Text {
    if !says_nothing(text) {
        return text.clone();
    }
    let mut writer = TextWriter::default();
    for part in text.as_str().split(NOTHING) {
        writer.push_part(text, part);
    }
    writer.finish()
}
