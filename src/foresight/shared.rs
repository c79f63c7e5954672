//! The runs that have a claim at once which one node, or one pod, can use at a time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::peak::Peak;
use super::volume::Volume;
use super::{Forecast, Plan, State};
use crate::controller::Moment;
use crate::hash::HashMap;
use crate::schedule::Instant;
use crate::sort;

/// Runs that have a claim at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shared {
    /// The claim.
    pub volume: Rc<Volume>,
    /// Most of them.
    pub jobs: Peak,
    /// Whose they are then, by their numbers.
    pub of: Vec<usize>,
}

/// Gives objects those of the volumes that their pods mount.
#[must_use]
pub fn mounted(mut plans: Vec<Plan>, volumes: Vec<Volume>) -> Vec<Plan> {
    let mut known: HashMap<(Option<String>, String), Rc<Volume>> = HashMap::default();
    for volume in volumes {
        known.entry((volume.namespace.clone(), volume.name.clone())).or_insert(Rc::new(volume));
    }
    for plan in &mut plans {
        let volume = |name: &String| known.get(&(plan.identity.namespace.clone(), name.clone())).cloned();
        plan.volumes = plan.claimed.iter().filter_map(volume).collect();
    }
    plans
}

/// The volumes that runs of these have at once, those of most runs first.
pub(super) fn shared(forecasts: &[Forecast<'_>], until: Instant) -> Vec<Shared> {
    let mut holders: BTreeMap<&Rc<Volume>, Vec<usize>> = BTreeMap::new();
    for (number, forecast) in forecasts.iter().enumerate() {
        for volume in &forecast.plan.volumes {
            let of_volume = holders.entry(volume).or_default();
            if of_volume.last() != Some(&number) {
                of_volume.push(number);
            }
        }
    }
    let shared = holders.into_iter().filter_map(|(volume, holders)| {
        at_once(forecasts, &holders, until).map(|(jobs, of)| Shared { volume: Rc::clone(volume), jobs, of })
    });
    let mut shared: Vec<Shared> = shared.collect();
    sort::by_key(&mut shared, |shared| Reverse(shared.jobs.most));
    shared
}

/// The most runs that are active at once, and whose they are; `None` where there are no two.
fn at_once(forecasts: &[Forecast<'_>], of: &[usize], until: Instant) -> Option<(Peak, Vec<usize>)> {
    let active = |number: usize, visit: &mut dyn FnMut(Moment, Moment)| {
        forecasts[number].cut(until).stretches(&mut |stretch| {
            if matches!(stretch.state, State::Running | State::Retrying) {
                visit(stretch.from, stretch.until);
            }
        });
    };
    let mut changes: BTreeMap<Moment, i128> = BTreeMap::new();
    for number in of {
        active(*number, &mut |from, until| {
            *changes.entry(from).or_default() += 1;
            *changes.entry(until).or_default() -= 1;
        });
    }
    let (mut now, mut peak) = (0, None::<Peak>);
    for (at, change) in changes {
        now += change;
        if now > peak.map_or(1, |peak| peak.most) {
            peak = Some(Peak { most: now, at });
        }
    }
    let peak = peak?;
    let is_there = |number: &usize| {
        let mut is_there = false;
        active(*number, &mut |from, until| is_there |= (from..until).contains(&peak.at));
        is_there
    };
    Some((peak, of.iter().copied().filter(is_there).collect()))
}
