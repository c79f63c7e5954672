//! Strings in YAML: plain, quoted or as a block, as libyaml decides and writes them.

use super::Writer;
use crate::template::functions::Stop;
use crate::template::text::Text;
use crate::yaml;

/// What a string is in its mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A key in front of its value: it stays on one line.
    Key,
    Value,
}

/// A line is folded at the first blank behind so many characters.
const WIDTH: usize = 80;

/// Keys longer than this have a line of their own.
const LONGEST_KEY: usize = 128;

pub(super) fn is_simple_key(key: &str) -> bool {
    key.len() <= LONGEST_KEY && !key.contains(is_break)
}

/// What is left of a string that was written as JSON and read as YAML: a line break of the old kind is a blank then, and
/// some control characters cannot be read.
pub(super) fn through_json(text: &Text) -> Option<Text> {
    let string = text.as_str();
    if string.bytes().all(|byte| byte < 0x7f) {
        return Some(text.clone());
    }
    if string.contains(|char| matches!(char, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')) {
        return None;
    }
    if string.contains('\u{85}') {
        return Some(Text::computed(&string.replace('\u{85}', " ")));
    }
    Some(text.clone())
}

/// `\r`, `\n`, and what else YAML 1.1 breaks lines at.
fn is_break(char: char) -> bool {
    matches!(char, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank_or_break(char: Option<char>) -> bool {
    char.is_none_or(|char| matches!(char, ' ' | '\t' | '\0') || is_break(char))
}

/// What libyaml writes as it is.
fn is_printable(char: char) -> bool {
    matches!(char, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// How a string may be written.
struct Allowed {
    plain: bool,
    single_quoted: bool,
    block: bool,
}

impl Allowed {
    fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self { plain: true, single_quoted: true, block: false };
        }
        if is_word(text) {
            return Self { plain: true, single_quoted: true, block: true };
        }
        let edge = |char: Option<char>, wanted: fn(char) -> bool| char.is_some_and(wanted);
        let (first, last) = (text.chars().next(), text.chars().next_back());
        let is_blank = |char| char == ' ';
        let is_special = text.chars().any(|char| !is_printable(char)) || meets(text, is_blank, is_break);
        let has_break_space = meets(text, is_break, is_blank);
        let has_breaks = text.contains(is_break);
        let has_loose_edge = [first, last].into_iter().any(|char| edge(char, is_blank) || edge(char, is_break));
        Self {
            plain: !is_special && !has_breaks && !has_loose_edge && !has_indicators(text),
            single_quoted: !is_special && !has_break_space,
            block: !is_special && !edge(last, is_blank),
        }
    }
}

/// Whether a text is a word as most are: nothing in it means something else, wherever it stands.
fn is_word(text: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b':' | b'#');
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || matches!(first, '/' | '_'))
        && text.bytes().all(is_inside)
}

/// Whether a character of the one kind is followed by one of the other.
fn meets(text: &str, one: fn(char) -> bool, other: fn(char) -> bool) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(char, next)| one(char) && other(next))
}

