//! What belongs together in a text, for editors that do not see it by themselves: what can be folded, and what is chosen when
//! more and more is.

use std::cmp::Reverse;

use lsp_types::{FoldingRange, FoldingRangeKind, Position, Range, SelectionRange};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::sort;
use crate::text::Span;
use crate::yaml::{File, Value};

/// Ranges around a position that are told of.
const DEEPEST: usize = 100;

/// Documents, what stands below a key or a dash, and comments of several lines.
pub(super) fn folding(document: &Document, checked: &Checked, client: Client) -> Vec<FoldingRange> {
    let places = Places::new(document.source.text(), client.encoding);
    let file = checked.analysis.file();
    let mut found: Vec<FoldingRange> = Vec::new();
    let mut fold = |span: Span, kind: Option<FoldingRangeKind>| {
        let (start, end) = (places.position(span.start).line, places.position(span.end).line);
        if start < end {
            found.push(FoldingRange { start_line: start, end_line: end, kind, ..FoldingRange::default() });
        }
    };
    for document in &file.documents {
        let Some(root) = document.root() else { continue };
        let mut open = vec![(root.span(), root)];
        while let Some((span, value)) = open.pop() {
            fold(written(file, span), None);
            open.extend(parts(value));
        }
    }
    comments(file).into_iter().for_each(|span| fold(span, Some(FoldingRangeKind::Comment)));
    sort::by_key(&mut found, |range| (range.start_line, Reverse(range.end_line)));
    found.dedup_by_key(|range| (range.start_line, range.end_line));
    found
}

/// What stands in a collection itself, keys with their values; what is merged into it, and what an alias stands for, is written
/// elsewhere.
fn parts(value: Value<'_>) -> impl Iterator<Item = (Span, Value<'_>)> {
    let entries = value.entries().filter(move |entry| value.span().contains(entry.key_span));
    let entries = entries.map(|entry| (entry.key_span.cover(entry.value.place()), entry.value));
    let all = entries.chain(value.items().map(|item| (item.place(), item)));
    all.filter(|(_, part)| part.span() == part.place())
}

/// Bytes without the blank lines behind them.
fn written(file: &File, span: Span) -> Span {
    Span::new(span.start, span.start + file.text[span.range()].trim_end().len() as u32)
}

/// Comments on lines of their own that follow one another.
fn comments(file: &File) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for comment in &file.comments {
        let is_next = |last: &Span| file.text[last.end as usize..comment.span.start as usize].trim().is_empty();
        match found.last_mut().filter(|last| is_next(last)) {
            Some(last) => last.end = comment.span.end,
            None => found.push(comment.span),
        }
    }
    found
}

/// What is around each position: its word, its entry, what that stands in, and so on up to all of the text.
pub(super) fn selection(
    document: &Document,
    checked: &Checked,
    positions: &[Position],
    client: Client,
) -> Vec<SelectionRange> {
    let text = document.source.text();
    let places = Places::new(text, client.encoding);
    let around = |position: &Position| {
        let byte = places.byte(*position);
        let mut spans = vec![Span::new(0, text.len() as u32)];
        spans.extend(around(checked.analysis.file(), byte));
        // Each lies within the one before, and is another.
        let mut last = spans[0];
        spans.retain(|span| {
            let is_within = last.contains(*span) && *span != last;
            last = if is_within { *span } else { last };
            is_within
        });
        let whole = SelectionRange { range: places.range(Span::new(0, text.len() as u32)), parent: None };
        let nest = |outer: SelectionRange, range: Range| SelectionRange { range, parent: Some(Box::new(outer)) };
        spans.into_iter().map(|span| places.range(span)).fold(whole, nest)
    };
    positions.iter().map(around).collect()
}

/// From the document on inwards.
fn around(file: &File, byte: u32) -> Vec<Span> {
    let Some(document) = file.documents.iter().find(|document| document.span.touches(byte)) else { return Vec::new() };
    let mut spans = vec![written(file, document.span)];
    let mut at = document.root().filter(|root| root.span().touches(byte));
    while let Some(value) = at.filter(|_| spans.len() < DEEPEST) {
        spans.push(written(file, value.place()));
        let part = parts(value).find(|(span, _)| span.touches(byte));
        spans.extend(part.map(|(span, _)| written(file, span)));
        let key = value.entries().find(|entry| entry.key_span.touches(byte) && value.span().contains(entry.key_span));
        spans.extend(key.map(|entry| entry.key_span));
        at = part.map(|(_, part)| part).filter(|part| part.span().touches(byte));
    }
    spans
}
