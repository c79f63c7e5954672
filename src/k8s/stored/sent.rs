//! A document as the object that kubectl makes of it, and sends.

use serde_json::Value as Json;

use super::Object;
use crate::yaml::{Kind, Number, Value, read};

/// An object as kubectl sends it.
pub(crate) struct Sent {
    pub(crate) object: Object,
    /// How many bytes it takes at the most, whoever writes it as JSON.
    pub(crate) length: usize,
}

/// Objects and lists within each other: anything deeper is no object of Kubernetes.
const DEEPEST: usize = 127;

/// What a value says, as kubectl sends it; `None` where it is no object, or nested deeper than anything is.
pub(crate) fn sent(root: Value<'_>) -> Option<Sent> {
    let mut length = 0;
    match json(root, DEEPEST, &mut length)? {
        Json::Object(object) => Some(Sent { object, length }),
        _ => None,
    }
}

fn json(value: Value<'_>, room: usize, length: &mut usize) -> Option<Json> {
    // With what stands around a value, and for the longest number.
    *length += 32;
    Some(match value.kind() {
        Kind::Null | Kind::Unknown => Json::Null,
        Kind::Bool(value) => value.into(),
        Kind::Number(Number::Int(number)) => number.into(),
        Kind::Number(Number::Uint(number)) => number.into(),
        Kind::Number(_) => {
            let mut text = String::new();
            read::write_json(value, &mut text);
            serde_json::from_str(&text).ok()?
        }
        Kind::String(text) => {
            *length += most_of(text);
            text.into()
        }
        Kind::Sequence => {
            let room = room.checked_sub(1)?;
            Json::Array(value.items().map(|item| json(item, room, length)).collect::<Option<_>>()?)
        }
        Kind::Mapping => {
            let room = room.checked_sub(1)?;
            let mut object = Object::new();
            // Of keys that are the same, the later one stays.
            for entry in value.entries() {
                *length += most_of(entry.key);
                object.insert(entry.key.to_owned(), json(entry.value, room, length)?);
            }
            Json::Object(object)
        }
    })
}

/// How long a text is, written as JSON, at the most: a control character is `\u0000`.
const fn most_of(text: &str) -> usize {
    6 * text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::{DEEPEST, sent};
    use crate::yaml::{self, read};

    #[test]
    fn it_is_what_the_json_says_that_kubectl_writes() {
        for text in [
            "a: 1\nb: -1\nc: 18446744073709551615\nd: 1.5\ne: 1e3\nf: 1e21\ng: 0.1\nh: 1e400\ni: 6.0\n",
            "a: [x, \"y\", null, ~, true, no]\nb: {c: {d: []}}\n1: x\ntrue: y\n",
            "a: &a {b: 1, c: \"\\u0000<>&\\n\"}\nd: {<<: *a, b: 2}\n",
            "{\"a\": 1, \"b\": 1.0, \"c\": 1E2, \"d\": \"\\u00e9\", \"e\": 12345678901234567890123}",
            "a: 1\na: 2\n",
        ] {
            let file = yaml::parse(text);
            let root = file.documents[0].root().expect("it has a root");
            let mut written = String::new();
            read::write_json(root, &mut written);
            let sent = sent(root).expect("it is an object");
            let object = Json::from(sent.object);
            assert_eq!(Some(&object), serde_json::from_str(&written).ok().as_ref(), "{text}");
            assert!(sent.length >= written.len().max(object.to_string().len()), "{text}");
        }
    }

    #[test]
    fn what_is_nested_deeper_than_anything_is_none() {
        let nested = |depth: usize| format!("{}1{}", "{\"a\": ".repeat(depth), "}".repeat(depth));
        let is_one = |text: &str| sent(yaml::parse(text).documents[0].root().expect("it has a root")).is_some();
        assert!(is_one(&nested(DEEPEST)) && !is_one(&nested(DEEPEST + 1)));
        assert!(!is_one("[1]"));
    }
}
