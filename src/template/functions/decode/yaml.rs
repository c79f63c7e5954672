//! YAML out of a text, whose bytes keep their origin.

use crate::template::functions::{Call, Stop};
use crate::template::origin::Provenance;
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Value};
use crate::text::Span;
use crate::yaml::{self, Document};

/// How deep values may lie in each other.
const DEEPEST: usize = 100;

/// What the text says, as helm reads it: through JSON, so that every number is a float. The error is go-yaml's, whose
/// words nobody knows here.
pub(super) fn read(text: &Text, call: &mut Call<'_>) -> Result<Result<Value, Value>, Stop> {
    call.spend(text.as_str().len() * 4)?;
    let file = yaml::parse_as_server(text.as_str());
    if !file.errors.is_empty() {
        return Ok(Err(Value::unknown()));
    }
    let Some(root) = file.documents.first().and_then(Document::root) else { return Ok(Ok(Value::NIL)) };
    Reader { text, call }.value(root, 0).map(Ok)
}

struct Reader<'t, 'c, 'r> {
    text: &'t Text,
    call: &'c mut Call<'r>,
}

impl Reader<'_, '_, '_> {
    fn value(&mut self, value: yaml::Value<'_>, depth: usize) -> Result<Value, Stop> {
        self.call.spend(16)?;
        if depth > DEEPEST {
            return Err(Stop::TooMuch);
        }
        let is_scalar = !value.is_mapping() && !value.is_sequence();
        let mut runs = self.text.within(value.span().range());
        if is_scalar && runs.any(|(_, origin)| origin.source == Provenance::Hole) {
            return Ok(Value::unknown());
        }
        let kind = match value.kind() {
            yaml::Kind::Null => Kind::Nil,
            yaml::Kind::Unknown => return Ok(Value::unknown()),
            yaml::Kind::Bool(bool) => Kind::Bool(bool),
            yaml::Kind::Number(number) => Kind::Float(number.as_f64()),
            yaml::Kind::String(string) => Kind::Text(self.text(string, value.span())),
            yaml::Kind::Sequence => {
                let items: Result<Vec<Value>, Stop> = value.items().map(|item| self.value(item, depth + 1)).collect();
                return Ok(Value::list(items?));
            }
            yaml::Kind::Mapping => {
                let map = Map::default();
                for entry in value.entries() {
                    map.insert(self.text(entry.key, entry.key_span), self.value(entry.value, depth + 1)?);
                }
                return Ok(Value::map(map));
            }
        };
        Ok(Value { kind, node: self.node(value.span()) })
    }

    /// A string with the origins of the bytes that say it, where they say it letter by letter.
    fn text(&self, string: &str, span: Span) -> Text {
        let written = self.text.as_str().get(span.range()).unwrap_or_default();
        // Between quotes, at the most.
        let at = written.len().checked_sub(string.len()).filter(|rest| *rest <= 2 && !string.is_empty());
        let at = at.and_then(|rest| (0..=rest).find(|at| written.as_bytes()[*at..].starts_with(string.as_bytes())));
        match at {
            Some(at) => {
                let start = span.range().start + at;
                self.text.slice(start..start + string.len())
            }
            None => Text::computed(string),
        }
    }

    /// The node whose scalar was printed here, if it is one.
    fn node(&self, span: Span) -> Option<crate::template::origin::NodeId> {
        let mut runs = self.text.within(span.range());
        match (runs.next()?.1.source, runs.next()) {
            (Provenance::Value { node, skip: 0 }, None) => Some(node),
            _ => None,
        }
    }
}
