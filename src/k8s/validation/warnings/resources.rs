//! Fractions of a byte.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, as of v1.37.

use super::super::Context;
use super::super::pod::Pod;
use crate::diagnostic::Safety;
use crate::k8s::format::{Quantity, quote};
use crate::k8s::objects::{Field, Map};
use crate::k8s::{Path, Topic};

pub(super) fn warn(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    both(pod.spec.overhead(), &path.field("overhead"), context);
    for &(list, index, container) in &pod.containers {
        let Some(resources) = container.value.resources() else { continue };
        let path = path.field(list);
        let path = path.index(index);
        let path = path.field("resources");
        both(resources.value.limits(), &path.field("limits"), context);
        both(resources.value.requests(), &path.field("requests"), context);
    }
}

fn both(amounts: Option<Field<'_, Map<'_, Quantity<'_>>>>, path: &Path<'_>, context: &mut Context) {
    whole_bytes(amounts, "memory", path, context);
    whole_bytes(amounts, "ephemeral-storage", path, context);
}

/// Warns of an amount of bytes that is not whole: `500m` is half a byte, and was to be `500M`.
pub(super) fn whole_bytes(
    amounts: Option<Field<'_, Map<'_, Quantity<'_>>>>,
    name: &str,
    path: &Path<'_>,
    context: &mut Context,
) {
    let Some(amount) = amounts.and_then(|amounts| amounts.value.get(name)) else { return };
    if amount.value.milli_value() % 1000 == 0 {
        return;
    }
    let source = amount.raw.source().trim_matches(['"', '\'']);
    let problem =
        context.warn(&path.key(name), amount.span, format_args!("{} is no whole number of bytes", quote(source)));
    problem.about(Topic::FractionOfByte);
    let is_whole = |near: &String| Quantity::parse(near).is_ok_and(|near| near.milli_value() % 1000 == 0);
    if let Some(near) = source.strip_suffix('m').map(|number| format!("{number}M")).filter(is_whole) {
        problem.help(format_args!("`m` is a thousandth: did you mean `{near}`?"));
        problem.respell(amount.raw, &near, Safety::Unsafe);
    }
}
