//! A scalar's text, where it is not simply its source.

use super::chars::{Breaks, break_text, is_blank};
use super::tape::{Event, EventKind, FINAL_BREAK};

/// Appends the value of a YAML scalar.
pub(super) fn decode(source: &str, event: Event, breaks: Breaks, out: &mut String) {
    let written = &source[event.start as usize..event.end as usize];
    match event.kind {
        EventKind::Plain => decode_plain(written, breaks, out),
        EventKind::SingleQuoted => decode_quoted(inner(written), true, breaks, out),
        EventKind::DoubleQuoted => decode_quoted(inner(written), false, breaks, out),
        EventKind::Literal | EventKind::Folded => decode_block(source, event, breaks, out),
        _ => out.push_str(written),
    }
}

/// What stands between the quotes.
fn inner(written: &str) -> &str {
    written.get(1..written.len().saturating_sub(1)).unwrap_or_default()
}

/// Line breaks between words: the first one becomes a space unless it is U+2028 or U+2029, further ones stay.
struct Fold {
    first: Option<&'static str>,
    others: String,
}

impl Fold {
    const fn new() -> Self {
        Self { first: None, others: String::new() }
    }

    fn take(&mut self, line_break: &'static str) {
        if self.first.is_none() {
            self.first = Some(line_break);
        } else {
            self.others.push_str(line_break);
        }
    }

    fn write(&mut self, out: &mut String) {
        match self.first.take() {
            Some("\n") if self.others.is_empty() => out.push(' '),
            Some("\n") | None => {}
            Some(other) => out.push_str(other),
        }
        out.push_str(&self.others);
        self.others.clear();
    }
}

fn decode_plain(text: &str, breaks: Breaks, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let word = at;
        while at < bytes.len() && !is_blank(bytes[at]) && breaks.length(bytes, at) == 0 {
            at += 1;
        }
        out.push_str(&text[word..at]);
        at = decode_blanks(text, at, breaks, out);
    }
}

/// The blanks and breaks at `at`: blanks stay where no break is among them.
fn decode_blanks(text: &str, from: usize, breaks: Breaks, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    let mut fold = Fold::new();
    let mut at = from;
    let mut broken = false;
    while at < bytes.len() {
        let length = breaks.length(bytes, at);
        if length > 0 {
            fold.take(break_text(&bytes[at..at + length]));
            broken = true;
            at += length;
        } else if is_blank(bytes[at]) {
            at += 1;
        } else {
            break;
        }
    }
    if broken {
        fold.write(out);
    } else {
        out.push_str(&text[from..at]);
    }
    at
}

fn decode_quoted(text: &str, single: bool, breaks: Breaks, out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let word = at;
        while at < bytes.len() && !is_blank(bytes[at]) && breaks.length(bytes, at) == 0 {
            let special = if single { b'\'' } else { b'\\' };
            if bytes[at] == special {
                break;
            }
            at += 1;
        }
        out.push_str(&text[word..at]);
        match bytes.get(at) {
            Some(b'\'') if single => {
                out.push('\'');
                at += 2;
            }
            Some(b'\\') if !single => at = decode_escape(text, at + 1, breaks, out),
            _ => at = decode_blanks(text, at, breaks, out),
        }
    }
}

/// An escape behind its backslash.
fn decode_escape(text: &str, at: usize, breaks: Breaks, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    let length = breaks.length(bytes, at);
    if length > 0 {
        return decode_escaped_break(text, at + length, breaks, out);
    }
    let digits = match bytes.get(at) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(other) => {
            out.push_str(simple_escape(*other));
            return at + 1;
        }
        None => return at,
    };
    let code = text.get(at + 1..at + 1 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    out.extend(code.and_then(char::from_u32));
    at + 1 + digits
}

/// Behind an escaped line break, blanks are dropped and further breaks stay.
fn decode_escaped_break(text: &str, from: usize, breaks: Breaks, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let length = breaks.length(bytes, at);
        if length > 0 {
            out.push_str(break_text(&bytes[at..at + length]));
            at += length;
        } else if is_blank(bytes[at]) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

const fn simple_escape(byte: u8) -> &'static str {
    match byte {
        b'0' => "\0",
        b'a' => "\x07",
        b'b' => "\x08",
        b't' | b'\t' => "\t",
        b'n' => "\n",
        b'v' => "\x0B",
        b'f' => "\x0C",
        b'r' => "\r",
        b'e' => "\x1B",
        b' ' => " ",
        b'"' => "\"",
        b'\'' => "'",
        b'\\' => "\\",
        b'/' => "/",
        b'N' => "\u{85}",
        b'_' => "\u{A0}",
        b'L' => "\u{2028}",
        b'P' => "\u{2029}",
        _ => "",
    }
}

fn decode_block(source: &str, event: Event, breaks: Breaks, out: &mut String) {
    let bytes = &source.as_bytes()[..event.end as usize];
    let header = super::chars::line_end(bytes, event.start as usize);
    let keeps = matches!(bytes[event.start as usize..header], [_, b'+', ..] | [_, b'0'..=b'9', b'+', ..]);
    let folded = event.kind == EventKind::Folded;
    let indent = event.link as usize;
    let mut at = header + breaks.length(bytes, header);
    // The break behind the last line of text, and the empty lines behind that.
    let mut last = "";
    let mut empty = String::new();
    let mut blank_before = false;
    while at < bytes.len() {
        let mut text = at;
        while text < bytes.len() && text - at < indent && bytes[text] == b' ' {
            text += 1;
        }
        let end = super::chars::line_end(bytes, text);
        let length = breaks.length(bytes, end);
        if text == end {
            empty.push_str(break_text_or_none(&bytes[end..end + length]));
            at = end + length.max(usize::from(end == bytes.len()));
            continue;
        }
        let blank = is_blank(bytes[text]);
        if folded && !blank_before && !blank && last == "\n" {
            if empty.is_empty() {
                out.push(' ');
            }
        } else {
            out.push_str(last);
        }
        out.push_str(&empty);
        empty.clear();
        blank_before = blank;
        out.push_str(&source[text..end]);
        last = break_text_or_none(&bytes[end..end + length]);
        at = end + length.max(usize::from(end == bytes.len()));
    }
    let final_break = if event.is(FINAL_BREAK) { break_after(source, event.end as usize, breaks) } else { "" };
    if keeps {
        out.push_str(last);
        out.push_str(&empty);
    }
    out.push_str(final_break);
}

fn break_text_or_none(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() { "" } else { break_text(bytes) }
}

/// The line break at `at`, or the line feed that is added to the end of the text.
fn break_after(source: &str, at: usize, breaks: Breaks) -> &'static str {
    let bytes = source.as_bytes();
    break_text(&bytes[at..at + breaks.length(bytes, at)])
}
