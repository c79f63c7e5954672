//! Taints that a pod tolerates.
//!
//! pkg/apis/core/validation/validation.go, ValidateTolerations, validateTaintEffect, as of v1.37.

mod annotation;

use super::checks::{At, Text, not_empty, one_of, place_of, text_of};
use super::{Context, object_meta};
use crate::k8s::format::{label_key, label_value, quote};
use crate::k8s::objects::{List, Toleration};
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

pub(super) use annotation::{TOLERATIONS, validate_annotation};

const EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// A toleration of the spec or of the annotation.
#[derive(Debug, Clone, Copy)]
struct Parts<'a> {
    key: Option<Text<'a>>,
    operator: Option<Text<'a>>,
    value: Option<Text<'a>>,
    effect: Option<Text<'a>>,
    /// Where the seconds are.
    seconds: Option<Span>,
}

/// Checks a pod's tolerations.
pub(super) fn validate(tolerations: List<'_, Toleration<'_>>, path: &Path<'_>, context: &mut Context) {
    for (index, item) in tolerations.iter() {
        let (path, toleration) = (path.index(index), item.value);
        let parts = Parts {
            key: toleration.key(),
            operator: toleration.operator(),
            value: toleration.value(),
            effect: toleration.effect(),
            seconds: toleration.toleration_seconds().map(|seconds| seconds.key),
        };
        validate_toleration(parts, At::new(&path, &item), context);
    }
}

fn validate_toleration(toleration: Parts<'_>, at: At<'_>, context: &mut Context) {
    let operator = toleration.operator;
    let operator_span = operator.map_or(at.key, |operator| place_of(&operator));
    if let Some(key) = not_empty(toleration.key) {
        let found = label_key(key.value);
        object_meta::report_flaws(found, key.value, &at.path.field("key"), place_of(&key), context);
    } else if text_of(operator) != "Exists" {
        let message = "without a `key` all taints are meant, and the operator must be `Exists`";
        context.report(Reason::Invalid, &at.path.field("operator"), operator_span, message).about(Topic::Contradiction);
    }
    if let Some(seconds) = toleration.seconds
        && text_of(toleration.effect) != "NoExecute"
    {
        let span = toleration.effect.map_or(seconds, |effect| place_of(&effect));
        let message = "`tolerationSeconds` say how long a running pod stays, and only `NoExecute` ends one";
        context
            .report(Reason::Invalid, &at.path.field("effect"), span, message)
            .about(Topic::Contradiction)
            .label(seconds, "the seconds");
    }
    validate_value(toleration, at, context);
    if let Some(effect) = not_empty(toleration.effect) {
        one_of(effect, EFFECTS, &at.path.field("effect"), context);
    }
}

/// The server names the operator for a wrong value.
fn validate_value(toleration: Parts<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("operator");
    let value = toleration.value;
    match text_of(toleration.operator) {
        "" | "Equal" => {
            let flaw = value.and_then(|value| label_value(value.value).into_iter().next().zip(Some(value)));
            if let Some((flaw, value)) = flaw {
                context.report(Reason::Invalid, &path, place_of(&value), flaw.describe(value.value));
            }
        }
        "Exists" => {
            if let Some(value) = not_empty(value) {
                let message = format_args!("`Exists` takes no value, and there is {}", quote(value.value));
                context
                    .report(Reason::Invalid, &path, place_of(&value), message)
                    .about(Topic::Contradiction)
                    .leave_out();
            }
        }
        _ => {
            if let Some(operator) = toleration.operator {
                one_of(operator, &["Equal", "Exists"], &path, context);
            }
        }
    }
}
