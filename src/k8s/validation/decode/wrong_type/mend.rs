//! What was meant by a value of the wrong type, as far as it can only be one thing.

use crate::command::as_list;
use crate::diagnostic::Fix;
use crate::k8s::Path;
use crate::k8s::schema::Kind;
use crate::schedule::seconds_in;
use crate::yaml::{Kind as Found, New, Number, Style, Value};

/// How to write it, where the fix does not say so by itself, or there is none.
pub(super) fn help(value: Value<'_>, kind: Kind, path: &Path<'_>) -> Option<String> {
    match (kind, value.kind()) {
        (Kind::String, Found::Bool(_) | Found::Number(_)) => Some(format!("quote it: \"{}\"", value.source())),
        (Kind::String, Found::Mapping) if is_within_itself(path) => {
            Some("leave this key out, and write what is below it one level up".to_owned())
        }
        (Kind::String, Found::Mapping) => Some(format!("quote it: {:?}", as_text(value, path)?)),
        (Kind::List(Kind::Object(of)), Found::Mapping) if of.name() == "EnvVar" => {
            let name = value.entries().next().map_or("NAME", |entry| entry.key);
            Some(format!("write each variable as an item: `- name: {name}`, and `value:` below the name"))
        }
        (Kind::List(_), Found::Mapping) => Some("start every item with `- `".to_owned()),
        (Kind::List(Kind::String), Found::String(text)) if !text.trim().is_empty() => {
            Some(format!("write a list: {}", words(value, text)))
        }
        (Kind::Object(of), Found::String(text)) if of.name() == "EnvVar" => {
            let (name, value) = text.split_once('=')?;
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            is_name.then(|| format!("write `name: {name}`, and below it `value: {value:?}`"))
        }
        (Kind::Object(of), found @ (Found::String(_) | Found::Number(_))) => {
            let below = if matches!(path, Path::Index(..)) { "" } else { " below it" };
            Some(format!("write `{}: {}`{below}", only_key(of.name(), found)?, value.source()))
        }
        (Kind::Object(_) | Kind::Map(_), Found::Sequence) if value.items().len() == 1 => {
            Some("leave out the `- `: there is only one".to_owned())
        }
        (Kind::Map(Kind::String), _) => Some("write `key: value` pairs".to_owned()),
        (Kind::Int32 | Kind::Int64, Found::String(text)) => match number(text, path)? {
            Meant::Octal(digits) => {
                let decimal = u32::from_str_radix(&digits, 8).ok()?;
                Some(format!("write 0{digits} without quotes, which YAML reads as octal, or {decimal}"))
            }
            Meant::Seconds(seconds) => Some(format!("the field counts seconds: {seconds}")),
            Meant::Number(_) => None,
        },
        _ => None,
    }
}

/// Whether it is a key of a map by the map's own name: `labels` in `labels`.
fn is_within_itself(path: &Path<'_>) -> bool {
    matches!(path, Path::Key(map, key) if map.field_name() == Some(*key))
}

/// The change that leaves no doubt.
pub(super) fn fix(value: Value<'_>, kind: Kind, path: &Path<'_>) -> Option<Fix> {
    let plain = |text: &str| Fix::safe(format!("write {text}"), value.set(New::Plain(text)));
    match (kind, value.kind()) {
        (Kind::String, Found::Bool(_) | Found::Number(_)) if value.style() == Style::Plain => {
            Some(Fix::safe(format!("write \"{}\"", value.source()), value.set(New::String(value.source()))))
        }
        (Kind::Int32 | Kind::Int64, Found::String(text)) => match number(text, path)? {
            Meant::Octal(digits) => Some(plain(&format!("0{digits}"))),
            Meant::Seconds(number) | Meant::Number(number) => {
                (kind == Kind::Int64 || i32::try_from(number).is_ok()).then(|| plain(&number.to_string()))
            }
        },
        (Kind::Bool, Found::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some(plain("true")),
            "false" | "no" | "off" | "n" => Some(plain("false")),
            _ => None,
        },
        (Kind::Bool, Found::Number(Number::Int(number @ (0 | 1)))) => {
            Some(plain(if number == 1 { "true" } else { "false" }))
        }
        _ => None,
    }
}

