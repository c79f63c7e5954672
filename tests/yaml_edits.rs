//! Changes keep comments and style, and come to what was meant or are refused.
#![expect(clippy::disallowed_methods, reason = "a test reads the kept files")]

use batchlint::text::{Edit, Span, apply_edits};
use batchlint::yaml::{Change, Entry, File, Kind, New, Value, parse, resolve};

/// The value at a path of keys and numbers.
fn at<'v>(root: Value<'v>, path: &str) -> Value<'v> {
    path.split('.').filter(|step| !step.is_empty()).fold(root, |value, step| match step.parse::<usize>() {
        Ok(index) => value.items().nth(index).expect("an item"),
        Err(_) => value.get(step).expect("a key").value,
    })
}

/// The text with a change of its first document; none where the change does not hold.
fn changed(yaml: &str, change: impl FnOnce(Value<'_>) -> Change) -> Option<String> {
    changed_in(0, yaml, change)
}

fn changed_in(document: usize, yaml: &str, change: impl FnOnce(Value<'_>) -> Change) -> Option<String> {
    let file = parse(yaml);
    let change = change(file.documents[document].root().expect("a root"));
    applied(&file, &change)
}

fn applied(file: &File, change: &Change) -> Option<String> {
    let edits = resolve(file, &[change]).remove(0)?;
    Some(apply_edits(&file.text, &edits).expect("the edits do not overlap"))
}

fn entry<'v>(mapping: Value<'v>, key: &str) -> Entry<'v> {
    mapping.get(key).expect("a key")
}

#[test]
fn a_scalar_keeps_its_style() {
    for (yaml, path, new, expected) in [
        ("a: x # c\n", "a", New::String("z"), Some("a: z # c\n")),
        ("a: x\n", "a", New::String("y"), Some("a: \"y\"\n")),
        ("a: x\n", "a", New::String(""), Some("a: \"\"\n")),
        ("a: x\n", "a", New::String("0 5 * * *"), Some("a: 0 5 * * *\n")),
        ("a: x\n", "a", New::String("a: b #c"), Some("a: \"a: b #c\"\n")),
        ("a: 'x'\n", "a", New::String("it's"), Some("a: 'it''s'\n")),
        ("a: 'x'\n", "a", New::String("a\u{85}b"), Some("a: \"a\\u0085b\"\n")),
        ("a: \"x\"\n", "a", New::String("q\"q"), Some("a: \"q\\\"q\"\n")),
        ("a: x\n", "a", New::Plain("3"), Some("a: 3\n")),
        ("a: '3'\n", "a", New::Plain("3"), Some("a: 3\n")),
        ("a:\nb: 1\n", "a", New::Plain("3"), Some("a: 3\nb: 1\n")),
        ("a: # c\nb: 1\n", "a", New::Plain("3"), Some("a: 3 # c\nb: 1\n")),
        ("{a, b: 1}\n", "a", New::Plain("3"), None),
        ("a: |\n  x\n  y\nb: 1\n", "a", New::String("z\nw\n"), Some("a: |\n  z\n  w\nb: 1\n")),
        ("a: |\n  x\n", "a", New::String("z"), Some("a: \"z\"\n")),
        ("a:\n  b: |\n", "a.b", New::String("z\nw\n"), Some("a:\n  b: |\n    z\n    w\n")),
        ("a: [x, y]\n", "a.1", New::String("p, q"), Some("a: [x, \"p, q\"]\n")),
        ("a: [x, y]\n", "a", New::String("z"), None),
        ("a: &n x\nb: *n\n", "b", New::String("z"), None),
        ("a: &n x\nb: *n\n", "a", New::String("z"), None),
        ("a: &n x\n", "a", New::String("z"), Some("a: &n z\n")),
        ("a: &n {b: x}\nc: *n\n", "a.b", New::String("z"), None),
        ("a: &n {b: x}\nc: {<<: *n}\n", "c.b", New::String("z"), None),
        ("c: {<<: {b: x}}\n", "c.b", New::String("z"), None),
        ("a: x\n", "a", New::Plain("[1"), None),
        ("a: x\n", "a", New::Plain("1 # 2"), None),
        ("a: x\n", "a", New::Plain("# 2"), None),
        ("a: x\n", "a", New::Plain("1 # 2\n---\nb: 1"), None),
        ("a: x\na: y\n", "a", New::Plain("1"), Some("a: x\na: 1\n")),
        ("a: !!int 3\n", "a", New::String("x"), None),
        ("{\"a\": true}\n", "a", New::String("x"), Some("{\"a\": \"x\"}\n")),
        ("{\"a\": \"5\"}\n", "a", New::Plain("5"), Some("{\"a\": 5}\n")),
        ("{\"a\": \"5\"}\n", "a", New::Plain("0x5"), None),
        ("a:\r\n  b: x\r\n", "a.b", New::String("z"), Some("a:\r\n  b: z\r\n")),
        ("a: |\r\n  x\r\nb: 1\r\n", "a", New::String("z\n"), Some("a: |\r\n  z\r\nb: 1\r\n")),
    ] {
        assert_eq!(changed(yaml, |root| at(root, path).set(new)).as_deref(), expected, "{yaml:?} {new:?}");
    }
}

