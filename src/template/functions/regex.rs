//! Sprig's functions on regular expressions, in the syntax of Go's.

mod class;
mod flaw;
mod syntax;

use std::cell::RefCell;
use std::rc::Rc;

use ::regex::{Captures, Regex};

use super::format::quoted;
use super::text::texts;
use super::{Arguments, Call, Function, Stop, Takes};
use crate::hash::HashMap;
use crate::template::text::{Text, TextWriter};
use crate::template::value::Value;
use flaw::Flaw;
use syntax::translated;

use Takes::{Int, Text as Str};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("regexMatch", &[Str, Str], |call, given| match with(call, given, panics, matches) {
        Err(Stop::Failed(_)) => Ok(Value::bool(false)),
        matched => matched,
    }),
    Function::new("mustRegexMatch", &[Str, Str], |call, given| with(call, given, must, matches)),
    Function::new("regexFind", &[Str, Str], |call, given| with(call, given, panics, find)),
    Function::new("mustRegexFind", &[Str, Str], |call, given| with(call, given, must, find)),
    Function::new("regexFindAll", &[Str, Str, Int], |call, given| with(call, given, panics, find_all)),
    Function::new("mustRegexFindAll", &[Str, Str, Int], |call, given| with(call, given, must, find_all)),
    Function::new("regexReplaceAll", &[Str, Str, Str], |call, given| with(call, given, panics, replace)),
    Function::new("mustRegexReplaceAll", &[Str, Str, Str], |call, given| with(call, given, must, replace)),
    Function::new("regexReplaceAllLiteral", &[Str, Str, Str], |call, given| {
        with(call, given, panics, replace_literally)
    }),
    Function::new("mustRegexReplaceAllLiteral", &[Str, Str, Str], |call, given| {
        with(call, given, must, replace_literally)
    }),
    Function::new("regexSplit", &[Str, Str, Int], |call, given| with(call, given, panics, split)),
    Function::new("mustRegexSplit", &[Str, Str, Int], |call, given| with(call, given, must, split)),
    Function::new("regexQuoteMeta", &[Str], |_, given| {
        let escaped =
            |char: char| if r"\.+*?()|[]{}^$".contains(char) { format!("\\{char}") } else { char.to_string() };
        Ok(Value::computed(&given.text(0).as_str().chars().map(escaped).collect::<String>()))
    }),
];

/// An expression that Go compiles, too.
struct Compiled {
    regex: Regex,
    /// The names of the groups, by their number.
    names: Vec<Option<String>>,
}

/// How many expressions are kept.
const KEPT: usize = 100;

thread_local! {
    /// Templates use few expressions, and each again and again.
    static COMPILED: RefCell<HashMap<String, Rc<Compiled>>> = RefCell::default();
}

impl Compiled {
    /// The expression; `None` where it is right, and larger than anybody has room for here.
    fn of(expression: &str) -> Result<Option<Rc<Self>>, Flaw> {
        if let Some(compiled) = COMPILED.with_borrow(|kept| kept.get(expression).cloned()) {
            return Ok(Some(compiled));
        }
        let (translated, names) = translated(expression)?;
        let Ok(regex) = Regex::new(&translated) else { return Ok(None) };
        let compiled = Rc::new(Self { regex, names });
        COMPILED.with_borrow_mut(|kept| {
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(expression.to_owned(), Rc::clone(&compiled));
        });
        Ok(Some(compiled))
    }
}

/// What is said of an expression that Go does not compile.
type Refusal = fn(&Text, &Flaw) -> Stop;

fn must(_: &Text, flaw: &Flaw) -> Stop {
    Stop::failed(format!("error parsing regexp: {flaw}"))
}

fn panics(expression: &Text, flaw: &Flaw) -> Stop {
    let string = expression.as_str();
    let stands = !string.contains(|char: char| char == '`' || char < ' ' && char != '\t' || char == '\u{7f}');
    let shown = if stands { format!("`{string}`") } else { quoted(expression).as_str().to_owned() };
    Stop::failed(format!("regexp: Compile({shown}): error parsing regexp: {flaw}"))
}

type Use = fn(&Compiled, &Arguments<'_>, &mut Call<'_>) -> Result<Value, Stop>;

fn with(call: &mut Call<'_>, given: &Arguments<'_>, refuse: Refusal, using: Use) -> Result<Value, Stop> {
    let expression = given.text(0);
    call.spend(expression.as_str().len() * 10 + given.text(1).as_str().len())?;
    match Compiled::of(expression.as_str()) {
        Ok(Some(compiled)) => using(&compiled, given, call),
        Ok(None) => Ok(Value::unknown()),
        Err(flaw) => Err(refuse(&expression, &flaw)),
    }
}

