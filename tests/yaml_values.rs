//! Every way to look at a value agrees with going through the entries and items one by one, wherever in its file the
//! document stands, and with or without the fast path.
//!
//! `YAML_VALUES` says how many files are made up where others than 1,000 are wanted.
#![expect(clippy::disallowed_methods, reason = "how many files there are comes from the environment")]

#[path = "yaml/describe.rs"]
mod describe;
#[path = "yaml/generate.rs"]
mod generate;
#[path = "yaml/mutate.rs"]
mod mutate;

use batchlint::yaml::{File, Kind, Number, Value, parse, parse_as_server, parse_slowly, read};
use describe::describe;
use mutate::{Random, excerpt, mutate};

/// Looks at every value once, in every way.
struct Walk<'t> {
    text: &'t str,
    looked_at: usize,
    /// With merges, a value may stand in another collection than the one that has it.
    merges: bool,
}

impl Walk<'_> {
    fn document(&mut self, root: Value<'_>) {
        assert!(root.parent().is_none(), "{:?}", self.text);
        // An alias may lead to the same value many times over.
        let mut seen = std::collections::HashSet::new();
        let mut open = vec![root];
        while let Some(value) = open.pop() {
            if seen.insert(value.id()) {
                self.looked_at += 1;
                self.value(value);
                open.extend(value.entries().map(|entry| entry.value).chain(value.items()));
            }
        }
    }

    fn value(&self, value: Value<'_>) {
        let (text, kind) = (self.text, value.kind());
        assert_eq!(value.is_mapping(), kind == Kind::Mapping, "{text:?}");
        assert_eq!(value.is_sequence(), kind == Kind::Sequence, "{text:?}");
        assert_eq!(value.is_null(), kind == Kind::Null, "{text:?}");
        assert_eq!(value.as_str().map(Kind::String), Some(kind).filter(|kind| matches!(kind, Kind::String(_))));
        assert_eq!(text.get(value.span().range()), Some(value.source()), "{text:?}");
        self.children(value);
        self.keys(value);
    }

    fn children(&self, value: Value<'_>) {
        let text = self.text;
        let (entries, items): (Vec<_>, Vec<_>) = (value.entries().collect(), value.items().collect());
        assert_eq!(entries.len(), value.entries().len(), "{text:?}");
        assert_eq!(items.len(), value.items().len(), "{text:?}");
        assert!(entries.is_empty() || value.is_mapping());
        assert!(items.is_empty() || value.is_sequence());
        let children = || entries.iter().map(|entry| &entry.value).chain(&items);
        for child in children().filter(|_| !self.merges) {
            assert_eq!(child.parent().map(Value::id), Some(value.id()), "{text:?} {:?}", child.place());
            assert!(value.span().contains(child.place()), "{text:?} {:?}", child.place());
        }
    }

    fn keys(&self, value: Value<'_>) {
        let entries: Vec<_> = value.entries().collect();
        let made_up = ["a", "b", "c", "d", "k0", "k7", "q3", "1", "true", "", "<<", "metadata", "absent", "z", "é"];
        for key in entries.iter().map(|entry| entry.key).chain(made_up) {
            let expected = entries.iter().find(|entry| entry.key == key);
            let found = value.get(key);
            let seen = |entry: &batchlint::yaml::Entry<'_>| {
                (entry.key.to_owned(), entry.key_span, entry.value.id(), entry.value.place())
            };
            assert_eq!(found.as_ref().map(seen), expected.map(seen), "{key:?} in {:?}", self.text);
        }
    }
}

fn look_at(file: &File) -> usize {
    let mut walk = Walk { text: &file.text, looked_at: 0, merges: file.text.contains("<<") };
    for root in file.documents.iter().filter_map(|document| document.root()) {
        walk.document(root);
    }
    walk.looked_at
}

/// A generated document, one in three of them damaged.
fn one(random: &mut Random) -> String {
    let text = if random.below(6) == 0 { generate::json(random) } else { generate::document(random) };
    match random.below(6) {
        0 => mutate(&text, "a: 1\nb: [x, {y: z}]\n", random),
        1 => mutate(&excerpt(&text, random), &text, random),
        _ => text,
    }
}

