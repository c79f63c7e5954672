//! Documents made up of what mappings and values get wrong: repeated keys, keys that are no strings, merges, aliases,
//! escapes, and mappings of few and of many keys. The same for the same seed.

use super::mutate::Random;

/// Keys as they are written in YAML; some of them are the same.
pub(crate) const KEYS: &[&str] = &[
    "a",
    "b",
    "c",
    "\"a\"",
    "'b'",
    "\"\\x61\"",
    "'it''s'",
    "''",
    "1",
    "0x1",
    "\"1\"",
    "1.0",
    "1e3",
    "yes",
    "'true'",
    "~",
    "null",
    ".nan",
    "!!str 1",
    "!!int \"1\"",
    "!!binary YQ==",
    "&k d",
    "&n 7",
    "*k",
    "*n",
    "*s",
    "<<",
    "\"<<\"",
    "metadata",
    "é",
    "a b",
    "18446744073709551615",
];

const SCALARS: &[&str] = &[
    "x",
    "1",
    "0644",
    "1.5",
    "yes",
    "~",
    "null",
    "\"\"",
    "''",
    "'q'",
    "\"e\\n\"",
    "!!str 5",
    "!!null ''",
    "!!float 3",
    "&s 8",
    "&s t",
    "*s",
    "*k",
    "*n",
    "*m",
    "nothing",
    "on1",
    "-",
    ".5",
    "[]",
    "{}",
];

/// A document in block and flow style; its first lines set every anchor.
pub(crate) fn document(random: &mut Random) -> String {
    let mut text = String::from("k: &k d\nn: &n 7\ns: &s 8\nm: &m {a: 1, z: 2, 5: 6}\nl: &l [*m, {b: 3}]\n");
    for number in 0..1 + random.below(5) {
        text.push_str(&format!("v{number}:"));
        block(&mut text, 2, random);
    }
    text
}

/// A value behind a colon or a dash, up to the end of its last line.
fn block(text: &mut String, indent: usize, random: &mut Random) {
    match random.below(8) {
        0 | 1 if indent < 10 => {
            text.push('\n');
            for number in 0..1 + size(random) {
                let key = key(number, random);
                text.push_str(&format!("{:indent$}{key} :", ""));
                if key == "<<" {
                    text.push_str([" *m\n", " *l\n", " {a: 4, y: 5}\n", " [{a: 4}, *m]\n"][random.below(4)]);
                } else {
                    block(text, indent + 2, random);
                }
            }
        }
        2 if indent < 10 => {
            text.push('\n');
            for _ in 0..=random.below(3) {
                text.push_str(&format!("{:indent$}-", ""));
                block(text, indent + 2, random);
            }
        }
        3 => {
            text.push(' ');
            flow(text, 3, random);
            text.push('\n');
        }
        4 => text.push_str(&format!(" |\n{:indent$}text\n", "")),
        5 => text.push('\n'),
        _ => text.push_str(&format!(" {}\n", SCALARS[random.below(SCALARS.len())])),
    }
}

fn flow(text: &mut String, depth: usize, random: &mut Random) {
    match random.below(4) {
        0 if depth > 0 => {
            text.push('{');
            for number in 0..size(random) {
                let key = key(number, random);
                text.push_str(&format!("{key} : "));
                if key == "<<" {
                    text.push_str("*m")
                } else {
                    flow(text, depth - 1, random)
                }
                text.push_str(", ");
            }
            text.push('}');
        }
        1 if depth > 0 => {
            text.push('[');
            for _ in 0..random.below(4) {
                flow(text, depth - 1, random);
                text.push_str(", ");
            }
            text.push(']');
        }
        _ => text.push_str(SCALARS[random.below(SCALARS.len())]),
    }
}

/// Mostly few, now and then more than one looks through without a set.
fn size(random: &mut Random) -> usize {
    if random.below(12) == 0 { 20 + random.below(40) } else { random.below(6) }
}

/// Mostly a key of its own, so that not every mapping has repeated ones.
fn key(number: usize, random: &mut Random) -> String {
    match random.below(5) {
        0 => KEYS[random.below(KEYS.len())].to_owned(),
        1 => format!("\"q{number}\""),
        2 if random.below(60) == 0 => format!("k{}", random.below(number + 1)),
        _ => format!("k{number}"),
    }
}

/// A JSON document.
pub(crate) fn json(random: &mut Random) -> String {
    let mut text = String::new();
    json_value(&mut text, 4, random);
    format!("{{\"root\": {text}}}")
}

fn json_value(text: &mut String, depth: usize, random: &mut Random) {
    const KEYS: &[&str] = &["a", "b", "\\u0061", "<<", "1", "null", "é", ""];
    const VALUES: &[&str] = &["1", "-0", "1.50", "1e3", "null", "true", "\"x\"", "\"\"", "\"\\n\"", "\"true\""];
    match random.below(3) {
        0 if depth > 0 => {
            text.push('{');
            for number in 0..size(random) {
                text.push_str(if number > 0 { ", " } else { "" });
                match random.below(6) {
                    0 => text.push_str(&format!("\"{}\": ", KEYS[random.below(KEYS.len())])),
                    _ => text.push_str(&format!("\"k{number}\":")),
                }
                json_value(text, depth - 1, random);
            }
            text.push('}');
        }
        1 if depth > 0 => {
            text.push('[');
            for number in 0..random.below(4) {
                text.push_str(if number > 0 { "," } else { "" });
                json_value(text, depth - 1, random);
            }
            text.push(']');
        }
        _ => text.push_str(VALUES[random.below(VALUES.len())]),
    }
}
