//! `printf`: a format, and the arguments in it.

use super::{Flags, Printer, print};
use crate::template::functions::{Call, Stop};
use crate::template::text::Text;
use crate::template::value::{Kind, Value};

/// Go's `Sprintf`, with what it prints for arguments that do not fit.
pub(in crate::template::functions) fn printf(
    format: &Text,
    arguments: &[Value],
    call: &mut Call<'_>,
) -> Result<Text, Stop> {
    call.spend(format.as_str().len())?;
    let mut formatter =
        Formatter { format, arguments, printer: Printer::new(call), at: 0, next: 0, reordered: false, good: true };
    formatter.run()?;
    Ok(formatter.printer.out.finish())
}

struct Formatter<'a, 'c, 'r> {
    format: &'a Text,
    arguments: &'a [Value],
    printer: Printer<'c, 'r>,
    /// Where in the format it is.
    at: usize,
    /// The argument that is next.
    next: usize,
    /// Whether an argument was named by its number anywhere.
    reordered: bool,
    /// Whether the numbers of this directive make sense.
    good: bool,
}

/// Widths and precisions are at most this.
const WIDEST: i64 = 1_000_000;

impl Formatter<'_, '_, '_> {
    fn run(&mut self) -> Result<(), Stop> {
        let format = self.format.clone();
        let string = format.as_str();
        while self.at < string.len() {
            let end = string[self.at..].find('%').map_or(string.len(), |found| self.at + found);
            self.printer.out.push_slice(&format, self.at..end);
            self.at = end;
            if end < string.len() {
                self.at += 1;
                self.directive()?;
            }
        }
        if !self.reordered && self.next < self.arguments.len() {
            self.extra()?;
        }
        Ok(())
    }

    fn directive(&mut self) -> Result<(), Stop> {
        self.good = true;
        let mut flags = self.flags();
        let mut after_index = self.index();
        after_index = self.width(&mut flags, after_index)?;
        after_index = self.precision(&mut flags, after_index)?;
        if !after_index {
            self.index();
        }
        let Some(verb) = self.rest().chars().next() else {
            self.printer.out.push_computed("%!(NOVERB)");
            return Ok(());
        };
        self.at += verb.len_utf8();
        self.verb(verb, flags)
    }

    fn rest(&self) -> &str {
        self.format.as_str().get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, char: char) -> bool {
        let is_there = self.rest().starts_with(char);
        self.at += usize::from(is_there);
        is_there
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            match self.rest().as_bytes().first() {
                Some(b'#') => flags.sharp = true,
                Some(b'0') => flags.zero = true,
                Some(b'+') => flags.plus = true,
                Some(b'-') => flags.minus = true,
                Some(b' ') => flags.space = true,
                _ => return flags,
            }
            self.at += 1;
        }
    }

    /// `[2]`: the number of the argument that is next. Whether there is one.
    fn index(&mut self) -> bool {
        if !self.rest().starts_with('[') {
            return false;
        }
        self.reordered = true;
        let inside = &self.rest()[1..];
        let Some(length) = inside.find(']') else {
            self.good = false;
            self.at += 1;
            return false;
        };
        let number = inside[..length].parse::<usize>().ok().filter(|_| !inside.starts_with('+'));
        self.at += length + 2;
        match number {
            Some(number @ 1..) if number <= self.arguments.len() => self.next = number - 1,
            Some(_) => self.good = false,
            None => {
                self.good = false;
                return false;
            }
        }
        true
    }

    fn width(&mut self, flags: &mut Flags, after_index: bool) -> Result<bool, Stop> {
        if !self.take('*') {
            flags.width = self.number();
            self.good &= !(after_index && flags.width.is_some());
            return Ok(after_index);
        }
        match self.counted() {
            Some(width) => {
                flags.minus |= width < 0;
                flags.width = Some(width.unsigned_abs() as usize);
            }
            None => self.printer.out.push_computed("%!(BADWIDTH)"),
        }
        Ok(false)
    }

    fn precision(&mut self, flags: &mut Flags, after_index: bool) -> Result<bool, Stop> {
        if !self.take('.') {
            return Ok(after_index);
        }
        self.good &= !after_index;
        let after_index = self.index();
        if !self.take('*') {
            flags.precision = Some(self.number().unwrap_or(0));
            return Ok(after_index);
        }
        match self.counted() {
            Some(precision @ 0..) => flags.precision = Some(precision as usize),
            _ => self.printer.out.push_computed("%!(BADPREC)"),
        }
        Ok(false)
    }

    fn number(&mut self) -> Option<usize> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok().filter(|&number: &i64| number <= WIDEST);
        self.at += digits;
        number.map(|number| number as usize)
    }

    /// The next argument as a width.
    fn counted(&mut self) -> Option<i64> {
        let argument = self.arguments.get(self.next)?;
        self.next += 1;
        match argument.kind {
            Kind::Int(int) | Kind::Int64(int) if int.abs() <= WIDEST => Some(int),
            _ => None,
        }
    }

    fn verb(&mut self, verb: char, mut flags: Flags) -> Result<(), Stop> {
        let argument = match self.arguments.get(self.next) {
            _ if verb == '%' => {
                self.printer.out.push_computed("%");
                return Ok(());
            }
            _ if !self.good => {
                self.printer.out.push_computed(&format!("%!{verb}(BADINDEX)"));
                return Ok(());
            }
            None => {
                self.printer.out.push_computed(&format!("%!{verb}(MISSING)"));
                return Ok(());
            }
            Some(argument) => argument,
        };
        self.next += 1;
        if verb == 'v' {
            flags.as_source = flags.sharp;
            flags.sharp = false;
            flags.plus = false;
        }
        if verb == 'T' {
            return self.printer.padded(&Text::computed(argument.type_name()), flags);
        }
        self.printer.value(argument, verb, flags)
    }

    fn extra(&mut self) -> Result<(), Stop> {
        self.printer.out.push_computed("%!(EXTRA ");
        for (at, argument) in self.arguments[self.next..].iter().enumerate() {
            self.printer.out.push_computed(if at > 0 { ", " } else { "" });
            if argument.is_nil() {
                self.printer.out.push_computed("<nil>");
                continue;
            }
            self.printer.out.push_computed(&format!("{}=", argument.type_name()));
            let printed = print(argument, self.printer.call)?;
            self.printer.out.push_text(&printed);
        }
        self.printer.out.push_computed(")");
        Ok(())
    }
}
