//! What is read of texts, whatever is wrong with them, and what changes of them write.

use std::io::Write as _;
use std::sync::Arc;

use batchlint::render::Look;
use batchlint::render::read::{json, yaml as people};
use batchlint::text::{Span, apply_edits};
use batchlint::yaml::{self, Change, Entry, Kind, New, Value, read};

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;
use crate::{recorded, string, text};

/// Bytes of a text that is read: a longer one shows no more.
const LONG: usize = 3_000;
/// Values of a text that are asked all there is to ask.
const VALUES: usize = 60;

/// Texts that Kubernetes was asked about, and some manifests.
fn texts() -> Option<Vec<String>> {
    let mut texts: Vec<String> = include_str!("../../fixtures/yaml/cases.jsonl")
        .lines()
        .chain(include_str!("../../fixtures/yaml/errors.jsonl").lines())
        .filter_map(|case| string(case, "input"))
        .collect();
    texts.extend(recorded()?.into_iter().step_by(12));
    texts.retain(|text| text.len() < LONG);
    Some(texts)
}

/// One of them, mostly with something changed.
fn any(texts: &[String], random: &mut Random) -> String {
    let mut text = random.pick(texts).cloned().expect("there are some");
    for _ in 0..random.below(3) {
        text = if random.chance(50) { splice(&text, texts, random) } else { text::change(&text, random).0 };
    }
    text
}

#[test]
fn what_is_read_of_texts() {
    let (Some(texts), mut digests) = (texts(), Digests::default()) else { return };
    for number in 0..5_000 {
        let mut random = Random::new(30, number);
        let text = any(&texts, &mut random);
        digests.add("as kubectl", &read::kubectl(text.as_bytes()));
        digests.add("as kubectl, strictly", &read::kubectl_strict(text.as_bytes()));
        digests.add("as the server", &read::server(text.as_bytes(), random.chance(50)));
        let file = yaml::parse(&text);
        digests.add("errors", &file.errors);
        digests.add("notes", &(&file.notes, &file.comments));
        for document in &file.documents {
            digests.add("documents", &(document.span, document.complete, read::is_too_much(document)));
            let mut left = VALUES;
            document.root().into_iter().for_each(|root| ask(root, &mut left, &mut digests));
        }
        show(&text, &mut random, &mut digests);
    }
    insta::assert_snapshot!(digests.table());
}

/// What `read` prints.
fn show(text: &str, random: &mut Random, digests: &mut Digests) {
    let look = Look { width: 30 + random.below(90), color: random.chance(30), unicode: random.chance(80) };
    let mut out = Vec::new();
    people::write(&yaml::parse(text), "a.yaml", look, &mut out).expect("a buffer takes everything");
    out.write_all(b"\n").expect("a buffer takes everything");
    json::write(&read::kubectl(text.as_bytes()), text, "a.yaml", &mut out).expect("a buffer takes everything");
    digests.add_lines("shown", &String::from_utf8_lossy(&out));
}

fn ask(value: Value<'_>, left: &mut usize, digests: &mut Digests) {
    let Some(rest) = left.checked_sub(1) else { return };
    *left = rest;
    let written = (value.span(), value.place(), value.style(), value.source(), value.is_verbatim());
    digests.add("values", &(written, value.anchor(), value.tag(), value.as_str(), value.is_null()));
    if let Kind::Null | Kind::Bool(_) | Kind::Number(_) = value.kind() {
        digests.add("scalars", &value.kind());
    }
    digests.add("comments", &value.comment_beside());
    for entry in value.entries() {
        digests.add("keys", &(entry.key_span, value.comments_above(entry.key_span)));
        ask(entry.value, left, digests);
    }
    value.items().for_each(|item| ask(item, left, digests));
}

#[test]
fn what_is_read_where_bytes_stand_for_what_nobody_knows() {
    let (Some(texts), mut digests) = (texts(), Digests::default()) else { return };
    for number in 0..5_000 {
        let mut random = Random::new(31, number);
        let text: Arc<str> = any(&texts, &mut random).into();
        let holes = holes(&text, &mut random);
        let file = yaml::parse_with_unknown(&text, &holes);
        digests.add("errors", &file.errors);
        for (number, document) in file.documents.iter().enumerate() {
            digests.add("documents", &file.has_unknown(number));
            let mut left = VALUES;
            document.root().into_iter().for_each(|root| tell_unknown(root, &mut left, &mut digests));
        }
        for span in (0..10).map(|_| piece(&text, 9, &mut random)).chain(holes.iter().flat_map(|hole| near(*hole))) {
            digests.add("spans", &file.is_unknown(span));
        }
    }
    insta::assert_snapshot!(digests.table());
}

