//! What prints: text/template's `print` and its kin, Sprig's quotes.

use super::format::{print, print_all, printf, quoted};
use super::{Arguments, Call, Function, Stop, Takes};
use crate::template::text::{Text, TextWriter};
use crate::template::value::{Kind, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("print", &[], |call, given| Ok(Value::text(print_all(given.all(), call)?)))
        .takes_unknown()
        .rest(Takes::Any),
    Function::new("printf", &[Takes::Text], |call, given| {
        Ok(Value::text(printf(&given.text(0), given.from(1), call)?))
    })
    .takes_unknown()
    .rest(Takes::Any),
    Function::new("println", &[], println).takes_unknown().rest(Takes::Any),
    Function::new("html", &[], |call, given| escaped(call, given, html)).rest(Takes::Any),
    Function::new("js", &[], |call, given| escaped(call, given, js)).rest(Takes::Any),
    Function::new("urlquery", &[], |call, given| escaped(call, given, url_query)).rest(Takes::Any),
    Function::new("quote", &[], |call, given| quotes(call, given, quoted)).takes_unknown().rest(Takes::Any),
    Function::new("squote", &[], |call, given| quotes(call, given, single_quoted)).takes_unknown().rest(Takes::Any),
    Function::new("cat", &[], |call, given| quotes(call, given, Text::clone)).takes_unknown().rest(Takes::Any),
    Function::new("toString", &[Takes::Any], |call, given| Ok(Value::text(print(given.value(0), call)?)))
        .takes_unknown(),
];

fn println(call: &mut Call<'_>, given: &Arguments<'_>) -> Result<Value, Stop> {
    let mut writer = TextWriter::default();
    for (at, value) in given.all().iter().enumerate() {
        writer.push_computed(if at > 0 { " " } else { "" });
        writer.push_text(&print(value, call)?);
    }
    writer.push_computed("\n");
    Ok(Value::text(writer.finish()))
}

/// Each value that is not nil, printed and treated, with a blank between two.
fn quotes(call: &mut Call<'_>, given: &Arguments<'_>, treat: fn(&Text) -> Text) -> Result<Value, Stop> {
    let mut writer = TextWriter::default();
    for (at, value) in given.all().iter().filter(|value| !value.is_nil()).enumerate() {
        writer.push_computed(if at > 0 { " " } else { "" });
        writer.push_text(&treat(&print(value, call)?));
    }
    Ok(Value::text(writer.finish()))
}

fn single_quoted(text: &Text) -> Text {
    let mut writer = TextWriter::default();
    writer.push_computed("'");
    writer.push_text(text);
    writer.push_computed("'");
    writer.finish()
}

/// The values printed as `print` does, with nil as templates print it, and characters escaped.
fn escaped(call: &mut Call<'_>, given: &Arguments<'_>, escape: fn(char) -> Option<String>) -> Result<Value, Stop> {
    let named = |value: &Value| if value.is_nil() { Value::computed("<no value>") } else { value.clone() };
    let values: Vec<Value> = given.all().iter().map(named).collect();
    let text = match values.as_slice() {
        [Value { kind: Kind::Text(text), .. }] => text.clone(),
        values => print_all(values, call)?,
    };
    let string = text.as_str();
    call.spend(string.len() * 3)?;
    let mut writer = TextWriter::default();
    let mut from = 0;
    for (at, char) in string.char_indices() {
        if let Some(escape) = escape(char) {
            writer.push_slice(&text, from..at);
            writer.push_computed(&escape);
            from = at + char.len_utf8();
        }
    }
    writer.push_slice(&text, from..string.len());
    Ok(Value::text(writer.finish()))
}

fn html(char: char) -> Option<String> {
    let escape = match char {
        '"' => "&#34;",
        '\'' => "&#39;",
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\0' => "\u{fffd}",
        _ => return None,
    };
    Some(escape.to_owned())
}

fn js(char: char) -> Option<String> {
    match char {
        '\\' | '\'' | '"' => Some(format!("\\{char}")),
        '<' | '>' | '&' | '=' | '\0'..='\u{1f}' => Some(format!("\\u{:04X}", char as u32)),
        _ if super::format::is_printed(char) => None,
        _ => Some(format!("\\u{:04X}", char as u32)),
    }
}

fn url_query(char: char) -> Option<String> {
    match char {
        ' ' => Some("+".to_owned()),
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '~' => None,
        _ => Some(char.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect()),
    }
}
