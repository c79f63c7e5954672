//! Values as Go's package `fmt` prints them, with the origin of what is printed.

mod directive;
mod float;
mod integer;
mod quoted;

pub(super) use directive::printf;
pub(super) use float::general;
pub(super) use quoted::{is_printed, quoted};

use super::{Call, Stop};
use crate::template::origin::Origin;
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Kind, Value};
use float::Float;
use integer::Integer;

/// A value as an action prints it, and `%v`: `map[a:1 b:[x y]]`, `1e+07`, `<nil>`.
pub(crate) fn print(value: &Value, call: &mut Call<'_>) -> Result<Text, Stop> {
    if let Kind::Text(text) = &value.kind {
        return Ok(text.clone());
    }
    let mut printer = Printer::new(call);
    printer.value(value, 'v', Flags::default())?;
    Ok(printer.out.finish())
}

/// Values one behind the other as `print` prints them: a blank between two that are no strings.
pub(super) fn print_all(values: &[Value], call: &mut Call<'_>) -> Result<Text, Stop> {
    let mut printer = Printer::new(call);
    let is_text = |value: &Value| matches!(value.kind, Kind::Text(_));
    for (at, value) in values.iter().enumerate() {
        if at > 0 && !is_text(value) && !is_text(&values[at - 1]) {
            printer.out.push_computed(" ");
        }
        printer.value(value, 'v', Flags::default())?;
    }
    Ok(printer.out.finish())
}

/// What stands between the percent sign and the verb.
#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    width: Option<usize>,
    precision: Option<usize>,
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    /// `%#v`: as Go's source would write it.
    as_source: bool,
}

/// How deep values may lie in each other.
const DEEPEST: usize = 500;

struct Printer<'c, 'r> {
    out: TextWriter,
    call: &'c mut Call<'r>,
    depth: usize,
}

impl<'c, 'r> Printer<'c, 'r> {
    fn new(call: &'c mut Call<'r>) -> Self {
        Self { out: TextWriter::default(), call, depth: 0 }
    }

    fn value(&mut self, value: &Value, verb: char, flags: Flags) -> Result<(), Stop> {
        self.call.spend(16)?;
        let origin = value.origin();
        match &value.kind {
            Kind::Nil if verb == 'v' => self.padded(&Text::computed("<nil>"), flags),
            Kind::Bool(bool) if matches!(verb, 't' | 'v') => {
                self.padded(&Text::of(if *bool { "true" } else { "false" }, origin), flags)
            }
            Kind::Int(int) | Kind::Int64(int) => match (Integer { value: *int, flags }).print(verb) {
                Some(printed) => self.padded(&Text::of(&printed, origin), flags),
                None => self.bad_verb(value, verb, flags),
            },
            Kind::Float(float) => match (Float { value: *float, flags }).print(verb) {
                Some(printed) => self.padded(&Text::of(&printed, origin), flags),
                None => self.bad_verb(value, verb, flags),
            },
            Kind::Text(text) => self.text(value, text, verb, flags),
            Kind::List(_) | Kind::Map(_) => self.collection(value, verb, flags),
            Kind::Object(object) if matches!(verb, 'v' | 's') => self.padded(&object.printed, flags),
            Kind::Unknown(_) => self.padded(&Value::hole(), flags),
            _ => self.bad_verb(value, verb, flags),
        }
    }

    fn text(&mut self, value: &Value, text: &Text, verb: char, flags: Flags) -> Result<(), Stop> {
        self.call.spend(text.as_str().len())?;
        match verb {
            'v' if flags.as_source => self.padded(&quoted(text), Flags { sharp: false, ..flags }),
            'v' | 's' => self.padded(&cut(text, flags), flags),
            'q' => self.padded(&quoted::by(&cut(text, flags), flags), flags),
            'x' | 'X' => {
                let hex = integer::hex(text.as_str().as_bytes(), verb == 'X', flags);
                self.padded(&Text::computed(&hex), flags)
            }
            _ => self.bad_verb(value, verb, flags),
        }
    }

    fn collection(&mut self, value: &Value, verb: char, flags: Flags) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Stop::TooMuch);
        }
        let (open, between, close) = match (&value.kind, flags.as_source) {
            (_, true) => (format!("{}{{", value.type_name()), ", ", "}"),
            (Kind::Map(_), false) => ("map[".to_owned(), " ", "]"),
            _ => ("[".to_owned(), " ", "]"),
        };
        self.out.push_computed(&open);
        match &value.kind {
            Kind::Map(map) => {
                for (at, (key, item)) in map.entries().into_iter().enumerate() {
                    self.out.push_computed(if at > 0 { between } else { "" });
                    self.value(&Value::text(key), verb, flags)?;
                    self.out.push_computed(":");
                    self.item(&item, verb, flags)?;
                }
            }
            Kind::List(list) => {
                for (at, item) in list.iter().enumerate() {
                    self.out.push_computed(if at > 0 { between } else { "" });
                    self.item(item, verb, flags)?;
                }
            }
            _ => {}
        }
        self.out.push_computed(close);
        self.depth -= 1;
        Ok(())
    }

    /// An item of a collection: Go knows its type, so that nil is no bad argument there.
    fn item(&mut self, item: &Value, verb: char, flags: Flags) -> Result<(), Stop> {
        match item.kind {
            Kind::Nil => {
                self.out.push_computed(if flags.as_source { "interface {}(nil)" } else { "<nil>" });
                Ok(())
            }
            _ => self.value(item, verb, flags),
        }
    }

    /// `%!d(string=text)`
    fn bad_verb(&mut self, value: &Value, verb: char, flags: Flags) -> Result<(), Stop> {
        self.out.push_computed(&format!("%!{verb}("));
        if value.is_nil() {
            self.out.push_computed("<nil>");
        } else {
            self.out.push_computed(&format!("{}=", value.type_name()));
            self.value(value, 'v', flags)?;
        }
        self.out.push_computed(")");
        Ok(())
    }

    /// A text with blanks or zeros around it, as wide as is asked for.
    fn padded(&mut self, text: &Text, flags: Flags) -> Result<(), Stop> {
        let missing = flags.width.unwrap_or(0).saturating_sub(text.as_str().chars().count());
        self.call.spend(missing)?;
        let padding = if flags.zero && !flags.minus { "0" } else { " " }.repeat(missing);
        if flags.minus {
            self.out.push_text(text);
            self.out.push_computed(&padding);
        } else {
            self.out.push(&padding, Origin::COMPUTED);
            self.out.push_text(text);
        }
        Ok(())
    }
}

/// So many characters of a text as the precision says.
fn cut(text: &Text, flags: Flags) -> Text {
    let end = flags.precision.and_then(|count| text.as_str().char_indices().nth(count));
    end.map_or_else(|| text.clone(), |(end, _)| text.slice(0..end))
}