/// Whether it has characters that mean something else in a block where they stand.
fn has_indicators(text: &str) -> bool {
    if text.starts_with("---") || text.starts_with("...") {
        return true;
    }
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let is_followed = is_blank_or_break(chars.peek().copied());
        let is_indicator = match before {
            None => match char {
                '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => true,
                '?' | ':' | '-' => is_followed,
                _ => false,
            },
            Some(_) => char == ':' && is_followed || char == '#' && is_blank_or_break(before),
        };
        if is_indicator {
            return true;
        }
        before = Some(char);
    }
    false
}

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, text: &Text, role: Role) -> Result<(), Stop> {
        let string = text.as_str();
        self.call.spend(string.len() * 2)?;
        let allowed = Allowed::of(string);
        if string.contains('\n') {
            return if allowed.block && role == Role::Value {
                self.literal(text)
            } else {
                self.double_quoted(text, role)
            };
        }
        if !yaml::stays_string(string) {
            return self.double_quoted(text, role);
        }
        if allowed.plain {
            return self.plain(text, role);
        }
        if allowed.single_quoted { self.single_quoted(text, role) } else { self.double_quoted(text, role) }
    }

    fn slice(&mut self, text: &Text, from: usize, to: usize) -> Result<(), Stop> {
        self.call.spend(to - from)?;
        self.out.push_slice(text, from..to);
        Ok(())
    }

    fn fold(&mut self) -> Result<(), Stop> {
        self.add("\n")?;
        self.blanks()
    }

    fn plain(&mut self, text: &Text, role: Role) -> Result<(), Stop> {
        if !text.as_str().contains(' ') {
            self.column += text.as_str().chars().count();
            return self.slice(text, 0, text.as_str().len());
        }
        let mut from = 0;
        for (at, char, next) in around(text.as_str()) {
            let follows_blank = text.as_str()[..at].ends_with(' ');
            if char == ' ' && role == Role::Value && !follows_blank && self.column > WIDTH && next != Some(' ') {
                self.slice(text, from, at)?;
                self.fold()?;
                from = at + 1;
            } else {
                self.column += 1;
            }
        }
        self.slice(text, from, text.as_str().len())
    }

    fn single_quoted(&mut self, text: &Text, role: Role) -> Result<(), Stop> {
        self.add("'")?;
        let string = text.as_str();
        let mut from = 0;
        let mut broke = false;
        for (at, char, next) in around(string) {
            let follows_blank = string[..at].ends_with(' ');
            let is_inside = at > 0 && next.is_some();
            if is_break(char) {
                broke = true;
                self.column = 0;
                continue;
            }
            if broke {
                self.slice(text, from, at)?;
                self.blanks()?;
                from = at;
                broke = false;
            }
            if char == ' '
                && role == Role::Value
                && !follows_blank
                && self.column > WIDTH
                && is_inside
                && next != Some(' ')
            {
                self.slice(text, from, at)?;
                self.fold()?;
                from = at + 1;
                continue;
            }
            if char == '\'' {
                self.slice(text, from, at)?;
                self.add("'")?;
                from = at;
            }
            self.column += 1;
        }
        self.slice(text, from, string.len())?;
        self.add("'")
    }

    fn double_quoted(&mut self, text: &Text, role: Role) -> Result<(), Stop> {
        self.add("\"")?;
        let string = text.as_str();
        // libyaml looks for a byte order mark at the start of the string whatever character it is at.
        let escapes_all = string.starts_with('\u{feff}');
        let mut from = 0;
        for (at, char, next) in around(string) {
            let follows_blank = at > from && string[from..at].ends_with(' ');
            let is_inside = at > 0 && next.is_some();
            if escapes_all || !is_printable(char) || is_break(char) || matches!(char, '"' | '\\') {
                self.slice(text, from, at)?;
                self.add(&escape(char))?;
                from = at + char.len_utf8();
            } else if char == ' ' && role == Role::Value && !follows_blank && self.column > WIDTH && is_inside {
                self.slice(text, from, at)?;
                self.fold()?;
                self.add(if next == Some(' ') { "\\" } else { "" })?;
                from = at + 1;
            } else {
                self.column += 1;
            }
        }
        self.slice(text, from, string.len())?;
        self.add("\"")
    }

    fn literal(&mut self, text: &Text) -> Result<(), Stop> {
        let string = text.as_str();
        let mut backwards = string.chars().rev();
        let keeps = match (backwards.next().is_some_and(is_break), backwards.next().is_none_or(is_break)) {
            (false, _) => "-",
            (true, false) => "",
            (true, true) => "+",
        };
        let starts_loose = string.starts_with(|char| char == ' ' || is_break(char));
        self.add(&format!("|{}{keeps}\n", if starts_loose { "2" } else { "" }))?;
        let mut from = 0;
        let mut broke = true;
        for (at, char, _) in around(string) {
            if is_break(char) {
                broke = true;
            } else if broke {
                self.slice(text, from, at)?;
                self.blanks()?;
                from = at;
                broke = false;
            }
        }
        // The next line brings its own line break.
        let end = if string.ends_with('\n') { string.len() - 1 } else { string.len() };
        self.slice(text, from, end)?;
        self.column = 1;
        if keeps == "+" {
            self.add("\n")?;
        }
        Ok(())
    }
}

/// The characters with their places and those behind them.
fn around(string: &str) -> impl Iterator<Item = (usize, char, Option<char>)> + '_ {
    let next = string.chars().skip(1).map(Some).chain([None]);
    string.char_indices().zip(next).map(|((at, char), next)| (at, char, next))
}

fn escape(char: char) -> String {
    let code = char as u32;
    match char {
        '\0' => "\\0".to_owned(),
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\r' => "\\r".to_owned(),
        '\u{1b}' => "\\e".to_owned(),
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\u{85}' => "\\N".to_owned(),
        '\u{a0}' => "\\_".to_owned(),
        '\u{2028}' => "\\L".to_owned(),
        '\u{2029}' => "\\P".to_owned(),
        _ if code <= 0xff => format!("\\x{code:02X}"),
        _ if code <= 0xffff => format!("\\u{code:04X}"),
        _ => format!("\\U{code:08X}"),
    }
}