fn matches(compiled: &Compiled, given: &Arguments<'_>, _: &mut Call<'_>) -> Result<Value, Stop> {
    Ok(Value::bool(compiled.regex.is_match(given.text(1).as_str())))
}

fn find(compiled: &Compiled, given: &Arguments<'_>, _: &mut Call<'_>) -> Result<Value, Stop> {
    let text = given.text(1);
    let found = compiled.regex.find(text.as_str());
    Ok(found.map_or_else(|| Value::computed(""), |found| Value::text(text.slice(found.range()))))
}

fn find_all(compiled: &Compiled, given: &Arguments<'_>, call: &mut Call<'_>) -> Result<Value, Stop> {
    let text = given.text(1);
    call.spend(text.as_str().len() * 16)?;
    let found = compiled.regex.find_iter(text.as_str()).take(limit(given.int(2)));
    Ok(texts(found.map(|found| text.slice(found.range())).collect()))
}

/// Go takes a negative number for no limit.
fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn replace(compiled: &Compiled, given: &Arguments<'_>, call: &mut Call<'_>) -> Result<Value, Stop> {
    let template = given.text(2);
    replaced(compiled, given, call, |captures, call| {
        let expanded = compiled.expanded(template.as_str(), captures);
        call.spend(expanded.len())?;
        Ok(expanded)
    })
}

fn replace_literally(compiled: &Compiled, given: &Arguments<'_>, call: &mut Call<'_>) -> Result<Value, Stop> {
    let replacement = given.text(2);
    replaced(compiled, given, call, |_, call| {
        call.spend(replacement.as_str().len())?;
        Ok(replacement.as_str().to_owned())
    })
}

fn replaced(
    compiled: &Compiled,
    given: &Arguments<'_>,
    call: &mut Call<'_>,
    replacement: impl Fn(&Captures<'_>, &mut Call<'_>) -> Result<String, Stop>,
) -> Result<Value, Stop> {
    let text = given.text(1);
    let mut writer = TextWriter::default();
    let mut from = 0;
    for captures in compiled.regex.captures_iter(text.as_str()) {
        let range = captures.get_match().range();
        writer.push_slice(&text, from..range.start);
        writer.push_computed(&replacement(&captures, call)?);
        from = range.end;
    }
    writer.push_slice(&text, from..text.as_str().len());
    Ok(Value::text(writer.finish()))
}

impl Compiled {
    /// A replacement with `$1`, `${name}` and `$$` filled in; a name is as long as it can be.
    fn expanded(&self, template: &str, captures: &Captures<'_>) -> String {
        let mut expanded = String::new();
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            expanded.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                expanded.push('$');
                rest = after;
            } else if let Some((name, after)) = reference(rest) {
                expanded.push_str(self.group(name, captures).unwrap_or_default());
                rest = after;
            } else {
                expanded.push('$');
            }
        }
        expanded.push_str(rest);
        expanded
    }

    fn group<'t>(&self, name: &str, captures: &Captures<'t>) -> Option<&'t str> {
        let number = if name.bytes().all(|byte| byte.is_ascii_digit()) {
            name.parse().ok()
        } else {
            self.names.iter().position(|known| known.as_deref() == Some(name))
        };
        Some(captures.get(number?)?.as_str())
    }
}

/// The name of a group behind a `$`, and what follows.
fn reference(text: &str) -> Option<(&str, &str)> {
    let (inside, is_braced) = text.strip_prefix('{').map_or((text, false), |inside| (inside, true));
    let end = inside.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(inside.len());
    let (name, after) = inside.split_at(end);
    let after = if is_braced { after.strip_prefix('}')? } else { after };
    (!name.is_empty()).then_some((name, after))
}

fn split(compiled: &Compiled, given: &Arguments<'_>, call: &mut Call<'_>) -> Result<Value, Stop> {
    let (text, count) = (given.text(1), given.int(2));
    let string = text.as_str();
    call.spend(string.len() * 16)?;
    if count == 0 {
        return Ok(texts(Vec::new()));
    }
    if string.is_empty() && !given.text(0).as_str().is_empty() {
        return Ok(texts(vec![Text::default()]));
    }
    let mut parts = Vec::new();
    let (mut from, mut end) = (0, 0);
    for found in compiled.regex.find_iter(string).take(limit(count)) {
        if count > 0 && parts.len() as i64 == count - 1 {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(text.slice(from..end));
        }
        from = found.end();
    }
    if end != string.len() {
        parts.push(text.slice(from..string.len()));
    }
    Ok(texts(parts))
}
