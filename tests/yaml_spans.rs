//! Spans are exact: what stands in the span of a value reads to the same value again.
#![expect(clippy::disallowed_methods, reason = "a test reads the kept files")]

mod shared;

use std::path::Path;

use batchlint::text::Span;
use batchlint::yaml::{Document, Entry, File, Kind, Style, Trap, Value, parse, read};

/// Kept texts, and the real files beside the checkout where they are there.
fn texts() -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let cases = std::fs::read_to_string(format!("{root}/fixtures/yaml/cases.jsonl")).expect("the kept cases");
    let mut texts: Vec<String> = cases
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a case"))
        .filter_map(|case| Some(case["input"].as_str()?.to_owned()))
        .collect();
    let fixtures = ["clean", "found"].map(|folder| Path::new(root).join("fixtures").join(folder));
    for folder in fixtures.into_iter().chain(shared::find("wild/plain")) {
        let entries = std::fs::read_dir(folder).expect("the folder can be read");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        texts.extend(paths.into_iter().filter_map(|path| std::fs::read_to_string(path).ok()));
    }
    texts
}

#[test]
fn anchors_and_tags_are_found_before_their_values() {
    let text = "- &a !!str b\n- !!str &c d\n- &e [f]\n- !g {}\n- h\n";
    let file = parse(text);
    let root = file.documents.first().and_then(Document::root).expect("a list");
    let written = |span: Option<Span>| span.map(|span| &text[span.range()]);
    let found: Vec<_> = root.items().map(|item| (written(item.anchor()), written(item.tag()))).collect();
    let expected = [
        (Some("&a"), Some("!!str")),
        (Some("&c"), Some("!!str")),
        (Some("&e"), None),
        (None, Some("!g")),
        (None, None),
    ];
    assert_eq!(found, expected);
}

struct Checker<'f> {
    file: &'f File,
    document: &'f Document,
    checked: usize,
}

#[test]
fn what_stands_in_a_span_reads_to_the_same_value() {
    let mut checked = 0;
    for text in texts() {
        let file = parse(&text);
        let odd = |trap| matches!(trap, Trap::LineBreak | Trap::SecondMark);
        if file.notes.iter().any(|note| odd(note.trap)) {
            continue;
        }
        for document in file.documents.iter().filter(|document| document.complete && !document.json) {
            let mut checker = Checker { file: &file, document, checked: 0 };
            if let Some(root) = document.root() {
                checker.value(root, -1, false);
            }
            checked += checker.checked;
        }
    }
    assert!(checked > 3_000, "{checked} values");
}

