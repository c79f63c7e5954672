//! The picture of an object: in which state its runs are, when; and the same in numbers.

use std::fmt::Write as _;

use crate::agenda::Window;
use crate::controller::{Delay, Moment};
use crate::foresight::State;
use crate::render::axis::{marks, step};
use crate::schedule::{Instant, Seconds, Zone};

/// Columns of a picture.
pub(super) const COLUMNS: usize = 672;
/// Lines of a picture; where there are more, what is near becomes a band.
const LINES: usize = 120;
/// Columns that a letter of the axis takes where the picture is as small as it gets.
const LETTER: usize = 8;
/// Intervals that a length of time has at most.
const INTERVALS: i64 = 8;

/// A state as it is drawn, from the one below to the one above all others: its class, its height in the row, its name.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Kind {
    pub(in crate::render) state: State,
    pub(super) class: char,
    pub(super) height: u8,
    pub(super) name: &'static str,
}

impl Kind {
    /// All that runs of a simulation can be.
    pub(in crate::render) const ALL: [Self; 5] = [
        Self { state: State::Running, class: 'r', height: 8, name: "runs" },
        Self { state: State::Retrying, class: 't', height: 13, name: "retries" },
        Self { state: State::Waiting, class: 'w', height: 8, name: "waits" },
        Self { state: State::Late, class: 'l', height: 2, name: "starts late" },
        Self { state: State::LeftOut, class: 'x', height: 18, name: "left out" },
    ];
}

/// A length of time, cut into intervals at round times of a clock.
#[derive(Debug)]
pub(in crate::render) struct Scale {
    pub(super) window: Window,
    pub(super) step: Seconds,
    /// Where intervals begin; the first begins where the whole does.
    pub(super) begins: Vec<Instant>,
}

impl Scale {
    pub(in crate::render) fn new(window: Window, zone: Zone) -> Self {
        let step = step(Seconds::new((window.until - window.from).get() / INTERVALS));
        let mut begins = vec![window.from];
        begins.extend(marks(window, step, zone).filter(|mark| *mark > window.from));
        Self { window, step, begins }
    }

    /// The names of the intervals that have room for them, and the columns where they begin.
    pub(super) fn names(&self, zone: Zone) -> Vec<(usize, String)> {
        let columns: Vec<usize> = self.begins.iter().map(|at| self.column(Moment::of(*at))).collect();
        let ends = columns.iter().skip(1).copied().chain([COLUMNS]);
        let name = |(at, (column, end)): (&Instant, (&usize, usize))| {
            let local = zone.local(*at);
            let text = match self.step {
                step if step > Seconds::DAY * 7 => local.date.to_string(),
                step if step >= Seconds::DAY || local.second_of_day == 0 => {
                    format!("{:.3} {:02}-{:02}", local.date.with_weekday(), local.date.month, local.date.day)
                }
                _ => local.clock(),
            };
            (column + LETTER * text.len() <= end).then_some((*column, text))
        };
        self.begins.iter().zip(columns.iter().zip(ends)).filter_map(name).collect()
    }

    pub(in crate::render) fn until(&self) -> Instant {
        self.window.until
    }

    /// The column of a moment; those before and behind are in the first and the last.
    pub(super) fn column(&self, at: Moment) -> usize {
        let [from, until, at] = [Moment::of(self.window.from), Moment::of(self.window.until), at].map(Moment::millis);
        let share = i128::from((at - from).max(0)) * COLUMNS as i128 / i128::from((until - from).max(1));
        usize::try_from(share).unwrap_or(COLUMNS).min(COLUMNS - 1)
    }
}

/// What is drawn of an object.
#[derive(Debug)]
pub(in crate::render) struct Track<'s> {
    scale: &'s Scale,
    kinds: &'static [Kind],
    /// The kinds that are in a column, a bit each.
    columns: Vec<u8>,
    /// How many runs come into each state in an interval.
    pub(super) counts: Vec<[u64; Kind::ALL.len()]>,
}

impl<'s> Track<'s> {
    pub(in crate::render) fn new(scale: &'s Scale, kinds: &'static [Kind]) -> Self {
        let counts = vec![[0; Kind::ALL.len()]; scale.begins.len()];
        Self { scale, kinds, columns: vec![0; COLUMNS], counts }
    }

    pub(in crate::render) fn add(&mut self, state: State, from: Moment, until: Moment) {
        let Some(kind) = self.kinds.iter().position(|kind| kind.state == state) else { return };
        let first = self.scale.column(from);
        let last = self.scale.column(until - Delay::from_millis(1)).max(first);
        self.columns[first..=last].iter_mut().for_each(|column| *column |= 1 << kind);
        let interval = self.scale.begins.partition_point(|begin| Moment::of(*begin) <= from);
        self.counts[interval.saturating_sub(1)][kind] += 1;
    }

    /// The paths of the picture.
    pub(super) fn paths(&self) -> String {
        let (mut columns, mut width) = (self.columns.clone(), 1);
        while self.lines(&columns) > LINES {
            columns = columns.chunks(2).map(|pair| pair.iter().fold(0, |sum, column| sum | column)).collect();
            width *= 2;
        }
        let mut paths = String::new();
        for (number, kind) in self.kinds.iter().enumerate() {
            let is_in = |column: &u8| column & (1 << number) != 0;
            if columns.iter().any(is_in) {
                let _ = write!(paths, "<path class=\"{}\" d=\"M0 {}", kind.class, kind.height);
                for part in columns.chunk_by(|one, next| is_in(one) == is_in(next)) {
                    let (command, length) = (if is_in(&part[0]) { "h" } else { "m" }, part.len() * width);
                    let _ = if command == "h" { write!(paths, "h{length}") } else { write!(paths, "m{length} 0") };
                }
                paths.push_str("\"/>");
            }
        }
        paths
    }

    fn lines(&self, columns: &[u8]) -> usize {
        let begins = |kind: usize| columns.windows(2).filter(|pair| !pair[0] & pair[1] & (1 << kind) != 0).count() + 1;
        (0..self.kinds.len()).map(begins).sum()
    }
}
