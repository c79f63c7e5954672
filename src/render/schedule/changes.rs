//! The clock changes that a schedule meets.

use serde::Serialize;

use crate::agenda::Explained;
use crate::render::when::When;
use crate::schedule::{ClockChange, Seconds, Transition, WallTime, clock_changes};

/// The year that clock changes are looked for in.
pub(super) const YEAR: Seconds = Seconds::new(366 * 86_400);

/// A change of the zone's clocks, for programs.
#[derive(Serialize)]
pub(super) struct Change {
    at: When,
    /// Seconds east of UTC before it, and from it on.
    before: i32,
    after: i32,
    /// What it does to the runs, a sentence each; nothing, where they go on as before.
    words: Vec<String>,
}

/// All within a year.
pub(super) fn list(explained: &Explained<'_>) -> Vec<Change> {
    let Ok(expression) = &explained.expression else { return Vec::new() };
    let (zone, range) = (explained.zone(), explained.from..explained.from + YEAR);
    let told = clock_changes(expression, zone, range.clone());
    let change = |transition: Transition| {
        let does = told.iter().find(|change| change.transition == transition && !change.steady);
        let (before, after) = (transition.before, transition.after);
        Change { at: When::in_zone(transition.at, zone), before, after, words: does.map(words).unwrap_or_default() }
    };
    zone.transitions(range).filter(|transition| transition.before != transition.after).map(change).collect()
}

/// What one clock change does, a line each.
pub(super) fn words(change: &ClockChange) -> Vec<String> {
    let mut words = Vec::new();
    let listed = |walls: &[WallTime]| match walls {
        [] => None,
        [one] => Some(one.clock()),
        [first, .., last] => Some(format!("{} to {} ({} times)", first.clock(), last.clock(), walls.len())),
    };
    if let Some(times) = listed(&change.skipped) {
        words.push(format!("{times} does not exist: no run"));
    }
    let doubled: Vec<_> = change.doubled.iter().map(|(wall, _)| *wall).collect();
    if let Some(times) = listed(&doubled) {
        words.push(format!("{times} comes twice: two runs"));
    }
    if let Some(times) = listed(&change.lost) {
        let date = change.lost.first().map(|wall| wall.date.with_weekday()).unwrap_or_default();
        words.push(format!("{times} is passed over on {date}: no run, though the clock shows that time"));
    }
    for (wall, _) in change.stray.iter().take(2) {
        words.push(format!(
            "a run on {} at {}, which the schedule does not name",
            wall.date.with_weekday(),
            wall.clock()
        ));
    }
    if change.stuck.is_some() {
        words.push("Kubernetes finds the same run again and again, and starts no further one".to_owned());
    }
    words
}
