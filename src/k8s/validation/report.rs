//! Problems that many fields share: a value outside a set, a number out of its range.
//!
//! pkg/apis/core/validation/validation.go, ValidateNonnegativeField, as of v1.37.

use super::Context;
use crate::diagnostic::Safety;
use crate::k8s::format::quote;
use crate::k8s::objects::Field;
use crate::k8s::schema::nearest;
use crate::k8s::{Path, Problem, Reason, Topic};
use crate::text::Span;

/// Reports a text outside a fixed set, or none at all, with the likeliest member of the set.
#[track_caller]
pub(super) fn not_one_of<'c>(
    reason: Reason,
    path: &Path<'_>,
    field: Option<Field<'_, &str>>,
    span: Span,
    allowed: &[&str],
    context: &'c mut Context,
) -> &'c mut Problem {
    let subject = path.subject();
    let text = field.map(|field| field.value).filter(|text| !text.is_empty());
    let Some(text) = text else {
        let lack = if field.is_some() { "empty" } else { "not set" };
        let message = format_args!("{subject} is {lack}, and must be {}", one_of(allowed));
        return match reason {
            Reason::Required => context.report(reason, path, span, message),
            Reason::Invalid => context.report(reason, path, span, message).once_for(allowed).about(Topic::Required),
            _ => context.report(reason, path, span, message).once_for(allowed),
        };
    };
    let message = format_args!("{subject} takes {}, not {}", one_of(allowed), quote(text));
    let problem = context.report(reason, path, span, message).once_for((text, allowed)).about(Topic::NotSupported);
    if let Some(near) = nearest(text, allowed.iter().copied()) {
        match field {
            Some(field) => problem.did_you_mean(field.raw, near, likeness(text, near)),
            None => problem.help(format_args!("did you mean `{near}`?")),
        };
    }
    problem
}

/// Whether two spellings can only mean the same.
pub(super) fn likeness(text: &str, near: &str) -> Safety {
    let bare = |text: &str| text.trim().replace(['-', '_', ' '], "").to_ascii_lowercase();
    if bare(text) == bare(near) { Safety::Safe } else { Safety::Unsafe }
}

/// `A`, `B` or `C`.
fn one_of(allowed: &[&str]) -> String {
    let Some((last, rest)) = allowed.split_last() else { return String::new() };
    let rest: Vec<String> = rest.iter().map(|one| format!("`{one}`")).collect();
    if rest.is_empty() { format!("only `{last}`") } else { format!("{} or `{last}`", rest.join(", ")) }
}

/// Reports a number below zero in the field `name` of what is at `path`.
#[inline]
#[track_caller]
pub(super) fn non_negative<N: Into<i64>>(
    field: Option<Field<'_, N>>,
    name: &str,
    path: &Path<'_>,
    context: &mut Context,
) {
    if let Some(field) = field {
        let (number, span) = (field.value.into(), field.span);
        if number < 0 {
            let message = format_args!("`{name}` is {number}, below the minimum, 0");
            let problem = context.report(Reason::Invalid, &path.field(name), span, message).about(Topic::OutOfRange);
            if let Some(help) = without_limit(name) {
                problem.help(help);
            }
        }
    }
}

/// How to say "without a limit", which a negative number is often to mean.
fn without_limit(name: &str) -> Option<&'static str> {
    match name {
        "backoffLimit" => Some("there is always a limit: left out, it is 6 without `backoffLimitPerIndex`"),
        "successfulJobsHistoryLimit" => Some("there is always a limit: left out, it is 3"),
        "failedJobsHistoryLimit" => Some("there is always a limit: left out, it is 1"),
        "activeDeadlineSeconds" | "startingDeadlineSeconds" | "ttlSecondsAfterFinished" => {
            Some("leave it out to have no limit")
        }
        _ => None,
    }
}

/// Reports a number above its limit.
#[track_caller]
pub(super) fn at_most(field: Field<'_, i32>, limit: i32, when: &str, path: &Path<'_>, context: &mut Context) {
    if field.value > limit {
        let message = format_args!("{} is {}, above {limit}, the most{when}", path.subject(), field.value);
        context.report(Reason::Invalid, path, field.span, message).about(Topic::OutOfRange);
    }
}

/// Reports a list with more items than allowed.
#[track_caller]
pub(super) fn too_many(span: Span, count: usize, most: usize, what: &str, path: &Path<'_>, context: &mut Context) {
    if count > most {
        context.report(Reason::TooMany, path, span, format_args!("{count} {what} are too many, at most {most}"));
    }
}
