//! `runs-start-together`

mod proposal;

use std::collections::BTreeMap;

use crate::analysis::{CronJobFacts, ObjectFacts};
use crate::hash::HashMap;
use crate::rule::{Check, Fleet, FleetFindings, Parameter, Rule, page};
use crate::schedule::{FieldName, Instant, Seconds, Spread, Zone};
use proposal::{changes, proposal};

pub(crate) static RULE: Rule = Rule::new(page!("fleet/runs-start-together"), Check::Fleet(check)).with(&[MANY]);

/// So many in one minute are worth a word.
const MANY: Parameter = Parameter::count("many", "how many starts in one minute are worth a word", 4, (2, 1_000));
/// So many of the others are shown.
const SHOWN: usize = 3;
const WEEK: Seconds = Seconds::new(7 * 86_400);

fn check(fleet: &Fleet<'_>, findings: &mut FleetFindings<'_>) {
    let cron_jobs = fleet.running();
    let many = usize::try_from(findings.limit(&MANY)).unwrap_or(usize::MAX);
    if cron_jobs.len() < many {
        return;
    }
    let (objects, count) = numbered(&cron_jobs);
    let now = fleet.settings.now;
    let mut minutes: BTreeMap<Instant, Vec<usize>> = BTreeMap::new();
    for (place, (_, cron_job)) in cron_jobs.iter().enumerate() {
        for at in runs_at_minute_zero(cron_job, now) {
            minutes.entry(at).or_default().push(place);
        }
    }
    // Of one name, one object runs in a cluster.
    let mut last_minutes = vec![None; count];
    for (at, places) in &mut minutes {
        places.retain(|place| last_minutes[objects[*place]].replace(*at) != Some(*at));
    }
    let most = minutes.values().map(Vec::len).max().unwrap_or(0);
    let Some((at, places)) = minutes.iter().find(|(_, places)| places.len() == most && most >= many) else { return };
    let [first, others @ ..] = &places[..] else { return };

    let (object, cron_job) = cron_jobs[*first];
    let local = Zone::utc().local(*at);
    let (day, clock) = (local.date.with_weekday(), local.clock());
    let message = format!("{most} of {count} CronJobs start in the same minute, next on {day} at {clock} UTC");
    let together = places.iter().map(|place| objects[*place]).collect();
    let spread = proposal(&cron_jobs, &objects, &together, now);
    let changes = spread.as_ref().and_then(|spread| changes(&cron_jobs, &spread.moves));
    let help = help(&cron_jobs, places, (spread.as_ref(), changes.is_some()));
    let mut report = findings.report(&cron_job.at, object, message).field("spec.schedule").help(help);
    let left = others.len().saturating_sub(SHOWN);
    for (index, place) in others.iter().take(SHOWN).enumerate() {
        let (object, cron_job) = cron_jobs[*place];
        let rest = if index + 1 == SHOWN && left > 0 { format!(", and {left} more") } else { String::new() };
        report = report.label(cron_job.at.clone(), format!("{} starts then, too{rest}", name(object)));
    }
    if let Some(changes) = changes {
        let whose = if others.len() < MINUTES { "minutes of their own" } else { "other minutes" };
        findings.offer(format!("move {} of them to {whose}", changes.len()), changes);
    }
}

/// What the first two of them could be: their days and hours are meant.
fn help(
    cron_jobs: &[(&ObjectFacts, &CronJobFacts)],
    places: &[usize],
    (spread, is_offered): (Option<&Spread>, bool),
) -> String {
    let moves = spread.map_or(&[][..], |spread| &spread.moves);
    let told = places.iter().filter_map(|place| {
        let at = moves.binary_search_by_key(place, |one| one.number).ok()?;
        let whose = if *place == places[0] { "here" } else { &*format!("for {}", name(cron_jobs[*place].0)) };
        Some(format!("`{}` {whose}", moves[at].schedule))
    });
    let told: Vec<String> = told.take(2).collect();
    let such_as = if told.is_empty() { String::new() } else { format!(", such as {}", told.join(" and ")) };
    let others = match is_offered {
        _ if moves.len() <= 2 => "",
        true => "; `--diff --unsafe-fixes` shows the others",
        false => "; `batchlint simulate` has the others",
    };
    let what = if places.len() <= MINUTES { "give each a minute of its own" } else { "spread them over the hour" };
    format!("{what}{such_as}{others}")
}

/// How many minutes an hour has.
const MINUTES: usize = 60;

/// A number for each object, the same for those of one namespace and name; and how many there are.
fn numbered<'a>(cron_jobs: &[(&'a ObjectFacts, &'a CronJobFacts)]) -> (Vec<usize>, usize) {
    let (mut known, mut count) = (HashMap::default(), 0);
    let mut new = || {
        count += 1;
        count - 1
    };
    let number = |&(object, _): &(&'a ObjectFacts, &'a CronJobFacts)| match object.known_by() {
        Some(name) => *known.entry(name).or_insert_with(&mut new),
        None => new(),
    };
    let numbers = cron_jobs.iter().map(number).collect();
    (numbers, count)
}

fn name(object: &ObjectFacts) -> &str {
    object.identity.name.as_deref().unwrap_or("this one")
}

/// The runs of the next week, where they are all at minute 0.
fn runs_at_minute_zero(cron_job: &CronJobFacts, now: Instant) -> Vec<Instant> {
    let mut runs = Vec::new();
    let minutes = cron_job.expression().and_then(|expression| Some(expression.field(FieldName::Minute)?.values));
    if minutes == Some(1)
        && let Some(timetable) = cron_job.timetable()
    {
        timetable.runs_between(now, now + WEEK, &mut runs);
    }
    runs
}
