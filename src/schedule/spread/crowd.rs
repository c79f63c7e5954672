//! What starts in each minute, and where what can move finds room.

use std::cmp::Reverse;

use super::round::RoundMinute;
use super::{Move, Scheduled};
use crate::hash::HashMap;
use crate::schedule::expression::Expression;
use crate::schedule::runs::Schedule;
use crate::schedule::time::{Instant, Seconds};
use crate::schedule::zone::Zone;
use crate::sort;

/// How far ahead is looked.
const AHEAD: Seconds = Seconds::new(35 * 86_400);
const HOUR: u8 = 60;

/// Schedules by the minutes in which they run.
pub(super) struct Crowd<'a> {
    /// What starts in each minute and stays there.
    fixed: Vec<u32>,
    /// The minutes at which the hours begin that a schedule runs in, for each set of days and hours.
    hours: Vec<Vec<u32>>,
    guests: Vec<Guest<'a>>,
}

/// A schedule that may move.
struct Guest<'a> {
    number: usize,
    written: RoundMinute<'a>,
    /// Its days and hours, in `hours`.
    hours: usize,
    minute: u8,
    weight: u32,
}

/// Guests that differ in nothing.
struct Group {
    hours: usize,
    minute: u8,
    weight: u32,
    guests: Vec<usize>,
}

/// Where the guests of each group go: so many to a minute.
struct Placement {
    of: Vec<Vec<(u8, usize)>>,
    /// By how many minutes all of them move together.
    distance: u64,
}

impl<'a> Crowd<'a> {
    pub(super) fn of(all: &[Scheduled<'a>], from: Instant) -> Self {
        let first = Instant::from_unix(from.unix() - from.unix().rem_euclid(60));
        let length = AHEAD.get() as usize / 60;
        let minutes = |expression: &Expression, zone: Zone, length: usize| {
            let mut runs = Vec::new();
            let end = first.saturating_add(Seconds::MINUTE * length as i64);
            Schedule::new(expression, zone).runs_between(first - Seconds::new(1), end, &mut runs);
            let minutes = runs.into_iter().map(|run| u32::try_from((run - first).get() / 60));
            minutes.filter_map(Result::ok).collect::<Vec<u32>>()
        };
        // Of what moves, the hours that begin are counted: a last one may run on behind.
        let mut crowd = Self { fixed: vec![0; length + usize::from(HOUR)], hours: Vec::new(), guests: Vec::new() };
        let (mut known, mut stay) = (HashMap::default(), HashMap::default());
        for (number, Scheduled { schedule, zone, may_move, weight }) in all.iter().copied().enumerate() {
            let Ok(expression) = Expression::parse(schedule) else { continue };
            let Some(written) = RoundMinute::of(schedule, &expression).filter(|_| may_move) else {
                if expression.every().is_none() {
                    let same = stay.entry((schedule, zone.name())).or_insert((expression, zone, 0_u32));
                    same.2 = same.2.saturating_add(weight);
                }
                continue;
            };
            let hours = *known.entry((written.schedule(0), zone.name())).or_insert_with_key(|(at_zero, _)| {
                let hours = Expression::parse(at_zero).map(|expression| minutes(&expression, zone, length));
                crowd.hours.push(hours.unwrap_or_default());
                crowd.hours.len() - 1
            });
            crowd.guests.push(Guest { number, minute: written.value(), written, hours, weight });
        }
        for (expression, zone, weight) in stay.into_values() {
            add(&mut crowd.fixed, &minutes(&expression, zone, length + usize::from(HOUR)), (0, weight));
        }
        crowd
    }

    /// The most that starts in one minute.
    pub(super) fn most(&self) -> u32 {
        most(&self.load(|_| true))
    }

    /// Moves guests that are at round minutes so that the most that starts in one minute is less; whether it could. Where
    /// more stays in a minute, others are not filled as high: each minute that a guest is in has as little as can be.
    pub(super) fn loosen(&mut self) -> bool {
        let before = self.most();
        let stays = self.load(|guest| !RoundMinute::is_round(guest.minute));
        if most(&stays) == before {
            return false;
        }
        let groups = self.groups();
        let orders = self.orders(&groups);
        let (mut least, mut most, mut best) = (1, before, None);
        while least < most {
            let capacity = least + (most - least) / 2;
            let placements = orders.iter().filter_map(|order| self.place((&groups, order), &stays, capacity));
            match placements.min_by_key(|placement| placement.distance) {
                Some(placement) => (most, best) = (capacity, Some(placement)),
                None => least = capacity + 1,
            }
        }
        let Some(placement) = best else { return false };
        for (group, places) in groups.iter().zip(&placement.of) {
            let minutes = places.iter().flat_map(|(minute, count)| std::iter::repeat_n(*minute, *count));
            for (guest, minute) in group.guests.iter().zip(minutes) {
                self.guests[*guest].minute = minute;
            }
        }
        true
    }

    /// The guests that are not where they were.
    pub(super) fn moves(&self) -> impl Iterator<Item = Move> {
        let moved = self.guests.iter().filter(|guest| guest.minute != guest.written.value());
        moved.map(|guest| Move {
            number: guest.number,
            minutes: [guest.written.value(), guest.minute],
            place: guest.written.place(),
            text: guest.written.text(guest.minute),
            schedule: guest.written.schedule(guest.minute),
        })
    }

    /// What starts in each minute, of what stays and of some of the guests.
    fn load(&self, is_one: impl Fn(&Guest<'_>) -> bool) -> Vec<u32> {
        let mut together = HashMap::default();
        for guest in self.guests.iter().filter(|guest| is_one(guest)) {
            let weight: &mut u32 = together.entry((guest.hours, guest.minute)).or_default();
            *weight = weight.saturating_add(guest.weight);
        }
        let mut load = self.fixed.clone();
        for ((hours, minute), weight) in together {
            add(&mut load, &self.hours[hours], (minute, weight));
        }
        load
    }

    /// The guests at round minutes, in the order of the first of each group.
    fn groups(&self) -> Vec<Group> {
        let (mut groups, mut known) = (Vec::new(), HashMap::default());
        for (number, guest) in self.guests.iter().enumerate().filter(|(_, guest)| RoundMinute::is_round(guest.minute)) {
            let &Guest { hours, minute, weight, .. } = guest;
            let group = *known.entry((hours, minute, weight)).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Group { hours, minute, weight, guests: Vec::new() });
            }
            groups[group].guests.push(number);
        }
        groups
    }

