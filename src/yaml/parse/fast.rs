//! The common lines without tokens: `key: value`, `key:`, `- ` and brackets.
//!
//! Each step either takes what stands here and leaves parser and scanner as the tokens would have left them, or
//! takes nothing and leaves the work to the slow path.

use super::{Parser, State};
use crate::yaml::chars::{BLANK, BREAK, class};
use crate::yaml::error::{Read, span};
use crate::yaml::scan::Plain;
use crate::yaml::tape::{Event, EventKind};

/// Whether a step has taken something.
type Taken = bool;

impl Parser<'_> {
    pub(super) fn run_quickly(&mut self) -> Read<()> {
        while self.scanner.is_idle() {
            let taken = match self.state {
                State::BlockMappingKey | State::BlockSequenceEntry | State::IndentlessSequenceEntry => {
                    self.quick_line()?
                }
                State::FlowSequenceFirst | State::FlowSequenceEntry => self.quick_item()?,
                State::FlowMappingFirst | State::FlowMappingKey => self.quick_entry()?,
                _ => false,
            };
            if !taken {
                break;
            }
        }
        Ok(())
    }

    /// One line of a collection by indentation.
    fn quick_line(&mut self) -> Read<Taken> {
        self.scanner.skip_to_token();
        if !self.scanner.is_at_line() {
            return Ok(false);
        }
        let column = self.scanner.indentation();
        let indent = self.scanner.indent;
        let byte = self.scanner.byte();
        if column < indent {
            self.quick_dedent();
            return Ok(true);
        }
        if column > indent {
            return Ok(false);
        }
        if self.state == State::BlockMappingKey {
            let Some(key) = self.scanner.quick_key() else { return Ok(false) };
            self.quick_value(key)?;
            return Ok(true);
        }
        if byte == b'-' {
            return self.quick_dash();
        }
        if self.state == State::IndentlessSequenceEntry {
            self.quick_dedent();
            return Ok(true);
        }
        Ok(false)
    }

    /// Closes the innermost collection.
    fn quick_dedent(&mut self) {
        if self.state != State::IndentlessSequenceEntry {
            self.scanner.pop_indent();
        }
        self.close();
        self.pop_state();
    }

    /// A list item, if a space follows its dash.
    fn quick_dash(&mut self) -> Read<Taken> {
        if self.scanner.byte_at(self.scanner.at + 1) != b' ' {
            return Ok(false);
        }
        self.scanner.after_dash();
        self.content_end = self.scanner.at;
        self.scanner.skip_spaces();
        let start = self.scanner.at;
        let line = self.scanner.line;
        match self.scanner.byte() {
            b'[' | b'{' => self.quick_flow_start()?,
            quote @ (b'"' | b'\'') => {
                let token = self.scanner.scan_quoted(quote == b'\'')?;
                if matches!(self.scanner.byte_ahead(), b'\n' | b'#') {
                    self.scanner.allowed = false;
                    self.scalar(token);
                } else {
                    self.scanner.at = start;
                    self.scanner.line = line;
                    self.item_after_dash()?;
                }
            }
            _ => self.quick_plain_item()?,
        }
        Ok(true)
    }

    fn quick_plain_item(&mut self) -> Read<()> {
        let column = self.scanner.indentation();
        if self.scanner.may_indent()
            && let Some(key) = self.scanner.quick_key()
        {
            return self.quick_mapping(key, column);
        }
        let plain = if self.scanner.starts_plain() { self.scanner.quick_plain() } else { None };
        match plain {
            Some(plain) => self.plain(plain),
            None => return self.item_after_dash(),
        }
        Ok(())
    }

    /// A mapping that starts with a key that has been taken.
    fn quick_mapping(&mut self, key: Plain, column: i64) -> Read<()> {
        self.states.push(self.state);
        self.open(EventKind::MappingStart, key.start, false);
        self.scanner.push_indent(column)?;
        self.state = State::BlockMappingKey;
        self.quick_value(key)
    }

    fn plain(&mut self, plain: Plain) {
        self.content_end = plain.end;
        self.count_node();
        self.push_event(Event::new(EventKind::Plain, span(plain.start, plain.end)));
    }

    /// A key whose colon has been taken, and its value. Goes on with the first key of a mapping that is the value.
    fn quick_value(&mut self, first: Plain) -> Read<()> {
        let mut key = first;
        loop {
            self.plain(key);
            self.content_end = key.end + 1;
            self.scanner.skip_spaces();
            match self.scanner.byte() {
                b'\n' | b'#' => match self.quick_value_below()? {
                    Some(below) => key = below,
                    None => return Ok(()),
                },
                quote @ (b'"' | b'\'') => {
                    let token = self.scanner.scan_quoted(quote == b'\'')?;
                    self.scalar(token);
                    return Ok(());
                }
                block @ (b'|' | b'>') => {
                    let token = self.scanner.scan_block_scalar(block == b'|')?;
                    self.scalar(token);
                    return Ok(());
                }
                b'[' | b'{' => return self.quick_flow_start(),
                _ => {
                    let plain = if self.scanner.starts_plain() { self.scanner.quick_plain() } else { None };
                    match plain {
                        Some(plain) => self.plain(plain),
                        None => return self.value_after_colon(),
                    }
                    return Ok(());
                }
            }
        }
    }

    /// A value on the lines below its key. The first key, taken, where it is a mapping.
    fn quick_value_below(&mut self) -> Read<Option<Plain>> {
        self.scanner.skip_to_token();
        let column = self.scanner.indentation();
        let indent = self.scanner.indent;
        if !self.scanner.is_at_line() || column < indent {
            // At the end of the text or behind it, too, the slow path has nothing to add but the end.
            if self.scanner.is_at_line() {
                self.empty_scalar();
                return Ok(None);
            }
            self.value_after_colon()?;
            return Ok(None);
        }
        if self.scanner.byte() == b'-' && self.scanner.byte_at(self.scanner.at + 1) == b' ' && self.scanner.may_indent()
        {
            self.states.push(State::BlockMappingKey);
            self.open(EventKind::SequenceStart, self.scanner.at, false);
            if column > indent {
                self.scanner.push_indent(column)?;
                self.state = State::BlockSequenceEntry;
            } else {
                self.state = State::IndentlessSequenceEntry;
            }
            return Ok(None);
        }
        if !self.scanner.may_indent() {
            self.value_after_colon()?;
            return Ok(None);
        }
        let Some(key) = self.scanner.quick_key() else {
            self.value_after_colon()?;
            return Ok(None);
        };
        if column == indent {
            self.empty_scalar();
        } else {
            self.states.push(State::BlockMappingKey);
            self.open(EventKind::MappingStart, key.start, false);
            self.scanner.push_indent(column)?;
        }
        Ok(Some(key))
    }

    fn quick_flow_start(&mut self) -> Read<()> {
        let start = self.scanner.at;
        let mapping = self.scanner.byte() == b'{';
        self.scanner.enter_flow()?;
        self.states.push(self.state);
        let kind = if mapping { EventKind::MappingStart } else { EventKind::SequenceStart };
        self.open(kind, start, true);
        self.content_end = self.scanner.at;
        self.state = if mapping { State::FlowMappingFirst } else { State::FlowSequenceFirst };
        Ok(())
    }

    fn quick_flow_end(&mut self) {
        self.scanner.leave_flow();
        self.content_end = self.scanner.at;
        self.close();
        self.pop_state();
    }

    /// Steps to the next entry of a flow collection. `None` where neither an entry nor the end stands there, and
    /// `Some(false)` where the end was taken.
    fn quick_separator(&mut self, first: bool, closing: u8) -> Option<bool> {
        self.scanner.skip_to_token();
        if self.scanner.byte() == closing {
            self.quick_flow_end();
            return Some(false);
        }
        if first {
            return Some(true);
        }
        if self.scanner.byte() != b',' {
            return None;
        }
        self.scanner.after_comma();
        self.content_end = self.scanner.at;
        self.scanner.skip_to_token();
        if self.scanner.byte() == closing {
            self.quick_flow_end();
            return Some(false);
        }
        Some(true)
    }

    fn quick_item(&mut self) -> Read<Taken> {
        match self.quick_separator(self.state == State::FlowSequenceFirst, b']') {
            None => return Ok(false),
            Some(false) => return Ok(true),
            Some(true) => {}
        }
        self.state = State::FlowSequenceEntry;
        let start = self.scanner.at;
        let line = self.scanner.line;
        match self.scanner.byte() {
            b'[' | b'{' => {
                self.quick_flow_start()?;
                return Ok(true);
            }
            quote @ (b'"' | b'\'') => {
                let token = self.scanner.scan_quoted(quote == b'\'')?;
                if matches!(self.scanner.byte_ahead(), b',' | b']') {
                    self.scanner.after_flow_scalar();
                    self.scalar(token);
                    return Ok(true);
                }
                self.scanner.at = start;
                self.scanner.line = line;
            }
            _ if self.scanner.starts_plain() => {
                if let Some(plain) = self.scanner.quick_flow_plain() {
                    self.plain(plain);
                    return Ok(true);
                }
            }
            _ => {}
        }
        let token = self.scanner.peek()?;
        self.flow_item(token)?;
        Ok(true)
    }

    fn quick_entry(&mut self) -> Read<Taken> {
        match self.quick_separator(self.state == State::FlowMappingFirst, b'}') {
            None => return Ok(false),
            Some(false) => return Ok(true),
            Some(true) => {}
        }
        self.state = State::FlowMappingKey;
        let start = self.scanner.at;
        let line = self.scanner.line;
        match self.scanner.byte() {
            quote @ (b'"' | b'\'') => {
                let token = self.scanner.scan_quoted(quote == b'\'')?;
                if self.scanner.take_colon_after(start) {
                    self.scalar(token);
                    return self.quick_flow_value();
                }
                self.scanner.at = start;
                self.scanner.line = line;
            }
            _ if self.scanner.starts_plain() => {
                if let Some(key) = self.scanner.quick_flow_key() {
                    self.plain(key);
                    return self.quick_flow_value();
                }
            }
            _ => {}
        }
        let token = self.scanner.peek()?;
        self.flow_entry(token)?;
        Ok(true)
    }

    /// The value behind a colon in flow style.
    fn quick_flow_value(&mut self) -> Read<Taken> {
        self.content_end = self.scanner.at;
        self.scanner.skip_spaces();
        if class(self.scanner.byte()) & (BLANK | BREAK) != 0 {
            self.scanner.skip_to_token();
        }
        match self.scanner.byte() {
            b'[' | b'{' => self.quick_flow_start()?,
            quote @ (b'"' | b'\'') => {
                let token = self.scanner.scan_quoted(quote == b'\'')?;
                self.scalar(token);
            }
            _ => {
                let plain = if self.scanner.starts_plain() { self.scanner.quick_flow_plain() } else { None };
                match plain {
                    Some(plain) => self.plain(plain),
                    None => self.flow_value_after_colon()?,
                }
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Parser, ParserMemory};
    use crate::yaml::scan::{Scanner, ScannerMemory};

    /// How many tokens a text is read by.
    fn tokens(text: &str) -> usize {
        let scanner = Scanner::new(text.as_bytes(), 0, ScannerMemory::default());
        let (outcome, scanner, _) = Parser::new(scanner, ParserMemory::default()).run();
        assert!(outcome.error.is_none(), "{text}");
        scanner.taken()
    }

    #[test]
    fn more_of_the_common_lines_take_no_more_tokens() {
        for [head, line, tail] in [
            ["a: 1\n", "b: c\n", ""],
            ["a: 1\n", "b:\n  c: d\n", ""],
            ["a: 1\n", "b:\n- c\n- d: e\n", ""],
            ["- a\n", "- b\n", ""],
            ["- a\n", "- b: c\n  d: e\n", ""],
            ["[a", ", b", "]\n"],
            ["{a: 1", ", b: c", "}\n"],
        ] {
            let [few, many] = [2, 20].map(|count| tokens(&format!("{head}{}{tail}", line.repeat(count))));
            assert_eq!(few, many, "{line}");
        }
    }
}
