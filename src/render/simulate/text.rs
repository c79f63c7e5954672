//! What comes of each object, for people: a summary, and the first of what happens.

use std::io;
use std::ops::Range;

use super::answers::counted;
use super::lines::write_lines;
use super::{picture, premises, table, together, unfit, words};
use crate::controller::{Event, Moment, Object, Repetition, Watcher, What};
use crate::foresight::{Assumed, Forecast, Kept, Plan, Summary, Table};
use crate::render::{BOLD, DIM, Look, wrap};
use crate::rule::duration;
use crate::schedule::{Expression, Instant, Zone, describe};
use crate::text::visible;

/// Lines of a timeline that are shown where not all of it is asked for.
const SHOWN: usize = 10;

/// Writes every object, with the whole timeline where `is_whole`, on the clock of a zone.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(
    (plans, assumed): (&[Plan], &Assumed),
    (zone, is_whole): (Zone, bool),
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, assumed)).collect();
    if forecasts.iter().any(Forecast::is_on_assumptions) {
        picture::write(&forecasts, zone, look, out)?;
        writeln!(out)?;
    }
    for (number, plan) in plans.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_head(plan, look, out)?;
        write_outlook((plan, assumed), (zone, is_whole), look, out)?;
    }
    together::write(&forecasts, zone, look, out)
}

/// Writes what comes of an object, without its name.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_outlook(
    (plan, assumed): (&Plan, &Assumed),
    (zone, is_whole): (Zone, bool),
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let most = if is_whole { usize::MAX } else { SHOWN };
    match (Forecast::of(plan, assumed), &plan.object) {
        (Some(forecast), _) if forecast.is_on_assumptions() || is_whole => {
            write_summary(&forecast, zone, look, out)?;
            write_timeline(&forecast, (zone, most), look, out)
        }
        (Some(forecast), _) => {
            write_lines(schedule(forecast.object), look, out)?;
            let Some(table) = Table::of(plan, &assumed.world) else { return Ok(()) };
            writeln!(out)?;
            table::write(&table, forecast.object, look, out)
        }
        (None, Err(why)) => {
            let line = format!("is not simulated: it {}", unfit::words(why));
            writeln!(out, "{}", wrap::wrapped(&visible(&line), look, ["  ", "    "]))
        }
        (None, Ok(_)) => Ok(()),
    }
}

/// The name, and where it stands.
fn write_head(plan: &Plan, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let label = plan.label();
    let name = wrap::cut(&visible(&label), look.width, look).into_owned();
    let place = format!("{}:{}", visible(&plan.at.file), plan.at.start.line);
    let place = wrap::cut_start(&place, look.width.saturating_sub(2), look);
    let part = if wrap::width(&name) + wrap::width(&place) + 2 <= look.width { "  " } else { "\n  " };
    writeln!(out, "{}{part}{}", look.paint(BOLD, &name), look.paint(DIM, &place))
}

fn write_summary(forecast: &Forecast<'_>, zone: Zone, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let figures = figures(forecast.object, &forecast.summary());
    write_lines(told(forecast, zone).into_iter().chain(figures), look, out)
}

/// When it runs, and what is assumed of it.
pub(super) fn told(forecast: &Forecast<'_>, zone: Zone) -> Vec<String> {
    let mut lines = Vec::from_iter(schedule(forecast.object));
    let interval = |from: Instant, until: Instant| {
        let [from, until] = [from, until].map(|at| zone.local(at));
        format!("{} {} to {} {}", from.date, from.clock(), until.date, until.clock())
    };
    let watched = interval(forecast.from, forecast.until);
    lines.push(format!("assumed: {}; {watched} {}", premises::words(forecast), zone.name()));
    let stretch = |range: &Range<Moment>| interval(range.start.instant(), range.end.instant());
    lines.extend(forecast.outages.iter().map(|range| format!("assumed: no controllers from {}", stretch(range))));
    lines.extend(forecast.suspended.iter().map(|range| format!("assumed: suspended from {}", stretch(range))));
    lines
}

/// When a CronJob runs, in words.
fn schedule(object: &Object) -> Option<String> {
    let Object::CronJob(cron_job) = object else { return None };
    let expression = Expression::parse(&cron_job.written.0).ok()?;
    Some(describe(&expression, cron_job.written.1.as_deref()))
}