#[test]
fn a_part_of_a_string_is_written_as_the_rest() {
    for (yaml, part, text, expected) in [
        ("a: 60 * * * * # c\n", 0..2, "59", Some("a: 59 * * * * # c\n")),
        ("a: \"60 * * * *\"\n", 0..2, "59", Some("a: \"59 * * * *\"\n")),
        ("a: \"\\x360 * * * *\"\n", 0..2, "59", Some("a: \"59 * * * *\"\n")),
        ("a: -x 3\n", 0..1, "*", Some("a: \"*x 3\"\n")),
        ("a: 'it''s x'\n", 5..6, "'", Some("a: 'it''s '''\n")),
        ("a: \"x y\"\n", 2..3, "\"", Some("a: \"x \\\"\"\n")),
        ("a: >-\n  60 *\n  * * *\nb: 1\n", 0..2, "59", Some("a: >-\n  59 *\n  * * *\nb: 1\n")),
        ("a: >-\n  60 *\n  * * *\n", 5..6, "1", Some("a: >-\n  60 *\n  1 * *\n")),
        ("a: |\n  x\n", 0..1, "y\nz", Some("a: |\n  y\n  z\n")),
        ("a: x y\n", 1..3, ": 1", Some("a: \"x: 1\"\n")),
        ("a: xy\n", 0..1, "", Some("a: \"y\"\n")),
        ("a: x yz\n", 0..2, "", Some("a: yz\n")),
        ("{\"a\": \"60 *\"}\n", 0..2, "59", Some("{\"a\": \"59 *\"}\n")),
        ("a: {b: 1}\n", 0..1, "x", None),
        ("a: é\n", 0..1, "x", None),
        ("b: &n x\na: *n\n", 0..1, "y", None),
    ] {
        let text = changed(yaml, |root| at(root, "a").splice(part.clone(), text));
        assert_eq!(text.as_deref(), expected, "{yaml:?} {part:?}");
    }
}