/// Stretches at the edges of a hole.
fn near(hole: Span) -> impl Iterator<Item = Span> {
    let Span { start, end } = hole;
    let stretches = [(start, start), (end, end), (end, end + 2), (end + 1, end + 1), (start, end)];
    let before = start.checked_sub(2).map(|from| (from, start));
    stretches.into_iter().chain(before).map(|(start, end)| Span::new(start, end))
}

fn tell_unknown(value: Value<'_>, left: &mut usize, digests: &mut Digests) {
    let Some(rest) = left.checked_sub(1) else { return };
    *left = rest;
    digests.add("values", &(value.span(), value.is_unknown(), value.is_open()));
    value.entries().map(|entry| entry.value).chain(value.items()).for_each(|inner| tell_unknown(inner, left, digests));
}

/// Up to four stretches, in order, that do not meet: of any bytes, of values, or of comments.
fn holes(text: &str, random: &mut Random) -> Vec<Span> {
    let mut holes: Vec<Span> = Vec::new();
    let mut from = 0;
    for _ in 0..1 + random.below(4) {
        let rest = &text[from as usize..];
        let before = rest.floor_char_boundary(random.below(rest.len().min(200) + 1));
        let start = match random.below(3) {
            0 => rest[before..].find(": ").map(|at| before + at + 2),
            1 => rest[before..].find('#').map(|at| before + at),
            _ => Some(before),
        };
        let Some(start) = start else { continue };
        let length = match random.below(3) {
            0 => rest[start..].find('\n').unwrap_or(0),
            1 => 0,
            _ => random.below(12),
        };
        let end = rest.floor_char_boundary(start + length);
        holes.push(Span::new(from + start as u32, from + end.max(start) as u32));
        from = (from + end.max(start) as u32 + 1).min(text.len() as u32);
        from = text.floor_char_boundary(from as usize) as u32;
        if holes.last().is_some_and(|last| from <= last.end) {
            break;
        }
    }
    holes
}

fn piece(text: &str, longest: usize, random: &mut Random) -> Span {
    let start = text.floor_char_boundary(random.below(text.len() + 1));
    let end = text.floor_char_boundary(start + random.below(longest));
    Span::new(start as u32, end.max(start) as u32)
}

#[test]
fn what_changes_of_texts_write() {
    let (Some(texts), mut digests) = (texts(), Digests::default()) else { return };
    for number in 0..6_000 {
        let mut random = Random::new(32, number);
        let text = any(&texts, &mut random);
        let file = yaml::parse(&text);
        let Some(root) = random.pick(&file.documents).and_then(|document| document.root()) else { continue };
        let mut values = Vec::new();
        gather(root, &mut values);
        let Some((what, change)) = change(&values, &mut random) else { continue };
        let written = yaml::resolve(&file, &[&change]).into_iter().next().flatten();
        let written = written.map(|edits| apply_edits(&text, &edits));
        digests.add(what, &written);
    }
    insta::assert_snapshot!(digests.table());
}

fn gather<'a>(value: Value<'a>, into: &mut Vec<Value<'a>>) {
    into.push(value);
    value.entries().for_each(|entry| gather(entry.value, into));
    value.items().for_each(|item| gather(item, into));
}

/// A change of one of the values, and what it is called.
fn change(values: &[Value<'_>], random: &mut Random) -> Option<(&'static str, Change)> {
    const WORDS: [&str; 8] = ["a", "yes", "3", "a: b", "a #b", " a", "two\nlines", "é"];
    let word = WORDS[random.below(WORDS.len())];
    let new = if random.chance(30) { New::Plain(["7", "true", "null"][random.below(3)]) } else { New::String(word) };
    let value = *random.pick(values)?;
    if let Some(written) = value.as_str().filter(|_| random.chance(40)) {
        let start = written.floor_char_boundary(random.below(written.len() + 1));
        let end = written.floor_char_boundary(start + random.below(5));
        return Some(("spliced", value.splice(start..end.max(start), word)));
    }
    let entries: Vec<Entry<'_>> = value.entries().collect();
    let Some(&entry) = random.pick(&entries) else { return Some(("set", value.set(new))) };
    Some(match random.below(8) {
        0 => ("removed", value.remove(entry)),
        1 => ("renamed", value.rename(entry, word)),
        2 => ("inserted first", value.insert_first(word, new)),
        3 => ("inserted before", value.insert_before(entry, word, new)),
        4 => ("inserted behind", value.insert_after(entry, word, new)),
        5 => ("moved", value.move_to(entry, *random.pick(values)?, &["new", word][..random.below(3)])),
        6 => ("moved out", value.move_out_to(entry, *random.pick(values)?, &["new", word][..random.below(3)])),
        _ => ("several", Change::all([value.remove(entry), value.insert_first(word, new)])),
    })
}
