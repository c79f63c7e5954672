//! `batchlint schedule`: one schedule in words, field by field, with its next runs and the clock changes ahead.

pub mod json;
pub mod text;

use crate::diagnostic::Finding;
use crate::schedule::{Ending, Expression, ExpressionError, Instant, Schedule, Zone, ZoneError};

/// Everything there is to say about one schedule.
#[derive(Debug)]
pub struct Explained<'a> {
    /// The schedule as given.
    pub schedule: &'a str,
    /// What it means, or why it means nothing.
    pub expression: Result<Expression, ExpressionError>,
    /// What the API server answers to it in `spec.schedule`; nothing if it takes it.
    pub server: Vec<String>,
    /// The value for `spec.timeZone`, if one is given.
    pub time_zone: Option<TimeZone<'a>>,
    /// Where the runs are counted from.
    pub from: Instant,
    /// How many runs were asked for.
    pub count: usize,
    /// The next runs as Kubernetes finds them, as many as asked for unless they end.
    pub runs: Vec<Instant>,
    /// Why there are no more runs, if there are none.
    pub ending: Option<Ending>,
    /// What the rules say about it.
    pub findings: Vec<Finding>,
}

/// A value for `spec.timeZone`.
#[derive(Debug)]
pub struct TimeZone<'a> {
    /// The name as given.
    pub name: &'a str,
    /// The zone, or why there is none.
    pub zone: Result<Zone, ZoneError>,
    /// What the API server answers to it; nothing if it takes it.
    pub server: Vec<String>,
}

impl Explained<'_> {
    /// Whether the API server takes the schedule and its zone.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.server.is_empty() && self.time_zone.as_ref().is_none_or(|zone| zone.server.is_empty())
    }

    /// The zone it runs in: UTC where none is given, as in the official controller images.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.compiled().map_or_else(|| self.given_zone(), |schedule| schedule.zone())
    }

    /// The schedule in its zone, if Kubernetes understands it.
    fn compiled(&self) -> Option<Schedule> {
        self.expression.as_ref().ok().map(|expression| Schedule::new(expression, self.given_zone()))
    }

    fn given_zone(&self) -> Zone {
        self.time_zone.as_ref().and_then(|zone| zone.zone.as_ref().ok().copied()).unwrap_or(Zone::utc())
    }
}
