//! What an editor offers to write behind a key, however much of the text is there yet: zones, the values that a field
//! takes, schedules by what they are for.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, Position, TextEdit};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::schedule::{Expression, Zone, describe};
use crate::text::Span;
use crate::yaml::{self, File, Style, Value};

/// Schedules that people look for.
const SCHEDULES: [&str; 10] = [
    "*/5 * * * *",
    "*/15 * * * *",
    "17 * * * *",
    "30 2 * * *",
    "0 9 * * 1-5",
    "0 */6 * * *",
    "30 3 * * 0",
    "0 4 1 * *",
    "0 5 1 1 *",
    "30 1 * * 1,3,5",
];

/// The values of fields that take one of a few words.
const WORDS: [(&str, &[&str]); 6] = [
    ("concurrencyPolicy", &["Forbid", "Replace", "Allow"]),
    ("restartPolicy", &["Never", "OnFailure"]),
    ("completionMode", &["Indexed", "NonIndexed"]),
    ("podReplacementPolicy", &["Failed", "TerminatingOrFailed"]),
    ("imagePullPolicy", &["IfNotPresent", "Always", "Never"]),
    ("suspend", &["true", "false"]),
];

/// What may stand at a position.
pub(super) fn of(document: &Document, checked: &Checked, position: Position, client: Client) -> Vec<CompletionItem> {
    let places = Places::new(document.source.text(), client.encoding);
    let byte = places.byte(position);
    let Some((key, written)) = places.line_to(byte).split_once(':') else { return Vec::new() };
    if is_prose(checked.analysis.file(), byte) {
        return Vec::new();
    }
    let key = key.trim_start_matches([' ', '-']).trim_matches(['"', '\'']);
    let value = written.trim_start();
    // What is written of the value gives way to the whole of it.
    let start = byte - value.len() as u32;
    let range = lsp_types::Range { start: places.position(start), end: position };
    if written.len() == value.len() {
        return Vec::new();
    }
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''));
    let offers: Vec<(String, String, bool)> = match key {
        "timeZone" => Zone::names().iter().map(|name| ((*name).to_owned(), String::new(), false)).collect(),
        "schedule" => SCHEDULES.iter().map(|schedule| ((*schedule).to_owned(), words(schedule), true)).collect(),
        _ => {
            let words = WORDS.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, words)| *words);
            words.iter().map(|word| ((*word).to_owned(), String::new(), false)).collect()
        }
    };
    let item = |(index, (text, detail, wants_quotes)): (usize, (String, String, bool))| {
        let new_text = match quote {
            // The editor has closed it, or the author will.
            Some(quote) => format!("{quote}{text}"),
            None if wants_quotes => format!("\"{text}\""),
            None => text.clone(),
        };
        CompletionItem {
            label: text.clone(),
            detail: (!detail.is_empty()).then_some(detail),
            kind: Some(CompletionItemKind::Value),
            sort_text: Some(format!("{index:04}")),
            // The editor compares it with what is written.
            filter_text: Some(quote.map_or_else(String::new, String::from) + &text),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        }
    };
    offers.into_iter().enumerate().map(item).collect()
}

/// Whether a byte is in a comment or in a text of several lines, where a key is none.
fn is_prose(file: &File, byte: u32) -> bool {
    let is_within = |span: Span| span.start < byte && byte <= span.end;
    let is_text = |value: Value<'_>| matches!(value.style(), Style::Literal | Style::Folded);
    let in_comment = file.comments.iter().any(|comment| is_within(comment.span));
    in_comment || file.documents.iter().any(|document| value_at(document, byte).is_some_and(is_text))
}

/// The innermost value that covers a byte.
fn value_at(document: &yaml::Document, byte: u32) -> Option<Value<'_>> {
    let covers = |value: &Value<'_>| value.place().touches(byte);
    let mut value = document.root().filter(covers)?;
    loop {
        let below = match value.is_mapping() {
            true => value.entries().map(|entry| entry.value).find(covers),
            false if value.is_sequence() => value.items().find(covers),
            false => None,
        };
        match below {
            Some(below) => value = below,
            None => return Some(value),
        }
    }
}

fn words(schedule: &str) -> String {
    Expression::parse(schedule).map_or(String::new(), |expression| describe(&expression, None))
}

#[cfg(test)]
mod tests {
    use super::{SCHEDULES, words};

    #[test]
    fn every_schedule_that_is_offered_says_what_it_is() {
        assert!(SCHEDULES.iter().all(|schedule| !words(schedule).is_empty()));
    }
}
