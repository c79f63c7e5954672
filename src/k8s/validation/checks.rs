//! Checks that fields of many objects share: a text that must be there, a choice, a number's range, a form.
//!
//! pkg/apis/core/validation/validation.go, validateUserField, ValidateDNS1123Label, ValidateDNS1123Subdomain;
//! k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go, ValidateLabelName;
//! k8s.io/apimachinery/pkg/util/validation/validation.go, IsInRange, IsValidPortNum, IsValidUserID, IsValidGroupID, as
//! of v1.37.

use std::fmt;
use std::ops::RangeInclusive;

use super::{Context, object_meta, report};
use crate::diagnostic::Fix;
use crate::k8s::format::{Flaw, Flaws, Form, PartFlaw, label_key, quote};
use crate::k8s::objects::{Field, Slot};
use crate::k8s::{Path, Problem, Reason, Topic};
use crate::text::Span;
use crate::yaml::New;

/// A text with its place.
pub(super) type Text<'a> = Field<'a, &'a str>;

/// Where an object stands: its path, and the bytes that what it lacks is reported at.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'p> {
    pub(super) path: &'p Path<'p>,
    pub(super) key: Span,
}

impl<'p> At<'p> {
    pub(super) fn new<T>(path: &'p Path<'p>, field: &Field<'_, T>) -> Self {
        Self { path, key: field.key }
    }
}

/// A text as Go has it: nothing for an absent one.
pub(super) fn text_of(text: Option<Text<'_>>) -> &str {
    text.map_or("", |text| text.value)
}

/// The text, unless it is empty.
pub(super) fn not_empty(text: Option<Text<'_>>) -> Option<Text<'_>> {
    text.filter(|text| !text.value.is_empty())
}

/// A text that must be there; it comes back where it is.
pub(super) fn required<'a>(text: Option<Text<'a>>, name: &str, at: At<'_>, context: &mut Context) -> Option<Text<'a>> {
    let present = not_empty(text);
    if present.is_none() {
        missing(text, name, at, context);
    }
    present
}

/// Reports that a field is absent or empty.
pub(super) fn missing<'c, T>(
    field: Option<Field<'_, T>>,
    name: &str,
    at: At<'_>,
    context: &'c mut Context,
) -> &'c mut Problem {
    let span = field.as_ref().map_or(at.key, place_of);
    let message = fmt::from_fn(|out| match field {
        Some(_) => write!(out, "`{name}` is empty, and may not be"),
        None => write!(out, "{} needs `{name}`, which is not set", at.path.subject()),
    });
    context.report(Reason::Required, &at.path.field(name), span, format_args!("{message}"))
}

/// Points at the key of a field that is missing for want of a value: with a `#` behind it, that is a comment.
pub(super) fn point_at_key(slot: Slot<'_>, problem: &mut Problem) {
    let Some(entry) = slot.entry().filter(|entry| entry.value.is_null()) else { return };
    problem.span = entry.key_span;
    if let Some((comment, _)) = entry.value.comment_beside().filter(|_| entry.value.source().is_empty()) {
        problem.label(comment, "what follows a `#` is a comment").help("quote it, if it is the value");
    }
}

/// One cause for each flaw of a text.
pub(super) fn flaws(found: Flaws, text: Text<'_>, path: &Path<'_>, context: &mut Context) {
    if found.is_empty() {
        return;
    }
    for flaw in found {
        let problem = context.report(Reason::Invalid, path, place_of(&text), flaw.describe(text.value));
        problem.once_for((flaw, text.value)).about(object_meta::topic_of(flaw));
        if let Some(near) = nearest_form(flaw, text.value) {
            problem.help(format_args!("{} would do", quote(&near)));
        }
    }
}

fn nearest_form(flaw: Flaw, text: &str) -> Option<String> {
    match flaw {
        Flaw::Form(form @ (Form::DnsLabel | Form::DnsSubdomain | Form::LabelValue | Form::ConfigKey)) => {
            form.nearest(text, if form == Form::DnsLabel { 63 } else { 253 })
        }
        Flaw::Dots => Form::DnsLabel.nearest(text, 63),
        Flaw::Name(PartFlaw::Form(form)) if !text.contains('/') => form.nearest(text, 63),
        _ => None,
    }
}

