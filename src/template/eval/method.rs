//! Methods of what helm gives to templates: files, versions.

use super::call::Arguments;
use super::{Engine, Frame, Run};
use crate::template::text::Text;
use crate::template::value::{Kind, Map, Object, Value};
use crate::text::Span;

impl Engine {
    pub(super) fn method<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Value,
        (receiver, name, span): (&Value, &str, Span),
        arguments: Arguments<'t>,
    ) -> Run<Value> {
        let values = self.arguments(frame, dot, arguments)?;
        let Kind::Object(object) = &receiver.kind else { return Ok(Value::NIL) };
        let wanted = usize::from(!matches!(name, "AsConfig" | "AsSecrets" | "String" | "GitVersion"));
        if values.len() != wanted {
            let got = values.len();
            return frame.error(span, format!("wrong number of args for {name}: want {wanted} got {got}"));
        }
        let word = match values.first().map(|value| &value.kind) {
            None => "",
            Some(Kind::Text(text)) => text.as_str(),
            Some(Kind::Unknown(_)) => return Ok(Value::unknown()),
            Some(Kind::Nil) => return frame.error(span, "invalid value; expected string"),
            Some(_) => {
                let got = values[0].type_name();
                return frame.error(span, format!("wrong type for value; expected string; got {got}"));
            }
        };
        match name {
            "AsConfig" => self.written_once(&Value::map(object.fields.clone()), |engine| {
                engine.called_by_name(frame, ("toYaml", span), &[Value::map(by_base_name(object))])
            }),
            "AsSecrets" => {
                let encoded = by_base_name(object);
                for (key, value) in encoded.entries() {
                    encoded.insert(key, self.called_by_name(frame, ("b64enc", span), &[value])?);
                }
                self.called_by_name(frame, ("toYaml", span), &[Value::map(encoded)])
            }
            _ => Ok(object.answer(name, word)),
        }
    }
}

fn by_base_name(files: &Object) -> Map {
    let base = |name: Text| name.part(name.as_str().rsplit('/').next().unwrap_or_default());
    files.fields.entries().into_iter().map(|(name, text)| (base(name), text)).collect()
}
