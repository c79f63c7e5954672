//! What is said of a change, the same in each form.

use crate::change::{Change, Happening, Kept, Later, What};
use crate::schedule::{Instant, Zone};

/// What the server answers, in a word or two.
pub(super) fn answer(change: &Change) -> &'static str {
    match (&change.old, &change.new) {
        _ if !change.accepted => "refused",
        (_, None) => "gone",
        (None, _) => "new",
        _ if change.renamed_from.is_some() => "renamed",
        _ if change.changed => "accepted",
        _ => "no change",
    }
}

/// Whether there is more to say of it than that it stays.
pub(super) fn says_something(change: &Change) -> bool {
    answer(change) != "no change" || !change.kept.is_empty() || !change.at_once.is_empty()
}

/// How many objects there is nothing to say of.
pub(super) fn of_same(same: usize, all: usize) -> String {
    match (same, all) {
        (0, _) => "No Job or CronJob changed.".to_owned(),
        (1, 1) => "The one object stays as it is.".to_owned(),
        (1, _) => format!("1 of {all} objects stays as it is."),
        _ if same == all => format!("All {all} objects stay as they are."),
        _ => format!("{same} of {all} objects stay as they are."),
    }
}

/// What becomes of an object that is gone, or has another name.
pub(super) fn aside(change: &Change) -> Option<String> {
    let kind = change.object.kind.as_deref().unwrap_or("object");
    if change.new.is_none() {
        let (stays, with) = match kind {
            "CronJob" => (", where it runs on", "its Jobs and their pods"),
            _ => ("", "its pods"),
        };
        return Some(format!(
            "`kubectl apply` leaves it in the cluster{stays}; whoever deletes it deletes {with} with it"
        ));
    }
    let was = change.renamed_from.as_deref()?;
    Some(format!("it was called `{was}`, which stays in the cluster until it is deleted: {kind}s of both names run"))
}

/// Runs that are told one by one.
const TOLD: usize = 3;

/// Which runs come and go.
pub(super) fn of_runs(change: &Change) -> Vec<String> {
    let Some(runs) = &change.runs else { return Vec::new() };
    // What is deleted runs no more; what is merely taken out of the files does.
    let gone = if change.new.is_none() { "gone, once it is deleted" } else { "gone" };
    let lists = [(gone, &runs.gone, runs.old_zone), ("new", &runs.new, runs.zone)];
    let told = lists.into_iter().filter(|(_, list, _)| !list.is_empty());
    told.map(|(which, list, zone)| format!("runs {which}: {}", told_one_by_one(list, zone, runs.until))).collect()
}

/// `Sat 2026-11-28 02:00, Sun 2026-11-29 02:00 Europe/Berlin`, and how many there are besides.
fn told_one_by_one(list: &[Instant], zone: Option<Zone>, until: Instant) -> String {
    let zone = zone.unwrap_or(Zone::utc());
    let told: Vec<String> = list.iter().take(TOLD).map(|run| zone.local(*run).with_weekday()).collect();
    let told = format!("{} {}", told.join(", "), zone.name());
    match list.len().saturating_sub(TOLD) {
        0 => told,
        more => format!("{told}, and {more} more until {}", zone.local(until).date.with_weekday()),
    }
}

/// Whether something happens at once.
pub(super) const fn when(happening: &Happening) -> &'static str {
    if happening.waits { "late:" } else { "at once:" }
}

/// What happens, with the time that it is about.
pub(super) fn of_happening(happening: &Happening, zone: Option<Zone>) -> String {
    match happening.what {
        What::RunStarts { scheduled } if happening.waits => {
            let (run, at) = (clock(scheduled, zone), clock(happening.at, zone));
            format!("the run of {run} starts on {at}, {}", happening.message)
        }
        What::RunStarts { scheduled } => {
            format!("the run of {} starts late, {}", clock(scheduled, zone), happening.message)
        }
        _ => happening.message.clone(),
    }
}

/// What holds from some run on.
pub(super) fn of_later(later: &Later, zone: Option<Zone>) -> String {
    let run = later.run.map_or_else(|| "the next run".to_owned(), |run| format!("the run of {}", clock(run, zone)));
    format!("from {run} on: {}", later.message)
}

/// `Tue 2026-12-01 02:00 Europe/Berlin`.
fn clock(at: Instant, zone: Option<Zone>) -> String {
    zone.unwrap_or(Zone::utc()).told(at)
}

/// What stays, and what a new object would have.
pub(super) fn of_kept(kept: &Kept) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    format!("`{}` stays {}; a new object would have {}", kept.field, value(&kept.value), value(&kept.anew))
}
