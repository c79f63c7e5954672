//! The same manifest in another shape: other line ends, indentation, style, comments, order.

use crate::random::Random;

/// The text in a shape, mostly the one it has.
pub(crate) fn change(text: String, random: &mut Random) -> String {
    let text = match random.below(16) {
        0 => comments(&text, random),
        1 => indented(&text, random),
        2 => json(&text, random),
        3 => twice(&text),
        4 => listed(&text),
        5 => reordered(&text, random),
        6 => comments(&indented(&text, random), random),
        _ => text,
    };
    let text = if random.chance(15) && !text.contains('\r') { text.replace('\n', "\r\n") } else { text };
    let text = if random.chance(10) { text.trim_end_matches(['\n', '\r']).to_owned() } else { text };
    if random.chance(5) && !text.starts_with('\u{feff}') { format!("\u{feff}{text}") } else { text }
}

/// A comment beside or above every third line or so; in a block of text it is text.
fn comments(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        match random.below(6) {
            0 => out.push_str(&format!("{:indent$}# above {number}\n{line}\n", "")),
            1 if !line.is_empty() => out.push_str(&format!("{line}   # beside {number}\n")),
            2 if random.chance(30) => out.push_str(&format!("{line}\n\n")),
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

fn indented(text: &str, random: &mut Random) -> String {
    let times = 2 + random.below(3);
    let lines = text.split_inclusive('\n').map(|line| {
        let rest = line.trim_start_matches(' ');
        format!("{}{rest}", " ".repeat((line.len() - rest.len()) * times / 2))
    });
    lines.collect()
}

/// As JSON, or with its brackets as YAML.
fn json(text: &str, random: &mut Random) -> String {
    let Ok(value) = serde_yaml::from_str::<serde_json::Value>(text) else { return text.to_owned() };
    match random.below(3) {
        0 => format!("{value:#}\n"),
        1 => format!("{value}\n"),
        _ => format!("---\n# in brackets\n{value:#}\n"),
    }
}

fn twice(text: &str) -> String {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}---\n# again\n{text}")
}

fn listed(text: &str) -> String {
    let mut out = "apiVersion: v1\nkind: List\nitems:\n".to_owned();
    for (number, line) in text.lines().filter(|line| !line.starts_with("---")).enumerate() {
        match (number, line.is_empty()) {
            (0, _) => out.push_str(&format!("  - {line}\n")),
            (_, true) => out.push('\n'),
            (_, false) => out.push_str(&format!("    {line}\n")),
        }
    }
    out
}

/// With a block before the one of the same level above it.
fn reordered(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let start = random.below(lines.len());
    let Some(level) = lines.get(start).map(|line| indent(line)) else { return text.to_owned() };
    let is_deeper = |line: &&&str| indent(line) > level || line.trim().is_empty();
    let length = 1 + lines[start + 1..].iter().take_while(is_deeper).count();
    let Some(before) = (0..start).rev().find(|at| indent(lines[*at]) == level) else { return text.to_owned() };
    let block: Vec<&str> = lines.drain(start..start + length).collect();
    lines.splice(before..before, block);
    lines.join("\n") + "\n"
}
