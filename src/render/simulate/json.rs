//! `batchlint simulate --format json`: one object with what comes of every Job and CronJob, and all that happens.

use std::io;

use serde::Serialize;

use super::answers;
use super::names::Told;
use super::premises::{self, Premise};
use super::unfit;
use crate::controller::{self, Delay, Deletion, Event, JobEvent, What};
use crate::foresight::{Assumed, Fleet, Forecast, Gathering, Kept, Peak, Plan, Row, Shared, Summary, Table};
use crate::render::json::{self, HotMinute, Object, Range, VERSION};
use crate::render::when::{When, rfc3339_millis};
use crate::schedule::{IANA_VERSION, Move};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    object: Object<'a>,
    file: &'a str,
    range: Range,
    document: usize,
    /// Why it is not simulated; null where it is.
    not_simulated: Option<String>,
    from: Option<When>,
    until: Option<When>,
    assumptions: Vec<Premise>,
    summary: Option<Figures>,
    /// What comes of it where something is with it; null where something is assumed already.
    what_if: Option<WhatIf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WhatIf {
    from: When,
    until: When,
    rows: Vec<Answered>,
}

/// All objects together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Together<'a> {
    from: When,
    until: When,
    starts: u64,
    most_jobs: Most,
    most_pods: Most,
    most_cpu_millis: Most,
    most_memory_bytes: Most,
    hot_minutes: Vec<HotMinute>,
    shared_claims: Vec<SharedClaim>,
    spread: Option<Spread<'a>>,
}

/// A claim that one node, or one pod, can use at a time, and that runs have at once.
#[derive(Serialize)]
struct SharedClaim {
    namespace: Option<String>,
    name: String,
    mode: String,
    jobs: Most,
    of: Vec<String>,
}

/// Schedules by which fewer runs are due in one minute.
#[derive(Serialize)]
struct Spread<'a> {
    before: u32,
    after: u32,
    moves: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct Moved<'a> {
    object: Object<'a>,
    file: &'a str,
    range: Range,
    text: String,
    schedule: &'a str,
    then: String,
}

#[derive(Serialize)]
struct Most {
    most: i64,
    since: When,
}

/// A question and its answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    r#if: &'static str,
    seconds: Option<i64>,
    /// The question in words.
    words: String,
    then: String,
    rule: Option<&'static str>,
    attempts: u32,
    summary: Figures,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    due: u64,
    started: u64,
    on_time: u64,
    late: u64,
    longest_lateness_seconds: f64,
    left_out: u64,
    waiting: u64,
    replaced: u64,
    complete: u64,
    failed: u64,
    active: u64,
    most_jobs: u64,
    most_pods: u64,
    pods: u64,
    failed_kept_seconds: Option<f64>,
    complete_kept_seconds: Option<f64>,
}

/// Writes the object and a line break; events are written as they happen, so that any number of them fits.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(plans: &[Plan], assumed: &Assumed, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{{\"version\": {VERSION},\n \"iana\": {},\n \"simulations\": [", json::text(&IANA_VERSION))?;
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, assumed)).collect();
    let mut gathering = Gathering::of(&forecasts);
    for (number, plan) in plans.iter().enumerate() {
        out.write_all(json::before(number == 0))?;
        let forecast = Forecast::of(plan, assumed);
        let head = json::text(&head(plan, forecast.as_ref(), assumed));
        write!(out, "{}, \"events\": [", head.strip_suffix('}').unwrap_or(&head))?;
        if let (Some(forecast), Some(gathering)) = (forecast, &mut gathering) {
            write_events(&forecast, gathering, out)?;
        }
        write!(out, "]}}")?;
    }
    let fleet = gathering.map(|gathering| Together::of(gathering.finish(), &forecasts));
    writeln!(out, "],\n \"fleet\": {}}}", json::text(&fleet))
}

fn head<'a>(plan: &'a Plan, forecast: Option<&Forecast<'_>>, assumed: &Assumed) -> Head<'a> {
    Head {
        object: Object::new(&plan.identity),
        file: &plan.at.file,
        range: Range::of([plan.at.start, plan.at.end]),
        document: plan.document,
        not_simulated: plan.object.as_ref().err().map(unfit::words),
        from: forecast.map(|forecast| When::utc(forecast.from)),
        until: forecast.map(|forecast| When::utc(forecast.until)),
        assumptions: forecast.map_or_else(Vec::new, premises::list),
        summary: forecast.map(|forecast| Figures::of(&forecast.summary())),
        what_if: forecast
            .filter(|forecast| !forecast.is_on_assumptions())
            .and_then(|forecast| what_if(forecast, assumed)),
    }
}