#[test]
fn comments_run_from_their_sign_to_the_end_of_their_line() {
    let mut checked = 0;
    for text in texts() {
        let file = parse(&text);
        let mut last = 0;
        for comment in file.comments.iter().filter(|_| file.notes.is_empty() && file.errors.is_empty()) {
            let written = &text[comment.span.range()];
            assert!(written.starts_with('#') && !written.contains('\n') && !written.ends_with('\r'), "{written:?}");
            assert!(
                text[comment.span.end as usize..].starts_with(['\n', '\r']) || comment.span.end as usize == text.len()
            );
            assert!(last <= comment.span.start, "comments are in order");
            last = comment.span.end;
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked} comments");
}

impl Checker<'_> {
    /// `indent`: the column of the innermost block collection around the value, -1 outside of all.
    fn value(&mut self, value: Value<'_>, indent: i64, in_flow: bool) {
        // What an alias stands for is checked where it is written.
        if value.place() != value.span() {
            assert!(self.file.text[value.place().range()].starts_with('*'));
            return;
        }
        self.edges(value);
        let source = self.source(value);
        let aliased = source.contains('*') && self.file.text.contains('&');
        if !value.span().is_empty() && !aliased {
            self.reread(value, &source, indent, in_flow);
        }
        let block = value.style() == Style::Block;
        let indent = if block { self.column(value.span()) } else { indent };
        for entry in value.entries() {
            if value.span().contains(entry.key_span) && !source.contains("<<") {
                self.key(entry, in_flow || !block);
                self.value(entry.value, indent, in_flow || !block);
            }
        }
        for item in value.items() {
            self.value(item, indent, in_flow || !block);
        }
    }

    /// The value's bytes with its anchor and tag.
    fn source(&self, value: Value<'_>) -> String {
        let mut span = value.span();
        for property in [value.anchor(), value.tag()].into_iter().flatten() {
            span = span.cover(property);
        }
        self.file.text[span.range()].to_owned()
    }

    fn column(&self, span: Span) -> i64 {
        let before = &self.file.text[..span.start as usize];
        let line = before.rfind('\n').map_or(0, |line_break| line_break + 1);
        before[line..].trim_start_matches('\u{feff}').chars().count() as i64
    }

    /// First and last characters are the value's own.
    fn edges(&self, value: Value<'_>) {
        let source = value.source();
        let (first, last) = (source.chars().next(), source.chars().last());
        let edges = match value.style() {
            Style::SingleQuoted => (first, last) == (Some('\''), Some('\'')) && source.len() > 1,
            Style::DoubleQuoted => (first, last) == (Some('"'), Some('"')) && source.len() > 1,
            Style::Literal => first == Some('|'),
            Style::Folded => first == Some('>'),
            Style::Flow => {
                matches!((first, last), (Some('['), Some(']')) | (Some('{'), Some('}'))) || value.entries().len() == 1
            }
            Style::Plain => source.trim_matches([' ', '\t', '\n', '\r']) == source,
            Style::Block => first.is_some_and(|first| !first.is_ascii_whitespace()),
        };
        assert!(edges, "{:?}: {source:?}", value.style());
        for (property, sign) in [(value.anchor(), '&'), (value.tag(), '!')] {
            let written = property.map(|span| &self.file.text[span.range()]);
            assert!(written.is_none_or(|text| text.starts_with(sign) && !text.contains(' ')), "{written:?}");
        }
    }

    fn reread(&mut self, value: Value<'_>, source: &str, indent: i64, in_flow: bool) {
        let pad = |count: i64| " ".repeat(usize::try_from(count).unwrap_or(0));
        let block = value.style() == Style::Block;
        let single_pair = value.style() == Style::Flow && !source.contains(['[', '{']);
        let text = if in_flow || single_pair {
            format!("v: [{source}]")
        } else if block {
            format!("{}{}", pad(self.column(value.span())), value.source())
        } else if indent < 0 {
            source.to_owned()
        } else {
            format!("{}v: {source}", pad(indent))
        };
        let file = parse(&text);
        let again = file.documents.first().and_then(Document::root);
        let again = if in_flow || single_pair {
            again.and_then(|root| root.get("v")?.value.items().next())
        } else if block || indent < 0 {
            again
        } else {
            again.and_then(|root| Some(root.get("v")?.value))
        };
        let expected = json(Some(value));
        // A null document is none.
        let same = json(again) == expected && (file.errors.is_empty() || expected == "null");
        assert!(same, "{source:?} reads to {} instead of {expected} ({text:?}, {:?})", json(again), file.errors);
        self.checked += 1;
    }

    fn key(&mut self, entry: Entry<'_>, in_flow: bool) {
        let source = &self.file.text[entry.key_span.range()];
        if source.is_empty() || source.starts_with('*') || matches!(source.chars().next(), Some('|' | '>')) {
            return;
        }
        let text = match (in_flow, source.contains('\n')) {
            (true, false) => format!("{{{source}: 1}}"),
            (false, false) => format!("{source}: 1"),
            (_, true) => format!("{{? {source} : 1}}"),
        };
        let file = parse(&text);
        let again = file.documents.first().and_then(Document::root).and_then(|root| root.entries().next());
        let tagged =
            self.file.text[..entry.key_span.start as usize].trim_end().ends_with(|last: char| last.is_alphanumeric());
        assert!(again.is_some_and(|again| again.key == entry.key) || tagged, "{source:?} is not {:?} again", entry.key);
        assert_eq!(self.document.slice(entry.key_span), source);
        self.checked += 1;
    }
}

fn json(value: Option<Value<'_>>) -> String {
    let mut out = String::new();
    match value {
        Some(value) if !matches!(value.kind(), Kind::Null) => read::write_json(value, &mut out),
        _ => out.push_str("null"),
    }
    out
}
