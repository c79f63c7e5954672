//! What is assumed of an object, as people and programs read it.

use std::ops::Range;

use serde::Serialize;

use crate::controller::Moment;
use crate::foresight::{Forecast, Premises};
use crate::render::when::rfc3339_utc;
use crate::rule::duration;

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
    let told = |what, value| Premise { what, value, source: "commandLine" };
    let default = |what, value| Premise { what, value, source: "default" };
    let mut list = Vec::new();
    if premises.never_starts {
        list.push(told("neverStarts", "true".to_owned()));
    }
    if premises.hangs {
        list.push(told("hangs", "true".to_owned()));
    }
    if let Some(fails) = premises.fails {
        list.push(told("fails", fails.map_or("always".to_owned(), |attempts| attempts.to_string())));
    }
    list.push(match premises.run_time {
        Some(length) => told("runTime", duration::written(length)),
        None => default("runTime", duration::written(Premises::RUN_TIME)),
    });
    list.push(default("podStart", duration::written(Premises::POD_START)));
    list.push(default("podStop", duration::written(Premises::POD_STOP)));
    let interval = |range: &Range<Moment>| {
        let [start, end] = [range.start, range.end].map(|at| rfc3339_utc(at.instant()));
        format!("{start}/{end}")
    };
    list.extend(forecast.outages.iter().map(|range| told("outage", interval(range))));
    list.extend(forecast.suspended.iter().map(|range| told("suspended", interval(range))));
    list
}

/// The same as a phrase: `each attempt takes 40m; the first 3 of each run fail`.
pub(super) fn words(premises: &Premises) -> String {
    if premises.never_starts {
        return "no pod ever starts".to_owned();
    }
    let length = match premises.run_time {
        Some(length) => duration::written(length),
        None => format!("{} (nothing else is said)", duration::written(Premises::RUN_TIME)),
    };
    let fail = |attempts| {
        if attempts == 1 { "first attempt fails".to_owned() } else { format!("first {attempts} attempts fail") }
    };
    match (premises.fails, premises.hangs) {
        (Some(None), _) => format!("each attempt fails after {length}"),
        (None, true) => "no attempt ever ends".to_owned(),
        (Some(Some(attempts)), true) => {
            format!("of each run, the {} after {length}, and no later one ends", fail(attempts))
        }
        (Some(Some(attempts)), false) => format!("each attempt takes {length}; of each run, the {}", fail(attempts)),
        (None, false) => format!("each attempt takes {length}"),
    }
}
