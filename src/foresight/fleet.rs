//! What comes of all objects together: how much of it at once, and in which minutes most of it starts.

mod ledger;
mod listener;
mod starts;

use std::ops::Range;

use super::Forecast;
use super::peak::Peak;
use super::shared::{Shared, shared};
use super::spread::spread;
use crate::controller::{Event, Hot, Minutes, Moment, Watcher};
use crate::schedule::{Instant, Spread};
use ledger::Ledger;
use listener::Listener;
use starts::Starts;

/// Minutes that are named.
const HOT: usize = 5;

/// All objects together.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fleet {
    /// When: as long as all of them are watched, and four weeks at the most.
    pub window: Range<Instant>,
    /// How many Jobs start in each minute.
    pub minutes: Minutes,
    /// The minutes in which most start.
    pub hot: Vec<Hot>,
    /// Most Jobs that are active at once.
    pub jobs: Peak,
    /// Most pods that have not ended.
    pub pods: Peak,
    /// Most CPU that these request, in thousandths of a core.
    pub cpu_millis: Peak,
    /// Most memory that they request, in bytes.
    pub memory_bytes: Peak,
    /// The claims that runs have at once, though one node can use them at a time.
    pub shared: Vec<Shared>,
    /// Schedules by which fewer runs are due in one minute, where many are.
    pub spread: Option<Spread>,
}

/// Puts together what comes of objects, one after the other.
#[derive(Debug)]
pub struct Gathering<'f, 'p> {
    window: Range<Instant>,
    minutes: Minutes,
    ledger: Ledger,
    /// When Jobs start of the objects that were simulated.
    starts: Vec<Starts>,
    forecasts: &'f [Forecast<'p>],
}

impl Fleet {
    /// What comes of all of these together, or `None` where there is none of them.
    #[must_use]
    pub fn of(forecasts: &[Forecast<'_>]) -> Option<Self> {
        let mut gathering = Gathering::of(forecasts)?;
        while gathering.add_next() {}
        Some(gathering.finish())
    }
}

impl<'f, 'p> Gathering<'f, 'p> {
    /// Begins with none of these, or not at all where there is none.
    #[must_use]
    pub fn of(forecasts: &'f [Forecast<'p>]) -> Option<Self> {
        let window = window(forecasts)?;
        let minutes = Minutes::of(&window);
        Some(Self { window, minutes, ledger: Ledger::default(), starts: Vec::new(), forecasts })
    }

    /// Simulates the next object; whether there was one.
    pub fn add_next(&mut self) -> bool {
        let Some(forecast) = self.next() else { return false };
        let end = self.window.end;
        self.listen(forecast, |listener| forecast.cut(end).watch(listener));
        true
    }

    /// Simulates the next object, and tells a visitor all that happens; that may be more than is put together.
    pub fn tell_next(&mut self, visit: &mut dyn FnMut(Event)) {
        let Some(forecast) = self.next() else { return };
        let end = Moment::of(self.window.end);
        self.listen(forecast, |listener| {
            forecast.simulate(&mut |event| {
                if event.at < end {
                    listener.see(event);
                }
                visit(event);
            });
        });
    }

    fn next(&self) -> Option<&'f Forecast<'p>> {
        self.forecasts.get(self.starts.len())
    }

    fn listen(&mut self, forecast: &Forecast<'_>, to: impl FnOnce(&mut Listener<'_>)) {
        let mut listener = Listener::new(forecast, &mut self.minutes, &mut self.ledger);
        to(&mut listener);
        self.starts.push(listener.starts);
    }

    /// The whole.
    #[must_use]
    pub fn finish(self) -> Fleet {
        let mut hot = self.minutes.hottest(HOT);
        for (number, starts) in self.starts.iter().enumerate() {
            let in_it = hot.iter_mut().filter(|hot| starts.has(hot.minute));
            in_it.for_each(|hot| hot.of.push(number));
        }
        let [jobs, pods, cpu_millis, memory_bytes] = self.ledger.peaks(Moment::of(self.window.start));
        let (shared, spread) = (shared(self.forecasts, self.window.end), spread(self.forecasts));
        let Self { window, minutes, .. } = self;
        Fleet { window, minutes, hot, jobs, pods, cpu_millis, memory_bytes, shared, spread }
    }
}

/// As long as all of them are watched.
fn window(forecasts: &[Forecast<'_>]) -> Option<Range<Instant>> {
    let from = forecasts.iter().map(|forecast| forecast.from).min()?;
    let until = forecasts.iter().map(|forecast| forecast.until).min()?;
    Some(from..until.min(from.saturating_add(Minutes::MOST)))
}
