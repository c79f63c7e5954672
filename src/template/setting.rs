//! Settings of values, as `helm --set` takes them: `image.tag=1.2,args[0]=now,days={1,2}`.

use serde_json::Value as Json;

/// How deep names may be in each other, and how long lists may be, as helm has it.
const DEEPEST: usize = 30;
const LONGEST: usize = 65_536;

/// What is set, in order.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Setting {
    written: String,
    pub(crate) assignments: Vec<Assignment>,
}

/// How the values of a setting are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `--set`: `true`, `null` and whole numbers are what they look like.
    Plain,
    /// `--set-string`: all are texts.
    Text,
    /// `--set-json`.
    Json,
}

/// Why a setting cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The byte of the setting at which it shows.
    pub at: usize,
    /// What is there, and what would be right.
    pub message: String,
}

/// A value, and the way to it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Assignment {
    pub(crate) steps: Vec<Step>,
    pub(crate) value: Json,
    /// Whether it was JSON, in which all numbers are floating.
    pub(crate) is_json: bool,
}

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

impl Setting {
    /// Reads a setting.
    ///
    /// # Errors
    /// The first thing in it that says nothing.
    pub fn read(notation: Notation, text: &str) -> Result<Self, Misread> {
        let mut reader = Reader { text, at: 0, notation };
        let mut assignments = Vec::new();
        while reader.at < text.len() {
            assignments.push(reader.assignment()?);
        }
        match assignments.is_empty() {
            true => reader.refuse(0, "it sets nothing: write NAME=VALUE"),
            false => Ok(Self { written: text.to_owned(), assignments }),
        }
    }

    /// As it was written.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    notation: Notation,
}

type Read<T> = Result<T, Misread>;

impl Reader<'_> {
    fn assignment(&mut self) -> Read<Assignment> {
        let (mut steps, first) = (Vec::new(), self.at);
        loop {
            let start = self.at;
            let is_behind_index = matches!(steps.last(), Some(Step::Item(_))) && !self.text[..start].ends_with('.');
            let (name, stop) = self.until(if is_behind_index { "=[." } else { "=[.," });
            let whole = &self.text[first..self.at - stop.map_or(0, char::len_utf8)];
            match (is_behind_index, name.is_empty()) {
                (true, false) => return self.refuse(start, "behind `]` comes `=`, `.` or `[`"),
                (false, true) => return self.refuse(start, "here a name is missing"),
                _ => {}
            }
            if !is_behind_index {
                steps.push(Step::Key(name));
            }
            match stop {
                Some('=') => break,
                Some('[') => steps.push(Step::Item(self.index()?)),
                Some('.') => {}
                _ => return self.refuse(self.at, format!("`{whole}` has no value: behind it comes `=`")),
            }
            if steps.iter().filter(|step| matches!(step, Step::Key(_))).count() > DEEPEST {
                return self.refuse(start, format!("more than {DEEPEST} names in each other"));
            }
        }
        let value = if self.notation == Notation::Json { self.json()? } else { self.value()? };
        Ok(Assignment { steps, value, is_json: self.notation == Notation::Json })
    }

    fn index(&mut self) -> Read<usize> {
        let start = self.at;
        let (index, stop) = self.until("]");
        match index.parse() {
            _ if stop.is_none() => self.refuse(start, "the index has no `]`"),
            Ok(index) if index <= LONGEST => Ok(index),
            Ok(_) => self.refuse(start, format!("an index is {LONGEST} at the most")),
            Err(_) => self.refuse(start, "an index is a whole number, counted from 0"),
        }
    }

    fn value(&mut self) -> Read<Json> {
        let start = self.at;
        if !self.text[start..].starts_with('{') {
            let (word, _) = self.until(",");
            return Ok(self.typed(word));
        }
        self.at += 1;
        let mut list = Vec::new();
        loop {
            let (word, stop) = self.until(",}");
            list.push(self.typed(word));
            match stop {
                Some('}') => break,
                Some(_) => {}
                None => return self.refuse(start, "the list has no `}`"),
            }
        }
        self.skip(|char| char == ',', 1);
        Ok(Json::Array(list))
    }

    fn typed(&self, word: String) -> Json {
        match (self.notation, &*word) {
            (Notation::Text, _) => Json::String(word),
            (_, "0") => Json::from(0),
            (_, "null") => Json::Null,
            (_, text) if text.eq_ignore_ascii_case("true") => Json::Bool(true),
            (_, text) if text.eq_ignore_ascii_case("false") => Json::Bool(false),
            (_, text) if text.eq_ignore_ascii_case("null") => Json::Null,
            // What starts with 0 stays a text: a file mode, a number of a house.
            (_, text) if text.starts_with('0') => Json::String(word),
            (_, text) => text.parse::<i64>().map_or(Json::String(word), Json::from),
        }
    }

    fn json(&mut self) -> Read<Json> {
        self.skip(char::is_whitespace, usize::MAX);
        let rest = &self.text[self.at..];
        if rest.is_empty() || rest.starts_with(',') {
            self.skip(|char| char == ',', 1);
            return Ok(Json::Null);
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                self.skip(char::is_whitespace, usize::MAX);
                self.skip(|char| char == ',', 1);
                self.skip(char::is_whitespace, usize::MAX);
                Ok(value)
            }
            _ => self.refuse(self.at, "this is not JSON"),
        }
    }

    /// What stands before one of these characters, or the end, without its backslashes; and which it was.
    fn until(&mut self, stops: &str) -> (String, Option<char>) {
        let mut word = String::new();
        let mut chars = self.text[self.at..].chars();
        let mut stop = None;
        while let Some(char) = chars.next() {
            match char {
                '\\' => word.extend(chars.next()),
                char if stops.contains(char) => {
                    stop = Some(char);
                    break;
                }
                char => word.push(char),
            }
        }
        self.at = self.text.len() - chars.as_str().len();
        (word, stop)
    }

    fn skip(&mut self, is_skipped: impl Fn(char) -> bool, most: usize) {
        let skipped = self.text[self.at..].chars().take(most).take_while(|char| is_skipped(*char));
        self.at += skipped.map(char::len_utf8).sum::<usize>();
    }

    fn refuse<T>(&self, at: usize, message: impl Into<String>) -> Read<T> {
        Err(Misread { at, message: message.into() })
    }
}
