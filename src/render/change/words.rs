//! What is said of a change, the same in each form.

use crate::change::{Change, Happening, Runs, What};
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

/// What becomes of an object that is gone, or has another name.
pub(super) fn aside(change: &Change) -> Option<String> {
    let kind = change.object.kind.as_deref().unwrap_or("object");
    if change.new.is_none() {
        let with = if kind == "CronJob" { "its Jobs and their pods" } else { "its pods" };
        return Some(format!("`kubectl apply` leaves it in the cluster; whoever deletes it deletes {with} with it"));
    }
    let was = change.renamed_from.as_deref()?;
    Some(format!("it was called `{was}`, which stays in the cluster until it is deleted: {kind}s of both names run"))
}

/// Runs that are told one by one.
const TOLD: usize = 3;

/// Which runs come and go.
pub(super) fn of_runs(runs: &Runs) -> Vec<String> {
    let mut all = Vec::new();
    for (list, which) in [(&runs.gone, "gone"), (&runs.new, "new")] {
        if list.is_empty() {
            continue;
        }
        let mut told: Vec<String> = list.iter().take(TOLD).map(|run| clock(*run, runs.zone)).collect();
        if list.len() > TOLD {
            told.push(format!("and {} more", list.len() - TOLD));
        }
        all.push(format!("{which}: {}", told.join(", ")));
    }
    all
}

/// What happens at once, with the time that it is about.
pub(super) fn of_happening(happening: &Happening, zone: Option<Zone>) -> String {
    match happening.what {
        What::RunStarts { scheduled } => {
            format!("the run of {} starts late: {}", clock(scheduled, zone), happening.message)
        }
        _ => happening.message.clone(),
    }
}

/// `2026-12-01 02:00 Europe/Berlin`.
fn clock(at: Instant, zone: Option<Zone>) -> String {
    let zone = zone.unwrap_or(Zone::utc());
    let text = crate::render::when::rfc3339(at, zone);
    let shown = text.get(..16).unwrap_or(&text).replace('T', " ");
    format!("{shown} {}", zone.name())
}

/// What stays, and what a new object would have.
pub(super) fn of_kept(kept: &crate::change::Kept) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    format!("`{}` stays {}; a new object would have {}", kept.field, value(&kept.value), value(&kept.anew))
}
