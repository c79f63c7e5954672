//! Go's syntax of regular expressions, written in that of the crate `regex`.
//!
//! Both are RE2's. Go's classes (`\d`, `\w`, `\s`, `\b`) are ASCII's, and it takes fewer flags and escapes, stacks no
//! repetitions, and has no operations on classes.

use super::class;
use super::flaw::{Flaw, flaw};

/// The expression for the crate, and the names of its groups by number.
pub(super) fn translated(expression: &str) -> Result<(String, Vec<Option<String>>), Flaw> {
    let mut translator =
        Translator { expression, rest: expression, written: String::new(), names: vec![None], open: 0, operand: false };
    translator.run()?;
    Ok((translator.written, translator.names))
}

struct Translator<'e> {
    expression: &'e str,
    rest: &'e str,
    written: String,
    names: Vec<Option<String>>,
    /// How many groups are open.
    open: usize,
    /// Whether there is something before this that can be repeated.
    operand: bool,
}

/// The most that Go repeats anything.
const MOST_REPEATED: u32 = 1000;

impl<'e> Translator<'e> {
    fn run(&mut self) -> Result<(), Flaw> {
        while let Some(char) = self.rest.chars().next() {
            match char {
                '(' => self.group()?,
                ')' => {
                    if self.open == 0 {
                        return Err(flaw("unexpected )", self.expression));
                    }
                    self.open -= 1;
                    self.take(1, true);
                }
                '|' => self.take(1, false),
                '*' | '+' | '?' => self.repetition(1)?,
                '{' => match repeat_length(self.rest) {
                    Some(length) => self.repetition(length)?,
                    None => self.literal('{', 1),
                },
                '[' => {
                    let after = class::translated(self.rest, &mut self.written)?;
                    self.rest = after;
                    self.operand = true;
                }
                '\\' => self.escape()?,
                '^' | '$' | '.' => self.take(1, true),
                _ => self.literal(char, char.len_utf8()),
            }
        }
        if self.open > 0 { Err(flaw("missing closing )", self.expression)) } else { Ok(()) }
    }

    /// Takes so many bytes as they are.
    fn take(&mut self, length: usize, is_operand: bool) {
        let (taken, rest) = self.rest.split_at(length);
        self.written.push_str(taken);
        self.rest = rest;
        self.operand = is_operand;
    }

    fn literal(&mut self, char: char, length: usize) {
        self.written.push_str(&class::escaped(char));
        self.rest = &self.rest[length..];
        self.operand = true;
    }

    /// `(`, `(?:`, `(?P<name>`, `(?i)`, `(?i:`
    fn group(&mut self) -> Result<(), Flaw> {
        if !self.rest.starts_with("(?") {
            self.open += 1;
            self.names.push(None);
            self.take(1, false);
            return Ok(());
        }
        let is_named = self.rest.starts_with("(?P<") || self.rest.starts_with("(?<");
        if is_named && !self.rest.starts_with("(?<=") && !self.rest.starts_with("(?<!") {
            return self.named_group();
        }
        let end = self.rest[2..].find(|char: char| !matches!(char, 'i' | 'm' | 's' | 'U' | '-')).map(|at| at + 2);
        let (flags, close) = match end {
            Some(end) => (&self.rest[2..end], self.rest[end..].chars().next()),
            None => (&self.rest[2..], None),
        };
        let negates = flags.matches('-').count();
        let is_right = negates == 0 || negates == 1 && !flags.ends_with('-');
        match close {
            Some(')') if is_right && !flags.is_empty() => self.take(flags.len() + 3, false),
            Some(':') if is_right => {
                self.open += 1;
                self.take(flags.len() + 3, false);
            }
            _ => {
                let length = end.map_or(self.rest.len(), |end| end + close.map_or(0, char::len_utf8));
                return Err(flaw("invalid or unsupported Perl syntax", &self.rest[..length]));
            }
        }
        Ok(())
    }

    fn named_group(&mut self) -> Result<(), Flaw> {
        let start = self.rest.find('<').unwrap_or(0) + 1;
        let Some(length) = self.rest[start..].find('>') else {
            return Err(flaw("invalid named capture", self.rest));
        };
        let name = &self.rest[start..start + length];
        let is_name = !name.is_empty() && name.chars().all(|char| char == '_' || char.is_ascii_alphanumeric());
        if !is_name {
            return Err(flaw("invalid named capture", &self.rest[..start + length + 1]));
        }
        self.names.push(Some(name.to_owned()));
        self.open += 1;
        self.written.push('(');
        self.rest = &self.rest[start + length + 1..];
        self.operand = false;
        Ok(())
    }

    /// A repetition of that length, with the `?` that makes it lazy; none may follow another.
    fn repetition(&mut self, length: usize) -> Result<(), Flaw> {
        let start = self.rest;
        if !self.operand {
            return Err(flaw("missing argument to repetition operator", &start[..length]));
        }
        if length > 1 {
            let inside = &start[1..length - 1];
            let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
            let count = |number: &str| number.parse::<u32>().unwrap_or(u32::MAX);
            let is_right = count(least) <= MOST_REPEATED
                && (most.is_empty() || count(most) <= MOST_REPEATED && count(least) <= count(most));
            if !is_right {
                return Err(flaw("invalid repeat count", &start[..length]));
            }
        }
        self.take(length, true);
        if self.rest.starts_with('?') {
            self.take(1, true);
        }
        let next = match self.rest.as_bytes().first() {
            Some(b'*' | b'+' | b'?') => 1,
            Some(b'{') => repeat_length(self.rest).unwrap_or(0),
            _ => 0,
        };
        if next > 0 {
            let length = start.len() - self.rest.len() + next;
            return Err(flaw("invalid nested repetition operator", &start[..length]));
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Flaw> {
        let after = &self.rest[1..];
        let plain = match after.as_bytes().first() {
            Some(b'A' | b'z') => {
                self.take(2, true);
                return Ok(());
            }
            Some(b'b') => r"(?-u:\b)",
            Some(b'B') => r"(?-u:\B)",
            Some(b'Q') => {
                self.quoted(&after[1..]);
                return Ok(());
            }
            _ => {
                self.rest = class::escape(self.rest, &mut self.written)?;
                self.operand = true;
                return Ok(());
            }
        };
        self.written.push_str(plain);
        self.rest = &after[1..];
        self.operand = true;
        Ok(())
    }

    /// `\Q…\E`: letter by letter.
    fn quoted(&mut self, after: &'e str) {
        let (inside, rest) = after.split_once(r"\E").unwrap_or((after, ""));
        inside.chars().for_each(|char| self.written.push_str(&class::escaped(char)));
        self.operand |= !inside.is_empty();
        self.rest = rest;
    }
}

/// How long `{2}`, `{2,}` or `{2,3}` is at the start of a text; else the brace is a character like others.
fn repeat_length(text: &str) -> Option<usize> {
    let length = text.find('}')? + 1;
    let inside = &text[1..length - 1];
    let (least, most) = inside.split_once(',').map_or((inside, None), |(least, most)| (least, Some(most)));
    let is_number =
        |number: &str| number == "0" || !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_repeat = !least.is_empty() && is_number(least) && most.is_none_or(|most| most.is_empty() || is_number(most));
    is_repeat.then_some(length)
}
