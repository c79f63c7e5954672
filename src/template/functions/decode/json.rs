//! JSON out of a text, with the words of Go's library for what is none.

use crate::template::functions::{Call, Stop};
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Map, Value};

/// How deep values may lie in each other.
const DEEPEST: usize = 500;

/// What the text says.
pub(super) fn read(text: &Text, call: &mut Call<'_>) -> Result<Result<Value, String>, Stop> {
    call.spend(text.as_str().len())?;
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value().and_then(|value| match reader.next_after_blanks() {
        None => Ok(value),
        Some(_) => Err(reader.wrong("after top-level value")),
    });
    match value {
        Ok(value) => Ok(Ok(value)),
        Err(Wrong::TooDeep) => Err(Stop::TooMuch),
        Err(Wrong::Said(message)) => Ok(Err(message)),
    }
}

enum Wrong {
    Said(String),
    TooDeep,
}

struct Reader<'t> {
    text: &'t Text,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_str().as_bytes().get(self.at).copied()
    }

    fn next_after_blanks(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.peek()
    }

    /// The character here is not what should be.
    fn wrong(&self, place: &str) -> Wrong {
        Wrong::Said(match self.peek() {
            None => "unexpected end of JSON input".to_owned(),
            Some(byte) => {
                let shown = match byte {
                    b'\'' => "\\'".to_owned(),
                    b'"' => "\"".to_owned(),
                    b'\n' => "\\n".to_owned(),
                    b'\r' => "\\r".to_owned(),
                    b'\t' => "\\t".to_owned(),
                    b'\\' => "\\\\".to_owned(),
                    0x07 => "\\a".to_owned(),
                    0x08 => "\\b".to_owned(),
                    0x0b => "\\v".to_owned(),
                    0x0c => "\\f".to_owned(),
                    0..0x20 | 0x7f => format!("\\x{byte:02x}"),
                    0x80..0xa1 | 0xad => format!("\\u{byte:04x}"),
                    _ => char::from(byte).to_string(),
                };
                format!("invalid character '{shown}' {place}")
            }
        })
    }

    fn value(&mut self) -> Result<Value, Wrong> {
        match self.next_after_blanks() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::text),
            Some(b't') => self.literal("true", Value::bool(true)),
            Some(b'f') => self.literal("false", Value::bool(false)),
            Some(b'n') => self.literal("null", Value::NIL),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.wrong("looking for beginning of value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Wrong>) -> Result<Value, Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::TooDeep);
        }
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Wrong> {
        let map = Map::default();
        if self.next_after_blanks() == Some(b'}') {
            self.at += 1;
            return Ok(Value::map(map));
        }
        loop {
            if self.next_after_blanks() != Some(b'"') {
                return Err(self.wrong("looking for beginning of object key string"));
            }
            let key = self.string()?;
            if self.next_after_blanks() != Some(b':') {
                return Err(self.wrong("after object key"));
            }
            self.at += 1;
            map.insert(key, self.value()?);
            if self.ends(b'}', "after object key:value pair")? {
                return Ok(Value::map(map));
            }
        }
    }

    fn array(&mut self) -> Result<Value, Wrong> {
        let mut items = Vec::new();
        if self.next_after_blanks() == Some(b']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value()?);
            if self.ends(b']', "after array element")? {
                return Ok(Value::list(items));
            }
        }
    }

    /// Whether a collection ends here, or goes on behind a comma.
    fn ends(&mut self, close: u8, place: &str) -> Result<bool, Wrong> {
        match self.next_after_blanks() {
            Some(byte) if byte == close || byte == b',' => {
                self.at += 1;
                Ok(byte == close)
            }
            _ => Err(self.wrong(place)),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, Wrong> {
        for expected in word.bytes() {
            if self.peek() != Some(expected) {
                return Err(self.wrong(&format!("in literal {word} (expecting '{}')", char::from(expected))));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, Wrong> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits("in exponent of numeric literal")?;
        }
        let written = &self.text.as_str()[start..self.at];
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::float(number)),
            _ => Err(Wrong::Said(format!("json: cannot unmarshal number {written} into Go value of type float64"))),
        }
    }

    fn digits(&mut self, place: &str) -> Result<(), Wrong> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.wrong(place));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    /// A string; what stands for itself in it keeps its origin.
    fn string(&mut self) -> Result<Text, Wrong> {
        self.at += 1;
        let mut writer = TextWriter::default();
        let mut from = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    writer.push_slice(self.text, from..self.at);
                    self.at += 1;
                    return Ok(writer.finish());
                }
                Some(b'\\') => {
                    writer.push_slice(self.text, from..self.at);
                    writer.push_computed(self.escape()?.encode_utf8(&mut [0; 4]));
                    from = self.at;
                }
                Some(0x20..) => self.at += 1,
                _ => return Err(self.wrong("in string literal")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Wrong> {
        self.at += 1;
        let char = match self.peek() {
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.wrong("in string escape code")),
        };
        self.at += 1;
        Ok(char)
    }

    /// A character by its code, or by two that make one.
    fn code_point(&mut self) -> Result<char, Wrong> {
        let high = self.unit()?;
        if let Some(char) = char::from_u32(high) {
            return Ok(char);
        }
        let after = self.at;
        if (0xd800..0xdc00).contains(&high) && self.text.as_str()[self.at..].starts_with("\\u") {
            self.at += 2;
            let low = self.unit()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn unit(&mut self) -> Result<u32, Wrong> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(self.wrong("in \\u hexadecimal character escape")) };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }
}