#[test]
fn a_key_is_renamed_in_its_quotes() {
    for (yaml, path, key, name, expected) in [
        ("a: 1\nb: 2\n", "", "a", "c", Some("c: 1\nb: 2\n")),
        ("\"a\": 1\n", "", "a", "c", Some("\"c\": 1\n")),
        ("{'a': 1}\n", "", "a", "c d", Some("{'c d': 1}\n")),
        ("a: 1\n", "", "a", "on", Some("\"on\": 1\n")),
        ("a: 1\n", "", "a", "x: y", Some("\"x: y\": 1\n")),
        ("on: 1\n", "", "true", "on", Some("\"on\": 1\n")),
        ("0x10: 1\n", "", "16", "0x10", Some("\"0x10\": 1\n")),
        ("a: 1\nb: 2\n", "", "a", "b", None),
        ("&n a: 1\nb: *n\n", "", "a", "c", None),
        ("x: &n {a: 1}\nw: *n\n", "x", "a", "c", None),
        ("x: &n {a: 1}\nw: *n\n", "w", "a", "c", None),
        ("x: &n {a: 1}\nw: {<<: *n, b: 2}\n", "w", "a", "c", None),
        ("x: &n {c: 1}\nw: {<<: *n, b: 2}\n", "w", "b", "c", None),
        ("x: &n {c: 1}\nw: {<<: *n, b: 2}\n", "w", "b", "d", Some("x: &n {c: 1}\nw: {<<: *n, d: 2}\n")),
        ("? a\n: 1\n", "", "a", "c", Some("? c\n: 1\n")),
        ("a: 1\na: 2\n", "", "a", "c", None),
    ] {
        let text = changed(yaml, |root| at(root, path).rename(entry(at(root, path), key), name));
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_new_key_takes_the_style_of_its_mapping() {
    for (yaml, path, expected) in [
        ("s:\n    a: 2\n", "s", Some("s:\n    new: x\n    a: 2\n")),
        ("s:\r\n  a: 2\r\n", "s", Some("s:\r\n  new: x\r\n  a: 2\r\n")),
        ("s:\n  # of a\n  a: 2\n", "s", Some("s:\n  new: x\n  # of a\n  a: 2\n")),
        ("s:\n  # of s\n\n  a: 2\n", "s", Some("s:\n  # of s\n\n  new: x\n  a: 2\n")),
        ("s: {a: 2}\n", "s", Some("s: {new: x, a: 2}\n")),
        ("{\"s\": {\"a\": 2}}\n", "s", Some("{\"s\": {\"new\": \"x\", \"a\": 2}}\n")),
        ("s: {}\n", "s", Some("s: {new: x}\n")),
        ("{\"s\": {}}\n", "s", Some("{\"s\": {\"new\": \"x\"}}\n")),
        ("- a: 2\n  b: 3\n", "0", Some("- new: x\n  a: 2\n  b: 3\n")),
        ("- &n a: 2\n  b: 3\n", "0", Some("- new: x\n  &n a: 2\n  b: 3\n")),
        ("s:\n  <<: {a: 2}\n", "s", Some("s:\n  new: x\n  <<: {a: 2}\n")),
        ("s:\n  new: 1\n", "s", None),
        ("s: &n\n  a: 1\nt: *n\n", "s", None),
        ("b: &n {new: 1}\ns:\n  <<: *n\n", "s", None),
        ("s: 1\n", "s", None),
    ] {
        let text = changed(yaml, |root| at(root, path).insert_first("new", New::String("x")));
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
    let before = |yaml: &str| changed(yaml, |root| root.insert_before(entry(root, "b"), "on", New::Plain("1")));
    assert_eq!(before("a: 1\nb: 2\n").as_deref(), Some("a: 1\n\"on\": 1\nb: 2\n"));
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
        ("b:\nc: 2\n", "", "b", Some("b:\nnew: 5\nc: 2\n")),
        ("b: &n 1\nc: *n\n", "", "c", Some("b: &n 1\nc: *n\nnew: 5\n")),
        ("b: 1\nnew: 2\n", "", "b", None),
    ] {
        let text = changed(yaml, |root| {
            let mapping = at(root, path);
            mapping.insert_after(entry(mapping, sibling), "new", New::Plain("5"))
        });
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_key_goes_and_comments_above_it_stay() {
    for (yaml, path, key, expected) in [
        ("a: 1\n# of b\n# more\nb: 2 # beside\nc: 3\n", "", "b", Some("a: 1\n# of b\n# more\nc: 3\n")),
        ("a: 1\n  # deeper\n# end\nb: |\n  # text\n", "", "b", Some("a: 1\n  # deeper\n# end\n")),
        ("- a: 1 # of a\n  # of b\n  b: 2\n", "0", "a", Some("- # of b\n  b: 2\n")),
        ("x: {a: 1, # of a\n  # of b\n  b: 2}\n", "x", "a", Some("x: {# of b\n  b: 2}\n")),
        ("a: 1\n\n# alone\n\nb:\n  x: 1\n  y: |\n    z\nc: 3\n", "", "b", Some("a: 1\n\n# alone\n\nc: 3\n")),
        ("- a: 1\n  b: 2\n", "0", "a", Some("- b: 2\n")),
        ("- &n a: 1\n  &m b: 2\n", "0", "a", Some("- &m b: 2\n")),
        ("x: {a: 1, b: 2, c: 3}\n", "x", "b", Some("x: {a: 1, c: 3}\n")),
        ("x: {a: 1, b: 2, c: 3}\n", "x", "c", Some("x: {a: 1, b: 2}\n")),
        ("x: {a: 1, # of a\n  b: 2}\n", "x", "b", None),
        ("{\n  \"a\": 1,\n  \"b\": [2]\n}\n", "", "b", Some("{\n  \"a\": 1\n}\n")),
        ("{\n  \"a\": 1,\n  \"b\": [2]\n}\n", "", "a", Some("{\n  \"b\": [2]\n}\n")),
        ("a: 1\n", "", "a", None),
        ("a: &n 1\nb: *n\n", "", "a", None),
        ("a: &n 1\nb: *n\n", "", "b", Some("a: &n 1\n")),
        ("a: [&n 1, *n]\nb: 2\n", "", "a", Some("b: 2\n")),
        ("x: {a: 1, b: 2}\nw: &n {a: 1, b: 2}\nz: *n\n", "w", "a", None),
        ("x: &n {a: 1}\nw: {<<: *n, b: 2}\n", "w", "a", None),
        ("b: 1\na: 2", "", "a", Some("b: 1")),
        ("b: 1 # c\r\na: 2 # d", "", "a", Some("b: 1 # c")),
        ("b: 1\n\n  \na: 2", "", "a", Some("b: 1")),
        ("b: 1\na: 2\n---\nc: 3\n", "", "a", Some("b: 1\n---\nc: 3\n")),
        ("b: 1\r\na: 2\r\nc: 3\r\n", "", "a", Some("b: 1\r\nc: 3\r\n")),
        ("b: 1\na:\t2\t# c\nc: 3\n", "", "a", Some("b: 1\nc: 3\n")),
        ("? a\n: 1\n? b\n: 2\n", "", "a", None),
        ("a: 1\na: 2\nb: 3\n", "", "a", None),
    ] {
        let text = changed(yaml, |root| at(root, path).remove(entry(at(root, path), key)));
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn a_key_moves_to_another_level() {
    let yaml = "spec:\n  template:\n    spec:\n      name: x\n      # how often\n      limits:\n        cpu: 1\n        text: |\n          a\n           b\n";
    let moved = changed(yaml, |root| {
        let (from, to) = (at(root, "spec.template.spec"), at(root, "spec"));
        from.move_to(entry(from, "limits"), to, &[])
    });
    let expected = "spec:\n  # how often\n  limits:\n    cpu: 1\n    text: |\n      a\n       b\n  template:\n    spec:\n      name: x\n";
    assert_eq!(moved.as_deref(), Some(expected));

    for (yaml, from, key, to, new, expected) in [
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &[][..], Some("b:\n  a: 1\n  c: 2\n")),
        ("a: 1 # x\r\nb:\r\n- c: 2\r\n", "", "a", "b.0", &[], Some("b:\r\n- a: 1 # x\r\n  c: 2\r\n")),
        (
            "b:\r\n  c: 2\r\na: |\r\n  x\r\n\r\n  y",
            "",
            "a",
            "b",
            &[],
            Some("b:\r\n  a: |\r\n    x\r\n\r\n    y\r\n  c: 2"),
        ),
        ("b:\n  # of c\n  c: 2\n# of a\na: 1", "", "a", "b", &[], Some("b:\n  # of a\n  a: 1\n  # of c\n  c: 2")),
        ("- a: 1\n  b: {c: 2}\n  d: 3\n", "0", "a", "0.b", &[], None),
        ("- a:\n  - 1\n  b: 2\n", "0", "a", "0", &["p", "q"], Some("- p:\n    q:\n      a:\n      - 1\n  b: 2\n")),
        ("- a: 1\n  b: 2\n", "0", "a", "0", &["p"], Some("- p:\n    a: 1\n  b: 2\n")),
        ("a: 1\nb: 2\n", "", "b", "", &["p"], Some("a: 1\np:\n  b: 2\n")),
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &["c"], None),
        ("a: 1\nb:\n  c: 2\n", "", "a", "b", &["p"], Some("b:\n  p:\n    a: 1\n  c: 2\n")),
        ("a:\n  b: 1\nc: 2\n", "", "a", "a", &[], None),
        ("x: &n 1\nb:\n  c: 2\na: *n\n", "", "a", "b", &[], Some("x: &n 1\nb:\n  a: *n\n  c: 2\n")),
        ("b:\n  c: 2\nx: &n 1\na: *n\n", "", "a", "b", &[], None),
        ("b:\n  c: 2\na: &n 1\nd: *n\n", "", "a", "b", &[], None),
        ("b: &n\n  c: 2\na: 1\nd: *n\n", "", "a", "b", &[], None),
    ] {
        let text = changed(yaml, |root| at(root, from).move_to(entry(at(root, from), key), at(root, to), new));
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

/// What would be left empty goes, too, and nothing that holds something else.
#[test]
fn a_key_that_moves_out_leaves_no_empty_mapping() {
    for (yaml, from, key, to, new, expected) in [
        (
            "m:\n  n: 1\ns:\n  t:\n    u:\n      a: 2\n  v: 3\n",
            "s.t.u",
            "a",
            "m",
            &[][..],
            Some("m:\n  a: 2\n  n: 1\ns:\n  v: 3\n"),
        ),
        (
            "m:\n  n: 1\ns:\n  t:\n    u:\n      a: 2\n  v: 3\n",
            "s.t",
            "u",
            "m",
            &[],
            Some("m:\n  u:\n    a: 2\n  n: 1\ns:\n  v: 3\n"),
        ),
        ("m:\n  n: 1\n  t:\n    a: 2 # x\n", "m.t", "a", "m", &["l"], Some("m:\n  l:\n    a: 2 # x\n  n: 1\n")),
        (
            "m:\n  n: 1\ns:\n  t:\n    a: 2\n    b: 3\n",
            "s.t",
            "a",
            "m",
            &["l"],
            Some("m:\n  l:\n    a: 2\n  n: 1\ns:\n  t:\n    b: 3\n"),
        ),
        ("m:\n  n: 1\ns:\n  t: # why\n    a: 2\n  v: 3\n", "s.t", "a", "m", &[], None),
        ("m:\n  n: 1\ns:\n- t:\n    a: 2\n", "s.0.t", "a", "m", &[], None),
        (
            "s:\n  t:\n    a: 2\n    m:\n      n: 1\n",
            "s.t",
            "a",
            "s.t.m",
            &[],
            Some("s:\n  t:\n    m:\n      a: 2\n      n: 1\n"),
        ),
    ] {
        let text = changed(yaml, |root| at(root, from).move_out_to(entry(at(root, from), key), at(root, to), new));
        assert_eq!(text.as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn text_is_changed_where_the_reader_gets_further() {
    let edited = |yaml: &str, (start, end): (u32, u32), new: &str| {
        applied(&parse(yaml), &Change::text(vec![Edit::replace(Span::new(start, end), new)]))
    };
    for (yaml, span, new, expected) in [
        ("a: @x\nb: 1\n", (3, 5), "\"@x\"", Some("a: \"@x\"\nb: 1\n")),
        ("a: @x\nb: @y\n", (3, 5), "\"@x\"", Some("a: \"@x\"\nb: @y\n")),
        ("c: 1\n---\na: @x\nb: 1\n", (12, 14), "\"@x\"", Some("c: 1\n---\na: \"@x\"\nb: 1\n")),
        ("a: @x\nb: 1\n", (6, 7), "c", None),
        ("z: 1\na: @x\n", (0, 1), "y", None),
        ("a: x\nb: 1\n", (3, 4), "\"x\"", Some("a: \"x\"\nb: 1\n")),
        ("a: x\nb: 1\n", (3, 4), "\"x", None),
        ("a: x\nb: 1\n", (5, 6), "c", None),
        ("a: x\n---\nb: 1\n", (5, 8), "# c", None),
        ("\u{feff}a: 1\n", (0, 3), "", Some("a: 1\n")),
    ] {
        assert_eq!(edited(yaml, span, new).as_deref(), expected, "{yaml:?}");
    }
}

#[test]
fn several_changes_are_one() {
    let both = |yaml: &str| {
        changed(yaml, |root| {
            let zone = root.insert_after(entry(root, "s"), "zone", New::String("Z"));
            Change::all([at(root, "s").set(New::String("x")), zone])
        })
    };
    assert_eq!(both("s: y z\nt: 1\n").as_deref(), Some("s: x\nzone: Z\nt: 1\n"));
    assert_eq!(both("s: y z\nzone: 1\n"), None);
}

#[test]
fn a_document_is_changed_without_a_look_at_the_others() {
    let yaml = "a: 1\nb: 2\n---\nx: @\n---\na: 1\nb: 2\n";
    let removed = changed_in(2, yaml, |root| root.remove(entry(root, "a")));
    assert_eq!(removed.as_deref(), Some("a: 1\nb: 2\n---\nx: @\n---\nb: 2\n"));
    assert_eq!(changed_in(1, yaml, |root| root.set(New::Plain("1"))), None);
}

/// What each change comes to where many are asked for at once.
fn all(yaml: &str, changes: impl FnOnce(Value<'_>) -> Vec<Change>) -> Vec<Option<String>> {
    let file = parse(yaml);
    let changes = changes(file.documents[0].root().expect("a root"));
    let changes: Vec<&Change> = changes.iter().collect();
    let edits = resolve(&file, &changes).into_iter();
    edits.map(|edits| edits.map(|edits| apply_edits(yaml, &edits).expect("they do not overlap"))).collect()
}

#[test]
fn changes_that_get_in_each_others_way_are_made_alone() {
    let texts = all("a: 1\nb: 2\n", |root| {
        let (a, b) = (entry(root, "a"), entry(root, "b"));
        vec![
            root.remove(a),
            root.remove(b),
            root.rename(a, "c"),
            root.rename(b, "c"),
            root.rename(a, "b"),
            root.insert_first("c", New::Plain("3")),
            a.value.set(New::Plain("3")),
            a.value.set(New::Plain("[")),
            root.remove(a),
        ]
    });
    let expected = [
        Some("b: 2\n"),
        Some("a: 1\n"),
        Some("c: 1\nb: 2\n"),
        Some("a: 1\nc: 2\n"),
        None,
        Some("c: 3\na: 1\nb: 2\n"),
        Some("a: 3\nb: 2\n"),
        None,
        Some("b: 2\n"),
    ];
    assert_eq!(texts.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
}

#[test]
fn one_that_fails_takes_no_other_with_it() {
    let yaml: String = (0..100).map(|index| format!("k{index}: v\n")).collect::<String>() + "a: !!int 3\n";
    let texts = all(&yaml, |root| root.entries().map(|entry| entry.value.set(New::String("w"))).collect());
    assert_eq!(texts.iter().filter(|text| text.is_some()).count(), 100);
    assert_eq!(texts[100], None);
}

#[test]
fn aliases_upon_aliases_are_compared_once() {
    let mut yaml = String::from("a0: &a0 [x, x]\n");
    for level in 1..60 {
        yaml.push_str(&format!("a{level}: &a{level} [*a{}, *a{}]\n", level - 1, level - 1));
    }
    let file = parse(&yaml);
    // Kubernetes refuses that many; a few levels less it takes.
    assert!(!file.errors.is_empty());
    let few: String = yaml.lines().take(9).map(|line| format!("{line}\n")).collect();
    let texts =
        all(&(few + "b: 1\n"), |root| vec![root.rename(entry(root, "b"), "c"), root.rename(entry(root, "a3"), "c")]);
    assert!(texts.iter().all(Option::is_some));
}

/// Every change of every value of real manifests holds, each change alone and all at once: here it counts that they
/// are not refused.
#[test]
fn changes_of_real_manifests_are_not_refused() {
    let (mut tried, mut done) = (0, 0);
    let root = env!("CARGO_MANIFEST_DIR");
    for folder in ["fixtures/clean", "fixtures/found"] {
        let Ok(entries) = std::fs::read_dir(format!("{root}/{folder}")) else { continue };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            let file = parse(&text);
            let mut changes = Vec::new();
            file.documents.iter().filter_map(|document| document.root()).for_each(|root| sweep(root, &mut changes));
            for change in &changes {
                tried += 1;
                done += usize::from(applied(&file, change).is_some());
            }
        }
    }
    assert!(tried > 100 && done * 100 >= tried * 95, "{done} of {tried} changes");
}

fn sweep(value: Value<'_>, changes: &mut Vec<Change>) {
    for entry in value.entries() {
        changes.push(value.rename(entry, "another"));
        changes.push(value.insert_after(entry, "another", New::String("0 5 * * *")));
        changes.push(value.insert_before(entry, "another", New::String("0 5 * * *")));
        if value.entries().len() > 1 {
            changes.push(value.remove(entry));
        }
        if !matches!(entry.value.kind(), Kind::Sequence | Kind::Mapping) {
            changes.push(entry.value.set(New::String("it's: new")));
            changes.push(entry.value.set(New::Plain("17")));
        }
        if let Some(text) = entry.value.as_str().filter(|text| text.is_ascii() && !text.is_empty()) {
            changes.push(entry.value.splice(0..text.len(), "it's"));
            changes.push(entry.value.splice(0..1, "\""));
        }
    }
    let children: Vec<Value<'_>> = value.entries().map(|entry| entry.value).chain(value.items()).collect();
    for child in children {
        sweep(child, changes);
    }
}