/// The value's bytes, or where it has none, its key's.
pub(super) fn place_of<T>(field: &Field<'_, T>) -> Span {
    if field.span.is_empty() { field.key } else { field.span }
}

/// A text out of a fixed set; tells whether it is.
pub(super) fn one_of(text: Text<'_>, choices: &[&str], path: &Path<'_>, context: &mut Context) -> bool {
    let known = choices.contains(&text.value);
    if !known {
        report::not_one_of(Reason::NotSupported, path, Some(text), place_of(&text), choices, context);
    }
    known
}

/// A text out of a fixed set that must be there, where the server calls an absent one unsupported, too.
pub(super) fn one_of_at(text: Option<Text<'_>>, choices: &[&str], name: &str, at: At<'_>, context: &mut Context) {
    if !choices.contains(&text_of(text)) {
        let span = text.map_or(at.key, |text| place_of(&text));
        report::not_one_of(Reason::NotSupported, &at.path.field(name), text, span, choices, context);
    }
}

/// A choice that may be left out, empty included.
pub(super) fn optional_one_of(text: Option<Text<'_>>, choices: &[&str], path: &Path<'_>, context: &mut Context) {
    if let Some(text) = not_empty(text) {
        one_of(text, choices, path, context);
    }
}

/// A number between two others, both included.
pub(super) fn in_range<T: Copy + Into<i64>>(
    number: Field<'_, T>,
    range: RangeInclusive<i64>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let value = number.value.into();
    if range.contains(&value) {
        return;
    }
    let (least, most) = range.into_inner();
    let message = if value < least {
        format!("{} is {value}, below the minimum, {least}", path.subject())
    } else {
        format!("{} is {value}, above the maximum, {most}", path.subject())
    };
    context
        .report(Reason::Invalid, path, place_of(&number), message)
        .about(Topic::OutOfRange)
        .once_for((value, least, most));
}

/// A user or group of a node.
pub(super) fn user_id(id: Option<Field<'_, i64>>, path: &Path<'_>, context: &mut Context) {
    if let Some(id) = id {
        in_range(id, 0..=i64::from(i32::MAX), path, context);
    }
}

/// A label's key in a field of its own.
pub(super) fn label_name(key: Option<Text<'_>>, name: &str, at: At<'_>, context: &mut Context) {
    let (span, before) = (key.map_or(at.key, |key| place_of(&key)), context.count());
    object_meta::report_flaws(label_key(text_of(key)), text_of(key), &at.path.field(name), span, context);
    if key.is_none() {
        context.problems_mut()[before..].iter_mut().for_each(|problem| _ = problem.echoes(span));
    }
}

/// A port of the network.
pub(super) fn port_number(port: Field<'_, i32>, path: &Path<'_>, context: &mut Context) {
    in_range(port, 1..=65535, path, context);
}

/// The permissions of a file.
pub(super) fn file_mode(mode: Option<Field<'_, i32>>, name: &str, at: At<'_>, context: &mut Context) {
    let Some(mode) = mode.filter(|mode| !(0..=0o777).contains(&mode.value)) else { return };
    let message = format_args!("mode {} is not between 0 and 511, which is 0777 in octal", mode.value);
    let problem =
        context.report(Reason::Invalid, &at.path.field(name), place_of(&mode), message).about(Topic::OutOfRange);
    problem.once_for(mode.value);
    let is_octal = i32::from_str_radix(mode.raw.source(), 8).is_ok_and(|octal| octal <= 0o777);
    if mode.value > 0o777 && is_octal {
        let octal = format!("0{}", mode.raw.source());
        problem.help(format_args!("a mode in octal starts with a zero: {octal}"));
        problem.fix(Fix::safe(format!("write {octal}"), mode.raw.set(New::Plain(&octal))));
    }
}
