//! Edits keep comments and style, and come to what was meant or are refused.
#![expect(clippy::disallowed_methods, reason = "a test reads the kept files")]

use batchlint::text::{Edit, apply_edits};
use batchlint::yaml::{Entry, Kind, New, Value, parse};

/// The value at a path of keys and numbers.
fn at<'v>(root: Value<'v>, path: &str) -> Value<'v> {
    path.split('.').filter(|step| !step.is_empty()).fold(root, |value, step| match step.parse::<usize>() {
        Ok(index) => value.items().nth(index).expect("an item"),
        Err(_) => value.get(step).expect("a key").value,
    })
}

fn edited(yaml: &str, edit: impl FnOnce(Value<'_>) -> Option<Vec<Edit>>) -> Option<String> {
    let file = parse(yaml);
    let edits = edit(file.documents[0].root().expect("a root"))?;
    Some(apply_edits(yaml, &edits).expect("the edits do not overlap"))
}

#[test]
fn a_scalar_keeps_its_style() {
    for (yaml, path, new, expected) in [
        ("a: x # c\n", "a", New::String("z"), Some("a: z # c\n")),
        ("a: x\n", "a", New::String("y"), Some("a: \"y\"\n")),
        ("a: x\n", "a", New::String(""), Some("a: \"\"\n")),
        ("a: x\n", "a", New::String("a: b #c"), Some("a: \"a: b #c\"\n")),
        ("a: 'x'\n", "a", New::String("it's"), Some("a: 'it''s'\n")),
        ("a: \"x\"\n", "a", New::String("q\"q"), Some("a: \"q\\\"q\"\n")),
        ("a: x\n", "a", New::Plain("3"), Some("a: 3\n")),
        ("a: '3'\n", "a", New::Plain("3"), Some("a: 3\n")),
        ("a:\nb: 1\n", "a", New::Plain("3"), Some("a: 3\nb: 1\n")),
        ("a: |\n  x\n  y\nb: 1\n", "a", New::String("z\nw\n"), Some("a: |\n  z\n  w\nb: 1\n")),
        ("a: |\n  x\n", "a", New::String("z"), Some("a: \"z\"\n")),
        ("a: [x, y]\n", "a.1", New::String("p, q"), Some("a: [x, \"p, q\"]\n")),
        ("a: [x, y]\n", "a", New::String("z"), None),
        ("a: &n x\nb: *n\n", "b", New::String("z"), None),
        ("a: &n x\nb: *n\n", "a", New::String("z"), None),
        ("a: x\n", "a", New::Plain("[1"), None),
        ("a: x\n", "a", New::Plain("1 # 2\n---\nb: 1"), None),
        ("a: x\na: y\n", "a", New::Plain("1"), Some("a: x\na: 1\n")),
    ] {
        assert_eq!(edited(yaml, |root| at(root, path).set(new)).as_deref(), expected, "{yaml:?} {new:?}");
    }
}

#[test]
fn a_key_is_renamed_in_its_quotes() {
    for (yaml, key, name, expected) in [
        ("a: 1\nb: 2\n", "a", "c", Some("c: 1\nb: 2\n")),
        ("\"a\": 1\n", "a", "c", Some("\"c\": 1\n")),
        ("{'a': 1}\n", "a", "c d", Some("{'c d': 1}\n")),
        ("a: 1\n", "a", "on", Some("\"on\": 1\n")),
        ("a: 1\nb: 2\n", "a", "b", None),
    ] {
        assert_eq!(edited(yaml, |root| root.rename(root.get(key)?, name)).as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_new_key_stands_behind_its_sibling() {
    for (yaml, path, sibling, expected) in [
        ("a:\n  b: 1 # c\n  d: 2\n", "a", "b", Some("a:\n  b: 1 # c\n  new: 5\n  d: 2\n")),
        (
            "a:\n  b:\n    - x\n    - y: |\n        z\nc: 1\n",
            "a",
            "b",
            Some("a:\n  b:\n    - x\n    - y: |\n        z\n  new: 5\nc: 1\n"),
        ),
        ("- b: 1\n  c: 2\n", "0", "b", Some("- b: 1\n  new: 5\n  c: 2\n")),
        ("a: {b: 1, c: 2}\n", "a", "b", Some("a: {b: 1, new: 5, c: 2}\n")),
        ("{\"b\": 1}\n", "", "b", Some("{\"b\": 1, \"new\": 5}\n")),
        ("b: 1", "", "b", Some("b: 1\nnew: 5")),
        ("b: 1\r\nc: 2\r\n", "", "b", Some("b: 1\r\nnew: 5\r\nc: 2\r\n")),
        ("b: 1\nnew: 2\n", "", "b", None),
    ] {
        let text = edited(yaml, |root| {
            let mapping = at(root, path);
            mapping.insert_after(mapping.get(sibling)?, "new", New::Plain("5"))
        });
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_key_goes_with_its_comments() {
    for (yaml, path, key, expected) in [
        ("a: 1\n# of b\n# more\nb: 2 # beside\nc: 3\n", "", "b", Some("a: 1\nc: 3\n")),
        ("a: 1\n\n# alone\n\nb:\n  x: 1\n  y: |\n    z\nc: 3\n", "", "b", Some("a: 1\n\n# alone\n\nc: 3\n")),
        ("- a: 1\n  b: 2\n", "0", "a", Some("- b: 2\n")),
        ("x: {a: 1, b: 2, c: 3}\n", "x", "b", Some("x: {a: 1, c: 3}\n")),
        ("x: {a: 1, b: 2, c: 3}\n", "x", "c", Some("x: {a: 1, b: 2}\n")),
        ("a: 1\n", "", "a", None),
        ("a: &n 1\nb: *n\n", "", "a", None),
        ("b: 1\na: 2", "", "a", Some("b: 1\n")),
    ] {
        let text = edited(yaml, |root| {
            let mapping = at(root, path);
            mapping.take_out(mapping.get(key)?)
        });
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_key_moves_to_another_level() {
    let yaml = "spec:\n  template:\n    spec:\n      name: x\n      # how often\n      limits:\n        cpu: 1\n        text: |\n          a\n           b\n";
    let moved = edited(yaml, |root| {
        let (from, to) = (at(root, "spec.template.spec"), at(root, "spec"));
        from.move_to(from.get("limits")?, to, &[])
    });
    let expected = "spec:\n  # how often\n  limits:\n    cpu: 1\n    text: |\n      a\n       b\n  template:\n    spec:\n      name: x\n";
    assert_eq!(moved.as_deref(), Some(expected));

    for (yaml, from, key, to, new, expected) in [
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &[][..], Some("b:\n  a: 1\n  c: 2\n")),
        ("a: 1 # x\r\nb:\r\n- c: 2\r\n", "", "a", "b.0", &[], Some("b:\r\n- a: 1 # x\r\n  c: 2\r\n")),
        ("b:\n  # of c\n  c: 2\n# of a\na: 1", "", "a", "b", &[], Some("b:\n  # of a\n  a: 1\n  # of c\n  c: 2\n")),
        ("- a: 1\n  b: {c: 2}\n  d: 3\n", "0", "a", "0.b", &[], None),
        ("- a:\n  - 1\n  b: 2\n", "0", "a", "0", &["p", "q"], Some("- p:\n    q:\n      a:\n      - 1\n  b: 2\n")),
        ("- a: 1\n  b: 2\n", "0", "a", "0", &["p"], Some("- p:\n    a: 1\n  b: 2\n")),
        ("a: 1\nb: 2\n", "", "b", "", &["p"], Some("a: 1\np:\n  b: 2\n")),
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &["c"], None),
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &["p"], Some("b:\n  p:\n    a: 1\n  c: 2\n")),
        ("a:\n  b: 1\nc: 2\n", "", "a", "a", &[], None),
    ] {
        let text = edited(yaml, |root| {
            let mapping = at(root, from);
            mapping.move_to(mapping.get(key)?, at(root, to), new)
        });
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

/// Every edit of every value of real manifests applies, parses, and changes what it should: the edits say so
/// themselves, so that here it counts that they are not refused, and that no text breaks them.
#[test]
fn edits_of_real_manifests_are_not_refused() {
    let (mut tried, mut done) = (0, 0);
    let root = env!("CARGO_MANIFEST_DIR");
    for folder in ["fixtures/clean", "fixtures/found"] {
        let Ok(entries) = std::fs::read_dir(format!("{root}/{folder}")) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            for document in &parse(&text).documents {
                document.root().into_iter().for_each(|root| sweep(root, &mut tried, &mut done));
            }
        }
    }
    assert!(tried > 100 && done * 100 >= tried * 95, "{done} of {tried} edits");
}

fn sweep(value: Value<'_>, tried: &mut usize, done: &mut usize) {
    let mut count = |edits: Option<Vec<Edit>>| {
        *tried += 1;
        *done += usize::from(edits.is_some());
    };
    for entry in value.entries() {
        count(value.rename(entry, "another"));
        count(value.insert_after(entry, "another", New::String("0 5 * * *")));
        if value.entries().len() > 1 {
            count(value.take_out(entry));
        }
        each(entry, &mut count);
    }
    let children: Vec<Value<'_>> = value.entries().map(|entry| entry.value).chain(value.items()).collect();
    for child in children {
        sweep(child, tried, done);
    }
}

fn each(entry: Entry<'_>, count: &mut impl FnMut(Option<Vec<Edit>>)) {
    if !matches!(entry.value.kind(), Kind::Sequence | Kind::Mapping) {
        count(entry.value.set(New::String("it's: new")));
        count(entry.value.set(New::Plain("17")));
    }
}