fn what_if(forecast: &Forecast<'_>, assumed: &Assumed) -> Option<WhatIf> {
    let table = Table::of(forecast.plan, &assumed.world)?;
    let answered = |row: &Row| {
        let (question, length) = answers::key(row.question);
        Answered {
            r#if: question,
            seconds: length.map(crate::schedule::Seconds::get),
            words: answers::whole_question(row.question, forecast.object),
            then: answers::answer(row, forecast.object),
            rule: row.rule,
            attempts: row.answer.first.attempts,
            summary: Figures::of(&row.answer.summary),
        }
    };
    let rows = table.rows.iter().map(answered).collect();
    Some(WhatIf { from: When::utc(table.window.start), until: When::utc(table.window.end), rows })
}

impl<'a> Together<'a> {
    fn of(fleet: Fleet, forecasts: &[Forecast<'a>]) -> Self {
        let label = |number: usize| forecasts[number].plan.label();
        let shared = |Shared { volume, jobs, of, .. }: Shared| SharedClaim {
            namespace: volume.namespace.clone(),
            name: volume.name.clone(),
            mode: volume.mode.clone(),
            jobs: Most::of(jobs),
            of: of.into_iter().map(label).collect(),
        };
        Self {
            from: When::utc(fleet.window.start),
            until: When::utc(fleet.window.end),
            starts: fleet.minutes.total(),
            most_jobs: Most::of(fleet.jobs),
            most_pods: Most::of(fleet.pods),
            most_cpu_millis: Most::of(fleet.cpu_millis),
            most_memory_bytes: Most::of(fleet.memory_bytes),
            hot_minutes: fleet.hot.iter().map(|hot| HotMinute::of(hot, label)).collect(),
            shared_claims: fleet.shared.into_iter().map(shared).collect(),
            spread: fleet.spread.map(|spread| Spread {
                before: spread.before,
                after: spread.after,
                moves: spread.moves.into_iter().filter_map(|one| Moved::of(one, forecasts)).collect(),
            }),
        }
    }
}

impl Most {
    fn of(Peak { most, at, .. }: Peak) -> Self {
        Self { most: i64::try_from(most).unwrap_or(i64::MAX), since: When::utc(at.instant()) }
    }
}

impl<'a> Moved<'a> {
    fn of(one: Move, forecasts: &[Forecast<'a>]) -> Option<Self> {
        let Forecast { plan, object: controller::Object::CronJob(cron_job), .. } = forecasts.get(one.number)? else {
            return None;
        };
        let at = plan.free_minute.as_ref()?;
        Some(Self {
            object: Object::new(&plan.identity),
            file: &at.file,
            range: Range::of([at.start, at.end]),
            text: one.text,
            schedule: &cron_job.written.0,
            then: one.schedule,
        })
    }
}

impl Figures {
    fn of(summary: &Summary) -> Self {
        let &Summary { due, started, on_time, late, left_out, waiting, replaced, complete, failed, active, .. } =
            summary;
        let &Summary { most_jobs, most_pods, pods, longest_lateness, failed_kept, complete_kept, .. } = summary;
        let kept = |kept: Option<Kept>| match kept {
            Some(Kept::For(length)) => Some(seconds(length)),
            _ => None,
        };
        Self {
            due,
            started,
            on_time,
            late,
            longest_lateness_seconds: seconds(longest_lateness),
            left_out,
            waiting,
            replaced,
            complete,
            failed,
            active,
            most_jobs,
            most_pods,
            pods,
            failed_kept_seconds: kept(failed_kept),
            complete_kept_seconds: kept(complete_kept),
        }
    }
}

fn seconds(length: Delay) -> f64 {
    length.micros() as f64 / 1e6
}

/// Writes what happens to an object, the next of all that are simulated.
fn write_events(forecast: &Forecast<'_>, all: &mut Gathering<'_, '_>, out: &mut dyn io::Write) -> io::Result<()> {
    let name = forecast.plan.identity.name.as_deref().unwrap_or("job");
    let (mut done, mut comma) = (Ok(()), "");
    all.tell_next(&mut |event| {
        if let Some(happening) = happening(event, name, forecast).filter(|_| done.is_ok()) {
            done = write!(out, "{comma}\n   {}", json::text(&happening));
            comma = ",";
        }
    });
    done
}

fn happening(event: Event, name: &str, forecast: &Forecast<'_>) -> Option<Told> {
    let told = Told { utc: Some(rfc3339_millis(event.at)), ..Told::of(event, [name, name])? };
    let detail = match event.what {
        What::Changed if forecast.is_suspended_at(event.at) => "suspended",
        What::Changed => "resumed",
        What::Job(_, JobEvent::Gone(why)) => reason(why),
        _ => return Some(told),
    };
    Some(Told { detail: Some(detail.to_owned()), ..told })
}

fn reason(why: Deletion) -> &'static str {
    match why {
        Deletion::Replaced => "replaced",
        Deletion::Pruned => "pruned",
        Deletion::Expired => "expired",
    }
}
