//! What is assumed of an object, as people and programs read it.

use std::ops::Range;

use serde::Serialize;

use super::answers::counted;
use crate::analysis::{RunTime, Trait};
use crate::controller::Moment;
use crate::foresight::{Assumed, Forecast, Held, Learned, Plan, Premises, Source};
use crate::render::when::rfc3339_utc;
use crate::rule::duration::{self, in_short};

/// Something that is assumed, and who says so.
#[derive(Debug, Serialize)]
pub(super) struct Premise {
    pub(super) what: &'static str,
    pub(super) value: String,
    pub(super) source: &'static str,
}

/// All that is assumed of an object.
pub(super) fn list(forecast: &Forecast<'_>) -> Vec<Premise> {
    let premises = &forecast.premises;
    let told = |what, value, source| Premise { what, value, source: name(source) };
    let default = |what, length| Premise { what, value: duration::written(length), source: "default" };
    let mut list = Vec::new();
    list.extend(premises.never_starts.map(|source| told("neverStarts", "true".to_owned(), source)));
    list.extend(premises.hangs.map(|source| told("hangs", "true".to_owned(), source)));
    list.extend(premises.fails.map(|fails| told("fails", Trait::Fails(fails.value).value(), fails.source)));
    list.extend(premises.evicted.map(|evicted| told("evicted", evicted.value.to_string(), evicted.source)));
    list.push(match premises.run_time {
        Some(length) => told("runTime", length.value.written(), length.source),
        None => default("runTime", Premises::RUN_TIME),
    });
    if !premises.are_constant() {
        let source = if forecast.seed == Assumed::SEED { "default" } else { "commandLine" };
        list.push(Premise { what: "seed", value: forecast.seed.to_string(), source });
    }
    list.push(default("podStart", Premises::POD_START));
    list.push(default("podStop", Premises::POD_STOP));
    let interval = |range: &Range<Moment>| {
        let [start, end] = [range.start, range.end].map(|at| rfc3339_utc(at.instant()));
        format!("{start}/{end}")
    };
    let world = |what, range| told(what, interval(range), Source::CommandLine);
    list.extend(forecast.outages.iter().map(|range| world("outage", range)));
    list.extend(forecast.suspended.iter().map(|range| world("suspended", range)));
    list
}

fn name(source: Source) -> &'static str {
    match source {
        Source::CommandLine => "commandLine",
        Source::Configuration => "configuration",
        Source::Annotation => "annotation",
        Source::Comment => "comment",
        _ => "learned",
    }
}

/// The same as a phrase: `each attempt takes 40m; the first 3 of each run fail`.
pub(super) fn words(forecast: &Forecast<'_>) -> String {
    let premises = &forecast.premises;
    let said = |source: Source| of_source(source, forecast.plan);
    if let Some(source) = premises.never_starts {
        return format!("no pod ever starts{}", said(source));
    }
    let length = match premises.run_time {
        Some(Held { value: RunTime { least, most }, source }) if least == most => {
            format!("{}{}", in_short(most), said(source))
        }
        Some(Held { value: RunTime { least, most }, source }) => {
            format!("{} to {}{}, drawn with seed {}", in_short(least), in_short(most), said(source), forecast.seed)
        }
        None => format!("{} (nothing else is said)", in_short(Premises::RUN_TIME)),
    };
    let first = |count: u32, one: &str, many: &str| {
        if count == 1 { format!("the first attempt {one}") } else { format!("the first {count} attempts {many}") }
    };
    let mut parts = Vec::new();
    match premises.fails {
        Some(Held { value: None, source }) => {
            return format!("each attempt fails{} after {length}", said(source));
        }
        Some(Held { value: Some(count), source }) => {
            parts.push(format!("{}{}", first(count, "fails", "fail"), said(source)));
        }
        None => {}
    }
    if let Some(Held { value: count, source }) = premises.evicted {
        parts.push(format!("{}{}", first(count, "is evicted", "are evicted"), said(source)));
    }
    let early = parts.join(", ");
    match (premises.hangs, parts.is_empty()) {
        (Some(source), true) => format!("no attempt ever ends{}", said(source)),
        (Some(source), false) => format!("of each run, {early} after {length}, and no later one ends{}", said(source)),
        (None, true) => format!("each attempt takes {length}"),
        (None, false) => format!("each attempt takes {length}; of each run, {early}"),
    }
}

/// Who says so, where it is not who asks.
fn of_source(source: Source, plan: &Plan) -> String {
    match (source, plan.learned) {
        (Source::CommandLine, _) => String::new(),
        (Source::Configuration, _) => " (by the configuration)".to_owned(),
        (Source::Annotation, _) => " (by its annotation)".to_owned(),
        (Source::Comment, _) => " (by a comment)".to_owned(),
        (_, Some(Learned { ended, failed })) => {
            let jobs = counted(ended.into(), "finished Job");
            let failed = if failed == 0 { String::new() } else { format!(", {failed} of them failed") };
            format!(" (learned from {jobs}{failed})")
        }
        (_, None) => String::new(),
    }
}
