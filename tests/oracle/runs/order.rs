//! What happens at the same moment, in another order: containers of one Job that end at once and are restarted in place take
//! each other's outcomes, since the oracle lets them end in any order; a pod that ends or stops at the very moment at which
//! a controller looks is seen by it, or not; and of pods without indexes that are alike any may be stopped.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use batchlint::controller::{Attempt, Event, Moment, PodEvent, Watcher, What};
use batchlint::foresight::Script;
use serde_json::Value as Json;

use crate::timeline::{script, simulated_line, sorted};

/// How many turns are tried for one difference.
const TRIED: usize = 500;

#[derive(Clone, Default)]
struct Order {
    /// For a run of a container, by Job and how many were before, the one whose outcome it takes.
    outcomes: BTreeMap<(u64, u32), u32>,
    /// When pods come before looks.
    early: BTreeSet<Moment>,
}

/// What may be the other way round.
enum Turn {
    /// The outcomes of two runs of containers of a Job.
    Outcomes(u64, u32, u32),
    /// Pods and looks.
    Looks(Moment),
}

/// Whether one of the answers is what is simulated, in another order.
pub(crate) fn explains(scenario: &Json, answers: &[Vec<String>]) -> bool {
    let script = script(scenario);
    answers.iter().any(|answer| explains_one(&script, answer))
}

/// Turns round what leads farther along the answer, until it is the one.
fn explains_one(script: &Script, answer: &[String]) -> bool {
    let alike = |told: &Told| told.lines.iter().zip(answer).take_while(|(one, other)| one == other).count();
    let at = |line: Option<&String>| line.and_then(|line| line.split(' ').next()?.parse().ok()).unwrap_or(i64::MAX);
    let mut order = Order::default();
    let mut told = tell(script, &order);
    let is_it = |told: &Told| told.lines == answer || lives(&told.lines) == lives(answer);
    while !is_it(&told) {
        let same = alike(&told);
        let until = at(told.lines.get(same)).min(at(answer.get(same)));
        let better = told.turns(until).take(TRIED).find_map(|turn| {
            let order = order.turned(&turn);
            let other = tell(script, &order);
            (is_it(&other) || alike(&other) > same).then_some((order, other))
        });
        let Some(better) = better else { return false };
        (order, told) = better;
    }
    true
}

/// What happens, with all that happens to a pod without an index in one line, whichever it is.
fn lives(lines: &[String]) -> Vec<String> {
    let (mut others, mut pods) = (Vec::new(), BTreeMap::<(&str, &str), String>::new());
    for line in lines {
        let parts: Vec<&str> = line.splitn(6, ' ').collect();
        match parts[..] {
            [at, what, job, pod, "None)", detail] if pod != "(None," => {
                pods.entry((job, pod)).or_default().push_str(&format!(" {at} {what} {detail}"));
            }
            _ => others.push(line.clone()),
        }
    }
    others.extend(pods.into_iter().map(|((job, _), life)| format!("{job}{life}")));
    others.sort();
    others
}

impl Order {
    fn turned(&self, turn: &Turn) -> Self {
        let mut turned = self.clone();
        match *turn {
            Turn::Outcomes(job, one, other) => {
                let taken = |run: u32| self.outcomes.get(&(job, run)).copied().unwrap_or(run);
                turned.outcomes.insert((job, one), taken(other));
                turned.outcomes.insert((job, other), taken(one));
            }
            Turn::Looks(at) => {
                if !turned.early.remove(&at) {
                    turned.early.insert(at);
                }
            }
        }
        turned
    }
}

struct Told {
    lines: Vec<String>,
    /// The runs of containers that are begun at once, by Job.
    begun: BTreeMap<(Moment, u64), Vec<u32>>,
    /// When pods and looks come at once.
    met: BTreeSet<Moment>,
}

impl Told {
    /// What may be turned round until a millisecond, the last first.
    fn turns(&self, until: i64) -> impl Iterator<Item = Turn> {
        let mut turns: Vec<(Moment, Turn)> = self.met.iter().map(|at| (*at, Turn::Looks(*at))).collect();
        for ((at, job), runs) in &self.begun {
            for (first, one) in runs.iter().enumerate() {
                let others = runs[first + 1..].iter();
                turns.extend(others.map(|other| (*at, Turn::Outcomes(*job, *one, *other))));
            }
        }
        turns.retain(|(at, _)| at.millis() <= until);
        turns.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        turns.into_iter().map(|(_, turn)| turn)
    }
}

fn tell(script: &Script, order: &Order) -> Told {
    let in_order = |attempt: Attempt| {
        let of_job = order.outcomes.get(&(attempt.job, attempt.of_job)).copied().unwrap_or(attempt.of_job);
        Attempt { of_job, ..attempt }
    };
    let (lines, begun, runs, met) = (Vec::new(), BTreeMap::new(), BTreeMap::new(), RefCell::default());
    let mut listener = Listener { early: &order.early, lines, begun, runs, met };
    script.watch_in_order(&in_order, &mut listener);
    let Listener { lines, begun, met, .. } = listener;
    Told { lines: sorted(lines.into_iter()), begun, met: met.into_inner() }
}

struct Listener<'o> {
    early: &'o BTreeSet<Moment>,
    lines: Vec<String>,
    begun: BTreeMap<(Moment, u64), Vec<u32>>,
    /// How many runs of containers each Job has had.
    runs: BTreeMap<u64, u32>,
    met: RefCell<BTreeSet<Moment>>,
}

impl Watcher for Listener<'_> {
    fn see(&mut self, event: Event) {
        if let What::Pod(job, _, PodEvent::Created | PodEvent::ContainerFailed(_)) = event.what {
            let run = self.runs.entry(job.number).or_default();
            self.begun.entry((event.at, job.number)).or_default().push(*run);
            *run += 1;
        }
        self.lines.extend(simulated_line(event));
    }

    fn comes_before_look(&self, at: Moment) -> bool {
        self.met.borrow_mut().insert(at);
        self.early.contains(&at)
    }
}
