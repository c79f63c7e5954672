//! `batchlint simulate --format html`: what comes of each object and of all together, as a page.

use std::io;

use super::answers::{self, counted};
use super::text::{figures, told};
use super::together::{gain, moves, peaks, premise, share};
use super::unfit;
use crate::agenda::Window;
use crate::controller::Minutes;
use crate::foresight::{Assumed, Fleet, Forecast, Plan, Shared, Table};
use crate::render::overview::{Answers, Kind, Listed, NAMES, Overview, Row, SHOWN, Scale, Track};
use crate::schedule::{Instant, Seconds, Zone};

/// How long is looked at where nothing can be simulated.
const DAY: Seconds = Seconds::new(86_400);

/// Writes the page, on the clock of a zone. All objects are shown for as long as all of them are watched.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write((plans, assumed): (&[Plan], &Assumed), zone: Zone, out: &mut dyn io::Write) -> io::Result<()> {
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, assumed)).collect();
    let fleet = Fleet::of(&forecasts);
    let from = assumed.world.from;
    let until = forecasts.iter().map(|forecast| forecast.until).min().unwrap_or(from.saturating_add(DAY));
    let scale = Scale::new(Window { from, until }, zone);
    let none = Minutes::of(&(from..from));
    let overview = Overview {
        title: format!("What comes of {}", kinds(plans.len())),
        notes: notes(&forecasts, fleet.as_ref(), until),
        scale: &scale,
        zone,
        kinds: &Kind::ALL,
        peaks: fleet.as_ref().map_or_else(Vec::new, |fleet| peaks(fleet, zone)),
        tables: fleet.as_ref().map_or_else(Vec::new, |fleet| tables(fleet, &forecasts, zone)),
        minutes: fleet.as_ref().map_or(&none, |fleet| &fleet.minutes),
    };
    overview.begin(out)?;
    for plan in plans.iter().take(SHOWN) {
        overview.row(&row((plan, assumed), &scale, zone), out)?;
    }
    overview.end(plans.len().saturating_sub(SHOWN), out)
}

/// The busiest minutes, claims that runs have at once, and schedules that would part them.
fn tables(fleet: &Fleet, forecasts: &[Forecast<'_>], zone: Zone) -> Vec<Listed> {
    let shared = |shared: &Shared| {
        let [what, most, since, whose] = share(shared, (forecasts, NAMES), zone);
        [what, format!("{most}, {since}"), whose]
    };
    let mut tables = vec![Listed::hot(&fleet.hot, zone, |number| forecasts[number].plan.label())];
    tables.push(Listed {
        name: "Claims that runs have at once",
        caption: "Claims that one node, or one pod, can use at a time, and most runs at once".to_owned(),
        head: ["claim", "at once", "of"],
        rows: fleet.shared.iter().take(SHOWN).map(shared).collect(),
    });
    tables.extend(fleet.spread.as_ref().map(|spread| Listed {
        name: "Schedules that part the runs",
        caption: gain(spread),
        head: ["CronJob", "schedule", "then"],
        rows: moves(spread, forecasts).take(SHOWN).collect(),
    }));
    tables
}

fn kinds(count: usize) -> String {
    if count == 1 { "a Job or CronJob".to_owned() } else { format!("{count} Jobs and CronJobs") }
}

/// What the page rests on.
fn notes(forecasts: &[Forecast<'_>], fleet: Option<&Fleet>, until: Instant) -> Vec<String> {
    let mut notes = Vec::from_iter(premise(forecasts).map(str::to_owned));
    if let Some(fleet) = fleet.filter(|fleet| fleet.window.end < until) {
        let days = (fleet.window.end - fleet.window.start).get() / DAY.get();
        notes
            .push(format!("what is said of all together is that of the first {}", counted(days.unsigned_abs(), "day")));
    }
    notes
}

fn row<'s>((plan, assumed): (&Plan, &Assumed), scale: &'s Scale, zone: Zone) -> Row<'s> {
    let place = format!("{}:{}", plan.at.file, plan.at.start.line);
    let mut row =
        Row { label: plan.label(), place, in_short: String::new(), words: Vec::new(), track: None, answers: None };
    let Some(forecast) = Forecast::of(plan, assumed) else {
        let why = plan.object.as_ref().err().map(unfit::words).unwrap_or_default();
        return Row { in_short: format!("is not simulated: it {why}"), ..row };
    };
    let forecast = forecast.cut(scale.until());
    let summary = forecast.summary();
    let figures = figures(forecast.object, &summary);
    row.in_short = figures.first().cloned().unwrap_or_default();
    row.words = told(&forecast, zone);
    row.words.extend(figures);
    let mut track = Track::new(scale, &Kind::ALL);
    forecast.stretches(&mut |stretch| track.add(stretch.state, stretch.from, stretch.until));
    row.track = Some(track);
    if !forecast.is_on_assumptions() {
        row.answers = Table::of(plan, &assumed.world).map(|table| answered(&table, &forecast));
    }
    row
}

fn answered(table: &Table, forecast: &Forecast<'_>) -> Answers {
    let answer = |row: &crate::foresight::Row| {
        let question = answers::whole_question(row.question, forecast.object);
        [question, answers::answer(row, forecast.object), row.rule.unwrap_or_default().to_owned()]
    };
    let length = super::table::in_words(table.window.end - table.window.start);
    Answers { caption: format!("What comes of it in {length}"), rows: table.rows.iter().map(answer).collect() }
}
