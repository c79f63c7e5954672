//! Variables that come twice.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, as of v1.37.

use std::collections::BTreeMap;

use super::super::Context;
use super::super::checks::text_of;
use super::super::pod::Pod;
use crate::k8s::format::quote;
use crate::k8s::objects::{EnvVar, Field, List};
use crate::k8s::{Path, Topic};

pub(super) fn warn(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    for &(list, index, container) in &pod.containers {
        let Some(env) = container.value.env().filter(|env| env.value.len() > 1) else { continue };
        let path = path.field(list);
        let path = path.index(index);
        variables(env.value, &path.field("env"), context);
    }
}

fn variables(env: List<'_, EnvVar<'_>>, path: &Path<'_>, context: &mut Context) {
    let mut seen = BTreeMap::new();
    for (index, variable) in env.iter() {
        let name = variable.value.name();
        let span = name.map_or(variable.start(), |name| name.span);
        let Some((first, at_first)) = seen.insert(text_of(name), (variable, span)) else { continue };
        // Before 1.27 every repetition was named, since then only one that does not build on the first.
        let extends = context.since(27) && builds_on_itself(variable);
        if !extends {
            let message = format_args!("{} hides its earlier definition", quote(text_of(name)));
            let item = path.index(index);
            let named = item.field("name");
            context
                .warn(if context.since(27) { &item } else { &named }, span, message)
                .about(Topic::RepeatedVariable)
                .label(at_first, "defined here first")
                .help(help(first, variable));
        }
    }
}

fn help(first: Field<'_, EnvVar<'_>>, last: Field<'_, EnvVar<'_>>) -> &'static str {
    let (first, last) = (first.value, last.value);
    let are_plain = first.value_from().is_none() && last.value_from().is_none();
    if are_plain && text_of(first.value()) == text_of(last.value()) {
        "leave one of the two out: they say the same"
    } else {
        "the last one counts: leave out the one that is not meant"
    }
}

/// `X: "$(X)…"` adds to the earlier value.
fn builds_on_itself(variable: Field<'_, EnvVar<'_>>) -> bool {
    let reference = format!("$({})", text_of(variable.value.name()));
    let value = text_of(variable.value.value());
    variable.value.value_from().is_none() && value != reference && value.contains(&reference)
}
