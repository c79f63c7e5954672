//! Tolerations as an annotation, which is what they were before there was a field.
//!
//! pkg/apis/core/validation/validation.go, ValidateTolerationsInPodAnnotations; pkg/apis/core/helper/helpers.go,
//! GetTolerationsFromPodAnnotations, as of v1.37.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{Parts, validate_toleration};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, Text, place_of};
use crate::k8s::{Path, Reason};

/// The annotation that held tolerations before the field; the server still checks it.
pub(in crate::k8s::validation) const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";

/// A toleration as Go reads it from JSON: by the names of the fields in its source, in any case.
#[derive(Debug, Default)]
struct Toleration {
    key: String,
    operator: String,
    value: String,
    effect: String,
    has_seconds: bool,
}

pub(in crate::k8s::validation) fn validate_annotation(text: Text<'_>, annotations: &Path<'_>, context: &mut Context) {
    if text.value.is_empty() {
        return;
    }
    let place = place_of(&text);
    let Ok(tolerations) = serde_json::from_str::<Option<Vec<Option<Toleration>>>>(text.value) else {
        let message = format_args!("`{TOLERATIONS}` is not a list of tolerations as JSON");
        let problem = context.report(Reason::Invalid, annotations, place, message);
        problem.help("use the field `tolerations` of the pod's spec: the annotation has no effect");
        return;
    };
    // What is offered for a value does not fit the whole annotation.
    let mut found = Context::new(context.version());
    let path = annotations.field(TOLERATIONS);
    for (index, toleration) in tolerations.into_iter().flatten().enumerate() {
        let toleration = toleration.unwrap_or_default();
        let part = |value| Some(Text { value, ..text });
        let parts = Parts {
            key: part(&toleration.key),
            operator: part(&toleration.operator),
            value: part(&toleration.value),
            effect: part(&toleration.effect),
            seconds: toleration.has_seconds.then_some(place),
        };
        validate_toleration(parts, At { path: &path.index(index), key: place }, &mut found);
    }
    for mut problem in found.into_problems() {
        problem.take_aside();
        context.add(problem);
    }
}

impl<'de> Deserialize<'de> for Toleration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Toleration;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a toleration")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Toleration, A::Error> {
        let mut toleration = Toleration::default();
        while let Some(name) = fields.next_key::<String>()? {
            let text = match name.to_ascii_lowercase().as_str() {
                "key" => &mut toleration.key,
                "operator" => &mut toleration.operator,
                "value" => &mut toleration.value,
                "effect" => &mut toleration.effect,
                "tolerationseconds" => {
                    toleration.has_seconds = fields.next_value::<Option<i64>>()?.is_some();
                    continue;
                }
                _ => {
                    fields.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            // A null changes nothing.
            if let Some(value) = fields.next_value::<Option<String>>()? {
                *text = value;
            }
        }
        Ok(toleration)
    }
}
