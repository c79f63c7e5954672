//! Changes to the text of a manifest, whatever it says.

use crate::random::Random;

const SCALARS: [&str; 72] = [
    "y",
    "Yes",
    "NO",
    "on",
    "Off",
    "yEs",
    "true",
    "False",
    "~",
    "null",
    "Null",
    "",
    "\"\"",
    "''",
    "0644",
    "0o644",
    "0x1F",
    "0b101",
    "1_000",
    "08",
    "6.0",
    "1e3",
    "1E3",
    ".5",
    "5.",
    "-.5",
    "+1",
    "-0",
    "1.",
    "0.1e1",
    "1e400",
    ".inf",
    "-.Inf",
    ".nan",
    "1:30",
    "12:30:45",
    "2026-01-01",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "|\n  a",
    ">-\n  a",
    "\"a\\nb\"",
    "'a''b'",
    "\"\\x41\"",
    "\"\\/\"",
    "\"\\q\"",
    "!!str 1",
    "!!int \"3\"",
    "!!binary aGk=",
    "!!float 1",
    "! x",
    "!x y",
    "&a b",
    "*a",
    "{a: b}",
    "[a, b]",
    "{a",
    "[a:]",
    "%x",
    "@x",
    "`x`",
    "a: b",
    "a #b",
    "a#b",
    "- a",
    "? a",
    "\"a\"#b",
    "é",
    "日本",
    "\u{2028}a",
    "{{ .Values.a }}",
];

/// Makes one change, and says which. Texts of one document stay texts of one document.
pub(crate) fn change(text: &str, random: &mut Random) -> (String, String) {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let at = random.below(lines.len());
    let Some(line) = lines.get(at).cloned() else { return (text.to_owned(), "nothing".to_owned()) };
    let indent = line.len() - line.trim_start_matches(' ').len();
    let what = match random.below(18) {
        0..6 => scalar(&mut lines[at], random),
        6 => {
            lines.insert(at, line);
            "repeat line"
        }
        7 => {
            lines.remove(at);
            "remove line"
        }
        8 => {
            lines[at] = format!(" {line}");
            "indent"
        }
        9 if indent > 0 => {
            lines[at] = line[1..].to_owned();
            "outdent"
        }
        10 => {
            lines[at] = line.replacen(' ', "\t", 1);
            "tab"
        }
        11 => {
            lines[at] = line.replacen(": ", ["  :  ", ":", " : ", ":\t", "=", ": - "][random.below(6)], 1);
            "colon"
        }
        12 => {
            let comments = ["# c\n", "\t# c\n", "#\n", "    # c\n", "\n", "   \n", "\t\n", "#\u{2028}x: y\n"];
            lines.insert(at, comments[random.below(comments.len())].to_owned());
            "comment"
        }
        13 => {
            lines[at] =
                line.replacen('\n', [" # c\n", "#c\n", " \n", "\t\n", "\r\n", "\r", " #\n"][random.below(7)], 1);
            "line end"
        }
        14 => whole(&mut lines, random),
        15 => anchor(&mut lines, at),
        16 => swap(&mut lines, at),
        _ => letter(&mut lines[at], random),
    };
    (lines.concat(), format!("{what} at line {}", at + 1))
}

/// Writes another scalar after the key or dash.
fn scalar(line: &mut String, random: &mut Random) -> &'static str {
    let end = line.trim_end_matches(['\n', '\r']).len();
    let start = line.find(": ").map(|at| at + 2).or_else(|| line.find("- ").map(|at| at + 2)).unwrap_or(end);
    let value = random.pick(&SCALARS).copied().unwrap_or_default();
    let indent = " ".repeat(line.len() - line.trim_start().len() + 2);
    line.replace_range(start.min(end)..end, &value.replace('\n', &format!("\n{indent}")));
    "scalar"
}

fn whole(lines: &mut Vec<String>, random: &mut Random) -> &'static str {
    match random.below(9) {
        0 => {
            lines.iter_mut().for_each(|line| *line = line.replace('\n', "\r\n"));
            "crlf"
        }
        1 => {
            lines.iter_mut().for_each(|line| *line = line.replace('\n', "\r"));
            "cr"
        }
        2 => {
            lines.insert(0, "\u{feff}".to_owned());
            "byte order mark"
        }
        3 => {
            lines.insert(0, ["---\n", "--- # c\n", "# c\n---\n"][random.below(3)].to_owned());
            "marker"
        }
        4 => {
            lines.push(["...\n", "x: y\n", "- a\n", "}\n", "\t\n", "# end", "}"][random.below(7)].to_owned());
            "trailer"
        }
        5 => {
            lines.iter_mut().for_each(|line| line.insert_str(0, "  "));
            "indent all"
        }
        6 => {
            let text = lines.concat();
            let end = text.char_indices().nth(random.below(text.chars().count())).map_or(0, |(at, _)| at);
            *lines = vec![text[..end].to_owned()];
            "cut"
        }
        7 => {
            lines.insert(0, "{\n".to_owned());
            "open brace"
        }
        _ => {
            lines.iter_mut().for_each(|line| *line = line.replace("  ", "\t"));
            "tabs"
        }
    }
}

/// Names the value of a line and merges it or repeats it in the next.
fn anchor(lines: &mut Vec<String>, at: usize) -> &'static str {
    let line = lines[at].clone();
    let indent = line.len() - line.trim_start().len();
    if line.trim_end().ends_with(':') {
        lines[at] = line.trim_end().to_owned() + " &anchor\n";
        let copy = format!("{:indent$}<<: *anchor\n", "");
        let deeper =
            |next: &String| next.len() - next.trim_start().len() > indent || next.trim_start().starts_with("- ");
        let end = lines.iter().skip(at + 1).take_while(|next| deeper(next)).count();
        lines.insert(at + 1 + end, copy);
        return "merge";
    }
    if let Some(start) = line.find(": ") {
        lines[at] = format!("{}: &anchor {}", &line[..start], &line[start + 2..]);
        if let Some(next) = lines.get_mut(at + 1)
            && let Some(start) = next.find(": ")
        {
            *next = format!("{}: *anchor\n", &next[..start]);
        }
    }
    "alias"
}

fn swap(lines: &mut [String], at: usize) -> &'static str {
    if at + 1 < lines.len() {
        lines.swap(at, at + 1);
    }
    "swap lines"
}

/// Removes, repeats or puts in one character.
fn letter(line: &mut String, random: &mut Random) -> &'static str {
    let place = random.below(line.chars().count());
    let Some((at, found)) = line.char_indices().nth(place) else { return "nothing" };
    let special =
        [':', '{', '}', '[', ']', ',', '&', '*', '#', '?', '|', '-', '<', '>', '=', '!', '%', '@', '\\', '"', '\''];
    match random.below(4) {
        0 => drop(line.remove(at)),
        1 => line.insert(at, found),
        2 => {
            line.insert(at, ['\u{85}', '\u{2029}', '\u{a0}', '\u{7f}', '\u{1}', '\u{feff}', 'é', ' '][random.below(8)])
        }
        _ => line.insert(at, special[random.below(special.len())]),
    }
    "letter"
}