/// What number a text means.
enum Meant {
    Number(i64),
    /// The octal digits of a file's mode, without the zero in front.
    Octal(String),
    Seconds(i64),
}

fn number(text: &str, path: &Path<'_>) -> Option<Meant> {
    let (text, field) = (text.trim(), path.field_name()?);
    if matches!(field, "mode" | "defaultMode") {
        // As kubectl prints usual modes: 0400, 0440, 0444, 0600, 0640, 0644, 0700, 0750, 0755, 0777.
        const DECIMAL: [&str; 10] = ["256", "288", "292", "384", "416", "420", "448", "488", "493", "511"];
        let decimal = DECIMAL.contains(&text).then(|| text.parse().ok().map(Meant::Number)).flatten();
        return decimal.or_else(|| mode(text).map(Meant::Octal));
    }
    if let Ok(number) = text.parse() {
        return Some(Meant::Number(number));
    }
    field.contains("Seconds").then(|| seconds_in(text).map(|seconds| Meant::Seconds(seconds.into())))?
}

/// A mode as people write it, `0644` or `644`; none that Kubernetes does not take.
fn mode(text: &str) -> Option<String> {
    let digits = text.strip_prefix("0o").unwrap_or(text).trim_start_matches('0');
    let is_mode = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    is_mode.then(|| digits.to_owned())
}

/// The key that an object is written with where only its value stands.
fn only_key(object: &str, found: Found<'_>) -> Option<&'static str> {
    match (object, found) {
        (
            "LocalObjectReference" | "ConfigMapEnvSource" | "SecretEnvSource" | "ConfigMapVolumeSource",
            Found::String(_),
        ) => Some("name"),
        ("SecretVolumeSource", Found::String(_)) => Some("secretName"),
        ("PersistentVolumeClaimVolumeSource", Found::String(_)) => Some("claimName"),
        ("ContainerPort", Found::Number(Number::Int(1..=65_535))) => Some("containerPort"),
        _ => None,
    }
}

/// The text of an item that YAML took for a mapping, because of a colon with a space behind it.
fn as_text<'a>(value: Value<'a>, path: &Path<'_>) -> Option<&'a str> {
    if !matches!(path, Path::Index(..)) {
        return None;
    }
    let source = value.source();
    let mut entries = value.entries();
    let (first, second) = (entries.next()?, entries.next());
    let is_line = source.is_ascii() && !source.contains(['\n', '\r', '"', '\\']) && !source.starts_with('{');
    (is_line && second.is_none() && !first.value.is_mapping() && !first.value.is_sequence()).then_some(source)
}

/// A command line as the list of its words; what is no command is one of them.
fn words(value: Value<'_>, text: &str) -> String {
    let is_command =
        value.parent().is_some_and(|parent| parent.get("command").is_some_and(|entry| entry.value.id() == value.id()));
    if is_command { as_list(text) } else { format!("[{text:?}]") }
}

#[cfg(test)]
mod tests {
    use super::mode;
    use crate::k8s::schema::Version;
    use crate::k8s::validation::check_value;
    use crate::yaml;

    #[test]
    fn what_has_no_name_is_no_variable() {
        let help = |item: &str| {
            let head = "kind: Job\napiVersion: batch/v1\nmetadata: {name: a}\nspec: {template: {spec: {";
            let text =
                format!("{head}restartPolicy: Never, containers: [{{name: a, image: a, env: [{item}]}}]}}}}}}\n");
            let verdict = check_value(yaml::parse(&text).documents[0].root().expect("it has a root"), Version::new(36));
            verdict.problems()[0].help.as_ref().map(|help| help.as_str().to_owned())
        };
        assert_eq!(help("A_1=x y").as_deref(), Some("write `name: A_1`, and below it `value: \"x y\"`"));
        assert_eq!([help("=x"), help("A-1=x"), help("A")], [None, None, None]);
    }

    #[test]
    fn modes_are_octal_whoever_quotes_them() {
        for (text, expected) in [("0400", "400"), ("0755", "755"), ("644", "644"), ("0o600", "600"), ("00444", "444")] {
            assert_eq!(mode(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "0", "0888", "rw-r--r--", "01777"] {
            assert_eq!(mode(text), None, "{text}");
        }
    }
}
