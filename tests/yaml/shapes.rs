//! Texts that readers choke on, each of about a given size.

pub(crate) type Shape = fn(usize) -> String;

/// `unit` again and again up to `size` bytes.
pub(crate) fn repeat(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len().max(1))
}

pub(crate) fn numbered(size: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&line(number));
    }
    text
}

/// Lines that are each indented one column more, as deep as `depth`, over and over.
fn stairs(size: usize, depth: usize, line: &str) -> String {
    numbered(size, |number| format!("{}{line}\n", " ".repeat(number % depth)))
}

pub(crate) const SHAPES: &[(&str, Shape)] = &[
    ("open brackets", |size| repeat("[", size)),
    ("open braces", |size| repeat("{", size)),
    ("open brackets, spaced", |size| repeat("[ ", size)),
    ("brackets, balanced", |size| format!("{}{}", repeat("[", size / 2), repeat("]", size / 2))),
    ("9,000 brackets, filled", |size| format!("{}{}{}", "[".repeat(9_000), repeat("a, ", size), "]".repeat(9_000))),
    ("closed brackets", |size| repeat("]", size)),
    ("brackets as keys", |size| format!("[{}]", repeat("[a]: b, ", size))),
    ("nested keys in brackets", |size| repeat("[[[[[[[[a]: b]: b]: b]: b]: b]: b]: b]\n", size)),
    ("empty brackets", |size| format!("[{}]", repeat("[], ", size))),
    ("braces in a list", |size| format!("[{}]", repeat("{a: 1}, ", size))),
    ("braces nested by key", |size| format!("{}1", repeat("{a: ", size))),
    ("commas", |size| format!("[{}]", repeat(",", size))),
    ("question marks in brackets", |size| format!("[{}]", repeat("? ", size))),
    ("colons in brackets", |size| format!("[{}]", repeat(": ", size))),
    ("dashes on a line", |size| repeat("- ", size)),
    ("question marks on a line", |size| repeat("? ", size)),
    ("colons on a line", |size| repeat(": ", size)),
    ("dashes, line by line", |size| repeat("-\n", size)),
    ("stairs of keys", |size| stairs(size, 3_000, "a:")),
    ("stairs of dashes", |size| stairs(size, 3_000, "-")),
    ("stairs, 100 deep", |size| stairs(size, 100, "a:")),
    ("one long plain line", |size| repeat("a", size)),
    ("one long line of words", |size| repeat("word ", size)),
    ("one long key", |size| format!("{}: 1\n", repeat("k", size))),
    ("a plain text of many lines", |size| format!("a: b\n{}", repeat("  more\n", size))),
    ("a plain text and empty lines", |size| format!("a: b\n{}", repeat("\n", size))),
    ("a long double-quoted text", |size| format!("a: \"{}\"\n", repeat("x", size))),
    ("a long single-quoted text", |size| format!("a: '{}'\n", repeat("x", size))),
    ("escapes", |size| format!("a: \"{}\"\n", repeat("\\u00e9", size))),
    ("escaped line breaks", |size| format!("a: \"{}\"\n", repeat("\\\n", size))),
    ("doubled quotes", |size| format!("a: '{}'\n", repeat("''", size))),
    ("an open double quote", |size| format!("a: \"{}", repeat("x\n", size))),
    ("an open single quote", |size| format!("a: '{}", repeat("x ", size))),
    ("many open quotes, chunk by chunk", |size| repeat("a: \"x\n---\n", size)),
    ("quotes on a line", |size| repeat("\"a\" ", size)),
    ("a block of text", |size| format!("a: |\n{}", repeat("  line\n", size))),
    ("a folded block of text", |size| format!("a: >\n{}", repeat("  line\n", size))),
    ("a block of empty lines", |size| format!("a: |+\n{}", repeat("\n", size))),
    ("a block of blank lines", |size| format!("a: |\n{}", repeat("          \n", size))),
    ("many blocks of text", |size| numbered(size, |number| format!("k{number}: |\n  x\n"))),
    ("a block on one long line", |size| format!("a: |\n  {}", repeat("x", size))),
    ("comments", |size| repeat("# comment\n", size)),
    ("comments between keys", |size| numbered(size, |number| format!("# c\nk{number}: 1 # d\n"))),
    ("one long comment", |size| format!("#{}", repeat("x", size))),
    ("comments behind a key", |size| format!("a:\n{}  b: 1\n", repeat("  # c\n", size))),
    ("number signs on a line", |size| repeat("#", size)),
    ("separators", |size| repeat("---\n", size)),
    ("small documents", |size| repeat("a: 1\n---\n", size)),
    ("document ends", |size| repeat("...\n", size)),
    ("ignored documents", |size| format!("a: 1\n...\n{}", repeat("b: 1\n", size))),
    ("different keys", |size| numbered(size, |number| format!("k{number}: 1\n"))),
    ("the same key", |size| repeat("a: 1\n", size)),
    ("keys that collide", |size| numbered(size, |number| format!("{number}: 1\n\"{number}\": 1\n"))),
    ("anchors", |size| numbered(size, |number| format!("- &a{number} x\n"))),
    ("the same anchor", |size| repeat("- &a x\n", size)),
    ("aliases of a scalar", |size| format!("- &a x\n{}", repeat("- *a\n", size))),
    ("aliases of a mapping", |size| format!("- &a {{k: v, l: w}}\n{}", repeat("- *a\n", size))),
    ("an alias bomb", |size| {
        numbered(size, |number| match number {
            0 => "a0: &a0 [x, x]\n".to_owned(),
            _ => format!("a{number}: &a{number} [*a{before}, *a{before}]\n", before = number - 1),
        })
    }),
    ("a chain of merges", |size| {
        numbered(size, |number| match number {
            0 => "a0: &a0 {k0: 1}\n".to_owned(),
            _ => format!("a{number}: &a{number} {{<<: *a{before}, k{number}: 1}}\n", before = number - 1),
        })
    }),
    ("merges of one mapping", |size| {
        format!("a: &a {{k: 1, l: 2}}\n{}", numbered(size, |number| format!("m{number}: {{<<: *a}}\n")))
    }),
    ("merges into one mapping", |size| format!("a: &a {{k: 1}}\nm:\n{}", repeat("  <<: *a\n", size))),
    ("unknown aliases", |size| repeat("*a\n---\n", size)),
    ("tags", |size| repeat("- !!str x\n", size)),
    ("tags on a line", |size| repeat("!a ", size)),
    ("a long tag", |size| format!("!{} x", repeat("a", size))),
    ("a tag of escapes", |size| format!("!{} x", repeat("%41", size))),
    ("directives", |size| repeat("%TAG !a! b\n", size)),
    ("numbers", |size| repeat("- 0x1F\n", size)),
    ("a long number", |size| format!("a: {}\n", repeat("9", size))),
    ("a number of underscores", |size| format!("a: 1{}\n", repeat("_", size))),
    ("infinities", |size| repeat("- .inf\n", size)),
    ("infinities beside a repeated key", |size| format!("a: 1\na: 2\nb:\n{}", repeat("- .inf\n", size))),
    ("base64", |size| format!("a: !!binary {}\n", repeat("QUJD", size))),
    ("tabs", |size| repeat("\t", size)),
    ("spaces", |size| repeat(" ", size)),
    ("carriage returns", |size| repeat("a: 1\r", size)),
    ("CR LF", |size| repeat("- a: 1\r\n", size)),
    ("U+2028", |size| repeat("- a\u{2028}", size)),
    ("byte order marks", |size| repeat("\u{feff}", size)),
    ("control characters", |size| repeat("\u{1}", size)),
    ("a control character at the end", |size| format!("{}\u{1}", repeat("- a\n", size))),
    ("letters beyond ASCII", |size| repeat("- é: ü\n", size)),
    ("long lines beyond ASCII", |size| format!("{}: 1", repeat("é", size))),
    ("JSON", |size| format!("{{\"a\": [{}0]}}", repeat("{\"b\": 1}, ", size))),
    ("JSON, deep", |size| format!("{{\"a\": {}", repeat("[", size))),
    ("JSON, one behind the other", |size| repeat("{\"a\": 1}", size)),
    ("JSON with an error at the end", |size| format!("{{\"a\": [{}x", repeat("1, ", size))),
    ("JSON escapes", |size| format!("{{\"a\": \"{}\"}}", repeat("\\ud83d\\ude00", size))),
    ("JSON behind blanks", |size| format!("{}{{\"a\": 1}}", repeat("\n", size))),
];
