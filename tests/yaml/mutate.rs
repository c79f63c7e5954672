//! Damaged documents: a few random changes to real ones, the same for the same seed.

/// A small generator of random numbers (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`; 0 for 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() >> 33) as usize % limit }
    }
}

/// What is put into documents.
const PIECES: &[&str] = &[
    ": ",
    ":",
    "- ",
    "-",
    "? ",
    "?",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "#",
    " #",
    " # c\n",
    "&a ",
    "&a",
    "*a",
    "*a ",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!null ",
    "!!binary ",
    "!!bool ",
    "!foo ",
    "! ",
    "!<x> ",
    "!",
    "|",
    ">",
    "|-",
    ">+",
    "|2",
    "|\n",
    ">\n",
    "'",
    "\"",
    "''",
    "\\",
    "\\n",
    "\\\n",
    "\\u00e9",
    "\\x41",
    "\\/",
    "\t",
    "\t\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\r\r\n",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{feff}",
    "---\n",
    "\n---\n",
    "--- ",
    "...\n",
    "\n...\n",
    "<<: *a\n",
    "<<: ",
    "<<",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "  ",
    " ",
    "    ",
    "0x1F",
    "1e3",
    "yes",
    "no",
    "on",
    "~",
    "null",
    ".inf",
    ".nan",
    "é",
    "😀",
    "0644",
    "08",
    "1_000",
    "12:30",
    "-.inf",
    "`",
    "@",
    "%",
    "=",
    "a: b",
    "a: ",
    "\na: b\n",
    "- a\n",
    "[a, b]",
    "{a: b}",
    "[]",
    "{}",
    "a",
    "1",
    "\u{7f}",
    "\u{1}",
    "\u{a0}",
    "\"a\"",
    "'a'",
    "*a : b",
];

/// Changes a document in one to six places.
pub(crate) fn mutate(document: &str, other: &str, random: &mut Random) -> String {
    let mut text = document.to_owned();
    for _ in 0..=random.below(6) {
        let from = boundary(&text, random.below(text.len() + 1));
        match random.below(13) {
            0..=4 => text.insert_str(from, PIECES[random.below(PIECES.len())]),
            5 => {
                let to = boundary(&text, (from + 1 + random.below(8)).min(text.len()));
                text.replace_range(from..to.max(from), "");
            }
            6 => {
                let to = boundary(&text, (from + 1 + random.below(3)).min(text.len()));
                text.replace_range(from..to.max(from), PIECES[random.below(PIECES.len())]);
            }
            7 => change_indentation(&mut text, from, random),
            8 => swap_lines(&mut text, random),
            9 => text.truncate(from),
            10 => {
                let start = boundary(other, random.below(other.len() + 1));
                let end = boundary(other, (start + random.below(60)).min(other.len()));
                text.insert_str(from, &other[start..end.max(start)]);
            }
            11 => {
                if let Some(at) = text[from..].find('\n') {
                    text.remove(from + at);
                }
            }
            _ => {
                let start = line_start(&text, from);
                let end = text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
                let line = text[start..end].to_owned();
                text.insert_str(start, &line);
            }
        }
    }
    text
}

/// Cuts a document down to some of its lines, so that small ones come out too.
pub(crate) fn excerpt(document: &str, random: &mut Random) -> String {
    let lines: Vec<&str> = document.split_inclusive('\n').collect();
    let count = 1 + random.below(30);
    let start = random.below(lines.len().saturating_sub(count) + 1);
    lines[start..lines.len().min(start + count)].concat()
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

fn change_indentation(text: &mut String, at: usize, random: &mut Random) {
    let start = line_start(text, at);
    if random.below(2) == 0 {
        text.insert_str(start, [" ", "  ", "\t", "    "][random.below(4)]);
    } else {
        let spaces = text[start..].bytes().take_while(|byte| *byte == b' ').count();
        text.replace_range(start..start + spaces.min(1 + random.below(4)), "");
    }
}

fn swap_lines(text: &mut String, random: &mut Random) {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.len() > 1 {
        let left = random.below(lines.len());
        let right = random.below(lines.len());
        lines.swap(left, right);
    }
    *text = lines.concat();
}
