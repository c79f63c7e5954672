//! One schedule, with all that there is to say about it.

use crate::analysis::Settings;
use crate::config::Config;
use crate::controller::starts;
use crate::diagnostic::Finding;
use crate::lint::lint;
use crate::schedule::{Advice, Ending, Expression, ExpressionError, Instant, Schedule, Zone, ZoneError};
use crate::schedule::{advise, server_errors, zone_server_errors};
use crate::text::Source;

/// Everything there is to say about one schedule.
#[derive(Debug)]
#[non_exhaustive]
pub struct Explained<'a> {
    /// The schedule as given.
    pub schedule: &'a str,
    /// What it means, or why it means nothing.
    pub expression: Result<Expression, ExpressionError>,
    /// What the API server answers to it in `spec.schedule`; nothing if it takes it.
    pub server: Vec<String>,
    /// The value for `spec.timeZone`, if one is given.
    pub time_zone: Option<TimeZone<'a>>,
    /// The controller's zone, where it was told and the schedule runs by it.
    pub controller_zone: Option<Zone>,
    /// Where the runs are counted from.
    pub from: Instant,
    /// How many runs were asked for.
    pub count: usize,
    /// The next runs that start a Job, as Kubernetes finds them, as many as asked for unless they end.
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

/// Explains a schedule in a time zone, or else in that of the controller, as far as they are known: `from` tells the
/// instant that runs are counted from, in the schedule's zone, and `count` how many are listed.
#[must_use]
pub fn explain<'a>(
    schedule: &'a str,
    (time_zone, controller): (Option<&'a str>, Option<Zone>),
    from: impl FnOnce(Zone) -> Instant,
    count: usize,
) -> Explained<'a> {
    let expression = Expression::parse(schedule);
    let names_zone = expression.as_ref().is_ok_and(|expression| expression.location().is_some());
    let controller_zone = controller.filter(|_| time_zone.is_none() && !names_zone);
    let time_zone = time_zone.map(|name| TimeZone { name, zone: Zone::load(name), server: zone_server_errors(name) });
    let mut explained = Explained {
        schedule,
        expression,
        server: server_errors(schedule),
        time_zone,
        controller_zone,
        from: Instant::from_unix(0),
        count,
        runs: Vec::new(),
        ending: None,
        findings: Vec::new(),
    };
    explained.from = from(explained.zone());
    explained.findings = explained.found_by_rules();
    let zone_fits = explained.time_zone.as_ref().is_none_or(|zone| zone.zone.is_ok());
    if let Some(schedule) = explained.compiled().filter(|_| zone_fits) {
        (explained.runs, explained.ending) = next_runs(&schedule, explained.from, count);
    }
    explained
}

/// The next runs, and why there are fewer than asked for, if there are.
fn next_runs(schedule: &Schedule, from: Instant, count: usize) -> (Vec<Instant>, Option<Ending>) {
    let mut search = schedule.runs_after(from);
    let runs: Vec<Instant> = starts(search.by_ref()).take(count).collect();
    let ending = if runs.len() < count { search.ending() } else { None };
    (runs, ending)
}

impl Explained<'_> {
    /// Whether the API server takes the schedule and its zone.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.server.is_empty() && self.time_zone.as_ref().is_none_or(|zone| zone.server.is_empty())
    }

    /// What was most likely meant, where Kubernetes does not read it.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        let zone = self.time_zone.as_ref().map(|zone| zone.name);
        self.expression.as_ref().err().map(|error| advise(self.schedule, error, zone))
    }

    /// The name of the zone that it is said to run in.
    #[must_use]
    pub fn zone_name(&self) -> Option<&str> {
        let told = self.controller_zone.map(|zone| zone.name());
        self.time_zone.as_ref().map(|zone| zone.name).or(told)
    }

    /// The zone it runs in: UTC where none is given, as in the official controller images.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.compiled().map_or_else(|| self.given_zone(), |schedule| schedule.zone())
    }

    /// What the rules say about a CronJob with this schedule and this zone.
    fn found_by_rules(&self) -> Vec<Finding> {
        let quoted = |text: &str| serde_json::to_string(text).expect("a text is always JSON");
        let zone = self.time_zone.as_ref().map(|zone| format!(", \"timeZone\": {}", quoted(zone.name)));
        let manifest = format!(
            "{{\"apiVersion\": \"batch/v1\", \"kind\": \"CronJob\", \"spec\": {{\"schedule\": {}{}}}}}",
            quoted(self.schedule),
            zone.unwrap_or_default()
        );
        let select = ["schedule", "schedule-syntax", "time-zone-unknown"];
        // A zone that was not asked for is no finding here.
        let settings = Settings::at(self.from).with_controller_zone(self.controller_zone);
        let config = Config::new(settings).with_rules(&select, &["time-zone-unset"]).expect("these rules exist");
        lint(&Source::new("schedule", manifest), &config).findings
    }

    /// The schedule in its zone, if Kubernetes understands it.
    #[must_use]
    pub fn compiled(&self) -> Option<Schedule> {
        self.expression.as_ref().ok().map(|expression| Schedule::new(expression, self.given_zone()))
    }

    fn given_zone(&self) -> Zone {
        let given = self.time_zone.as_ref().and_then(|zone| zone.zone.as_ref().ok().copied());
        given.or(self.controller_zone).unwrap_or(Zone::utc())
    }
}