fn rounds() -> u64 {
    std::env::var("YAML_VALUES").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1_000)
}

#[test]
fn every_look_at_a_value_agrees_with_its_entries() {
    let mut looked_at = 0;
    for seed in 0..rounds() {
        let mut random = Random::new(seed + 1);
        let texts: Vec<String> = (0..1 + random.below(3)).map(|_| one(&mut random)).collect();
        let text = texts.join("\n---\n");
        let file = parse(&text);
        looked_at += look_at(&file) + look_at(&parse_as_server(&text));
        assert_eq!(describe(&file), describe(&parse_slowly(&text)), "{text:?}");
    }
    assert!(looked_at > 20_000, "{looked_at} values");
}

#[test]
fn an_alias_of_a_key_is_what_the_key_was_written_as() {
    for key in ["&x 1", "&x 0x1", "&x !!int '1'", "&x !!int \"\\x31\"", "&x !!int |-\n    1"] {
        let text = format!("a: {{b: 0}}\n---\n? {key}\n: c\nd: *x\n");
        let file = parse(&text);
        let root = file.documents[1].root().expect("a root");
        assert_eq!(root.get("d").map(|entry| entry.value.kind()), Some(Kind::Number(Number::Int(1))), "{text:?}");
        assert_eq!(root.get("1").map(|entry| entry.value.kind()), Some(Kind::String("c")), "{text:?}");
    }
}

#[test]
fn a_tag_may_be_written_in_escapes() {
    let kind = |text: &str| {
        format!("{:?}", parse(text).documents[0].root().expect("a root").get("a").map(|it| it.value.kind()))
    };
    assert_eq!(kind("a: !!%73t%72 1\n"), kind("a: '1'\n"));
    assert_eq!(kind("a: !!i%6Et 1\n"), kind("a: 1\n"));
}

#[test]
fn the_length_of_a_key_is_counted_in_characters() {
    for (letter, count, is_key) in
        [("a", 1_024, true), ("a", 1_025, false), ("é", 1_024, true), ("é", 1_025, false), ("😀", 1_024, true)]
    {
        let file = parse(&format!("{}: 1\n", letter.repeat(count)));
        assert_eq!(file.errors.is_empty(), is_key, "{count} {letter}: {:?}", file.errors);
    }
}

#[test]
fn a_document_reads_the_same_wherever_in_its_file_it_stands() {
    let before = format!("{}\n---\n{}\n---\n", "- [x, {y: z}]\n".repeat(700), "k: &k {<<: {a: 1}, a: 2, 1: x}");
    let shown = |text: &str, skipped: usize, shift: u32| {
        let file = parse(text);
        let mut shown = String::new();
        for document in file.documents.iter().skip(skipped) {
            let mut json = String::new();
            if let Some(root) = document.root() {
                read::write_json(root, &mut json);
            }
            let repeated: Vec<_> = document
                .repeated
                .iter()
                .map(|repeated| (&repeated.key, repeated.first.start - shift, repeated.again.start - shift))
                .collect();
            shown.push_str(&format!("{} {} {json} {repeated:?}\n", document.complete, document.span.start - shift));
        }
        let errors = file.errors.iter().map(|error| (error.span.start - shift, &error.message));
        shown + &format!("{:?}", errors.collect::<Vec<_>>())
    };
    for seed in 0..rounds() {
        let mut random = Random::new(seed + 1);
        // JSON is JSON at the start of a file only.
        let text = format!("start: 1\n---\n{}", one(&mut random));
        let far = format!("{before}{text}");
        assert_eq!(shown(&far, 2, before.len() as u32), shown(&text, 0, 0), "{text:?}");
    }
}

#[test]
fn behind_an_escaped_line_break_blanks_go_and_further_breaks_stay() {
    for (text, value) in [
        ("a: \"p\\\n   y\"\n", "py"),
        ("a: \"p \\\n\n\n      y\"\n", "p \n\ny"),
        ("a: \"p\\\r\n\r\n\t\r\n y\"\r\n", "p\n\ny"),
    ] {
        let file = parse(text);
        let read = file.documents[0].root().and_then(|root| root.get("a")).and_then(|entry| entry.value.as_str());
        assert_eq!(read, Some(value), "{text:?}");
    }
}
