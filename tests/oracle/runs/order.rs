//! Containers of one Job that end at the same moment and are restarted in place: which of them takes the next outcome is up
//! to the oracle, which lets them end in any order.

use std::collections::BTreeMap;

use batchlint::controller::{Attempt, Event, Moment, PodEvent, What};
use batchlint::foresight::Script;
use serde_json::Value as Json;

use crate::timeline::{script, simulated_line, sorted};

/// How many orders are tried.
const TRIED: usize = 2_000;

/// For a run of a container, by Job and how many were before, the one whose outcome it takes.
type Order = BTreeMap<(u64, u32), u32>;

struct Told {
    lines: Vec<String>,
    /// The runs of containers that are begun at once, Job by Job, in order of time.
    at_once: Vec<(u64, Vec<u32>)>,
}

/// Whether one of the answers is what is simulated, with the outcomes in another order.
pub(crate) fn explains(scenario: &Json, answers: &[Vec<String>]) -> bool {
    let script = script(scenario);
    let score = |told: &Told| answers.iter().map(|answer| alike(&told.lines, answer)).max().unwrap_or(0);
    let is_it = |told: &Told| answers.contains(&told.lines);
    let (mut order, mut tried) = (Order::new(), 0);
    let mut told = tell(&script, &order);
    while !is_it(&told) {
        let better = swaps(&told).take(TRIED - tried).find_map(|swap| {
            tried += 1;
            let order = swapped(&order, swap);
            let other = tell(&script, &order);
            (is_it(&other) || score(&other) > score(&told)).then_some((order, other))
        });
        let Some(better) = better else { return false };
        (order, told) = better;
    }
    true
}

/// How many lines are the same.
fn alike(simulated: &[String], recorded: &[String]) -> usize {
    simulated.iter().zip(recorded).take_while(|(one, other)| one == other).count()
}

/// Two runs of containers of a Job that may take each other's outcomes.
fn swaps(told: &Told) -> impl Iterator<Item = (u64, u32, u32)> {
    told.at_once.iter().flat_map(|(job, runs)| {
        let pairs =
            runs.iter().enumerate().flat_map(|(at, one)| runs[at + 1..].iter().map(move |other| (*one, *other)));
        pairs.map(|(one, other)| (*job, one, other))
    })
}

fn swapped(order: &Order, (job, one, other): (u64, u32, u32)) -> Order {
    let mut swapped = order.clone();
    let taken = |run: u32| order.get(&(job, run)).copied().unwrap_or(run);
    swapped.insert((job, one), taken(other));
    swapped.insert((job, other), taken(one));
    swapped
}

fn tell(script: &Script, order: &Order) -> Told {
    let in_order = |attempt: Attempt| {
        let of_job = order.get(&(attempt.job, attempt.of_job)).copied().unwrap_or(attempt.of_job);
        Attempt { of_job, ..attempt }
    };
    let mut lines = Vec::new();
    let mut begun: BTreeMap<(Moment, u64), Vec<u32>> = BTreeMap::new();
    let mut runs: BTreeMap<u64, u32> = BTreeMap::new();
    script.watch_in_order(&in_order, &mut |event: Event| {
        if let What::Pod(job, _, PodEvent::Created | PodEvent::ContainerFailed(_)) = event.what {
            let run = runs.entry(job.number).or_default();
            begun.entry((event.at, job.number)).or_default().push(*run);
            *run += 1;
        }
        lines.extend(simulated_line(event));
    });
    let at_once = begun.into_iter().map(|((_, job), runs)| (job, runs)).filter(|(_, runs)| runs.len() > 1);
    Told { lines: sorted(lines.into_iter()), at_once: at_once.collect() }
}
