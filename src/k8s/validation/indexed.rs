//! What an indexed Job may have, and what only an indexed Job may have.
//!
//! pkg/apis/batch/validation/validation.go, validateJobSpec, as of v1.37.

use super::{Context, report};
use crate::diagnostic::Fix;
use crate::k8s::defaulted;
use crate::k8s::objects::CompletionMode;
use crate::k8s::{Path, Reason, Topic};
use crate::yaml::New;

/// The most indexes, parallel pods or failed indexes that a Job's status can hold.
const MOST_INDEXES: i32 = 100_000;
/// The same limit where there are more indexes than that.
const MOST_OF_MANY: i32 = 10_000;

pub(super) fn validate(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    report::non_negative(job.backoff_limit_per_index, "backoffLimitPerIndex", path, context);
    report::non_negative(job.max_failed_indexes, "maxFailedIndexes", path, context);
    if let (Some(failed), None) = (job.max_failed_indexes, job.backoff_limit_per_index) {
        let message = "`maxFailedIndexes` counts indexes that fail by `backoffLimitPerIndex`, which is not set";
        context.report(Reason::Required, &path.field("backoffLimitPerIndex"), failed.key, message);
    }
    let Some(mode) = job.spec.completion_mode() else { return not_indexed(job, path, context) };
    match mode.value {
        CompletionMode::NonIndexed => not_indexed(job, path, context),
        CompletionMode::Indexed => indexed(job, path, context),
        CompletionMode::Other(text) => {
            let (field, mode) = (path.field("completionMode"), mode.map(|_| text));
            let allowed = CompletionMode::WORDS;
            report::not_one_of(Reason::NotSupported, &field, Some(mode), mode.span, allowed, context);
        }
    }
}

fn not_indexed(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    for (name, field) in
        [("backoffLimitPerIndex", job.backoff_limit_per_index), ("maxFailedIndexes", job.max_failed_indexes)]
    {
        if let Some(field) = field {
            let message = format_args!("`{name}` is for indexed Jobs, and this one is not");
            context
                .report(Reason::Invalid, &path.field(name), field.key, message)
                .about(Topic::JobPolicy)
                .help("set `completionMode: Indexed`, or leave it out")
                .aside_mut()
                .fixes
                .extend(as_indexed(job, name));
        }
    }
}

/// The change that makes the Job indexed, where it says how many indexes there are.
fn as_indexed(job: &defaulted::Job<'_>, name: &str) -> Option<Fix> {
    job.completions?;
    let (slots, indexed) = (job.spec.slots(), New::String("Indexed"));
    let beside = if name == "maxFailedIndexes" { slots.max_failed_indexes() } else { slots.backoff_limit_per_index() };
    let change = match job.spec.completion_mode() {
        Some(mode) => mode.raw.set(indexed),
        None => slots.completion_mode().insert_before(beside, indexed)?,
    };
    Some(Fix::unsafe_("set `completionMode: Indexed`", change))
}

fn indexed(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    if job.completions.is_none() {
        let span = job.spec.completion_mode().map_or(job.spec.raw().span(), |mode| mode.span);
        context
            .report(Reason::Required, &path.field("completions"), span, "an indexed Job needs `completions`")
            .help("set `completions` to the number of indexes");
    }
    if let Some(parallelism) = job.spec.parallelism() {
        report::at_most(parallelism, MOST_INDEXES, " of an indexed Job", &path.field("parallelism"), context);
    }
    let field = path.field("maxFailedIndexes");
    if let Some(failed) = job.max_failed_indexes {
        if let Some(completions) = job.completions.filter(|completions| failed.value > *completions) {
            let message = format_args!("{} indexes cannot fail, there are only {completions}", failed.value);
            context.report(Reason::Invalid, &field, failed.span, message).about(Topic::OutOfRange);
        }
        report::at_most(failed, MOST_INDEXES, " of an indexed Job", &field, context);
    }
    if job.completions.is_some_and(|completions| completions > MOST_INDEXES) {
        many_indexes(job, path, context);
    }
}

/// Above 100,000 indexes with a back-off limit each, the status has to be kept small.
fn many_indexes(job: &defaulted::Job<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(per_index) = job.backoff_limit_per_index else { return };
    let when = " with more than 100000 completions and `backoffLimitPerIndex`";
    let field = path.field("maxFailedIndexes");
    match job.max_failed_indexes {
        Some(failed) => report::at_most(failed, MOST_OF_MANY, when, &field, context),
        None => {
            let message = format_args!("`maxFailedIndexes` is needed{when}");
            context.report(Reason::Required, &field, per_index.key, message);
        }
    }
    if let Some(parallelism) = job.spec.parallelism() {
        report::at_most(parallelism, MOST_OF_MANY, when, &path.field("parallelism"), context);
    }
}