    /// In which order groups find their places: who runs most often first, which packs best, or last, which leaves those
    /// that run seldom where they are.
    fn orders(&self, groups: &[Group]) -> [Vec<usize>; 2] {
        let runs = |group: &usize| self.hours[groups[*group].hours].len() as u64 * u64::from(groups[*group].weight);
        let [mut often, mut seldom] = [(); 2].map(|()| Vec::from_iter(0..groups.len()));
        sort::by_key(&mut often, |group| Reverse(runs(group)));
        sort::by_key(&mut seldom, runs);
        [often, seldom]
    }

    /// Lets each guest go to the nearest minute in which no more than so much starts; `None` where one finds none.
    fn place(&self, (groups, order): (&[Group], &[usize]), stays: &[u32], capacity: u32) -> Option<Placement> {
        let (mut load, mut of, mut distance) = (stays.to_vec(), vec![Vec::new(); groups.len()], 0);
        for number in order {
            let Group { hours, minute, weight, guests } = &groups[*number];
            let (hours, mut left) = (self.hours[*hours].as_slice(), guests.len());
            for minute_then in nearest(*minute) {
                let room = (room(&load, (hours, minute_then), capacity) / (*weight).max(1)) as usize;
                let count = room.min(left);
                if count > 0 {
                    add(&mut load, hours, (minute_then, weight.saturating_mul(count as u32)));
                    of[*number].push((minute_then, count));
                    distance += u64::from(minute.abs_diff(minute_then)) * count as u64;
                    left -= count;
                }
                if left == 0 {
                    break;
                }
            }
            if left > 0 {
                return None;
            }
        }
        Some(Placement { of, distance })
    }
}

/// How much more may start at a minute of these hours.
fn room(load: &[u32], (hours, minute): (&[u32], u8), capacity: u32) -> u32 {
    let room = hours.iter().try_fold(capacity, |room, hour| {
        let left = capacity.saturating_sub(load[*hour as usize + usize::from(minute)]);
        (left > 0).then(|| room.min(left))
    });
    room.unwrap_or(0)
}

fn add(load: &mut [u32], hours: &[u32], (minute, weight): (u8, u32)) {
    for hour in hours {
        let minute = &mut load[*hour as usize + usize::from(minute)];
        *minute = minute.saturating_add(weight);
    }
}

fn most(load: &[u32]) -> u32 {
    load.iter().copied().max().unwrap_or(0)
}

/// The minutes of an hour from one on, the nearest first; of two as near the later one.
fn nearest(minute: u8) -> impl Iterator<Item = u8> {
    let at = move |distance: u8| {
        let later = Some(minute + distance).filter(|minute| *minute < HOUR);
        let earlier = minute.checked_sub(distance).filter(|_| distance > 0);
        later.into_iter().chain(earlier)
    };
    (0..HOUR).flat_map(at)
}