/// What there is to say in figures, a sentence a line; what is nothing is not said.
pub(super) fn figures(object: &Object, summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    if matches!(object, Object::CronJob(_)) {
        lines.push(runs(summary));
    }
    let ended = [
        (summary.complete, "complete"),
        (summary.failed, "failed"),
        (summary.replaced, "replaced"),
        (summary.active, "active at the end"),
    ];
    let ended: Vec<String> =
        ended.iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !ended.is_empty() {
        lines.push(format!("{}: {}", counted(summary.started, "Job"), ended.join(", ")));
    }
    if summary.pods > 0 {
        let jobs =
            if summary.most_jobs > 1 { format!("{} and ", counted(summary.most_jobs, "Job")) } else { String::new() };
        let most = counted(summary.most_pods, "pod");
        lines.push(format!("{} made; at once {jobs}{most} at most", counted(summary.pods, "pod")));
    }
    lines.extend(summary.failed_kept.map(|kept| format!("logs of failed Jobs {}", kept_words(kept))));
    lines.extend(summary.complete_kept.map(|kept| format!("logs of complete Jobs {}", kept_words(kept))));
    lines
}

fn runs(summary: &Summary) -> String {
    let mut parts = Vec::new();
    if summary.due > 0 && summary.on_time == summary.due {
        return format!("{}: all start on time", counted(summary.due, "run"));
    }
    if summary.on_time > 0 {
        parts.push(format!("{} on time", summary.on_time));
    }
    if summary.late > 0 {
        parts.push(format!("{} late, by {} at most", summary.late, duration::in_words(summary.seconds_late())));
    }
    if summary.left_out > 0 {
        parts.push(format!("{} left out", summary.left_out));
    }
    if summary.waiting > 0 {
        parts.push(format!("{} waiting at the end", summary.waiting));
    }
    let separator = if parts.is_empty() { "" } else { ": " };
    format!("{}{separator}{}", counted(summary.due, "run"), parts.join("; "))
}

fn kept_words(kept: Kept) -> String {
    match kept.seconds() {
        None => "are there to the end".to_owned(),
        Some(length) if length.get() == 0 => "are gone at once".to_owned(),
        Some(length) => format!("are kept for {} at least", duration::in_words(length)),
    }
}

fn write_timeline(
    forecast: &Forecast<'_>,
    (zone, most): (Zone, usize),
    look: Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (day, last) = (String::new(), String::new());
    let mut timeline = Timeline { forecast, zone, most, look, day, told: 0, marked: 0, last, done: Ok(()), out };
    forecast.watch(&mut timeline);
    timeline.done?;
    match timeline.told.saturating_sub(most) {
        0 => Ok(()),
        rest => {
            let lines = if rest == 1 { "and one more line" } else { &*format!("and {rest} more lines") };
            writeln!(out, "  {}", look.paint(DIM, &format!("{lines}: --timeline shows all")))
        }
    }
}

/// Writes lines as events come.
struct Timeline<'a> {
    forecast: &'a Forecast<'a>,
    zone: Zone,
    most: usize,
    look: Look,
    day: String,
    told: usize,
    /// How many were told before what may come again.
    marked: usize,
    /// What was said last: the controller of CronJobs says some things at every look.
    last: String,
    done: io::Result<()>,
    out: &'a mut dyn io::Write,
}

impl Watcher for Timeline<'_> {
    fn see(&mut self, event: Event) {
        let is_suspended = self.forecast.is_suspended_at(event.at);
        let Some(words) = words::words(event, self.zone, is_suspended) else { return };
        if matches!(event.what, What::CronJob(_)) && words == self.last {
            return;
        }
        self.told += 1;
        if self.told <= self.most && self.done.is_ok() {
            self.done = self.write(event, &words);
        }
        self.last = words;
    }

    fn mark(&mut self) -> bool {
        self.marked = self.told;
        // Lines behind those that are shown are only counted.
        self.told > self.most
    }

    fn see_again(&mut self, repetition: Repetition) -> bool {
        let times = usize::try_from(repetition.times).unwrap_or(usize::MAX);
        self.told = self.told.saturating_add((self.told - self.marked).saturating_mul(times));
        true
    }
}

impl Timeline<'_> {
    fn write(&mut self, event: Event, words: &str) -> io::Result<()> {
        let local = self.zone.local(event.at.instant());
        let today = local.date.with_weekday();
        if self.day.is_empty() {
            writeln!(self.out)?;
        }
        if today != self.day {
            writeln!(self.out, "  {today}")?;
            self.day = today;
        }
        let second = local.second_of_day % 60;
        let line = format!("{}:{second:02}  {words}", &local.clock()[..5]);
        writeln!(self.out, "{}", wrap::wrapped(&line, self.look, ["    ", "              "]))
    }
}
