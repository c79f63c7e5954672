//! Whether a schedule runs at the times that a text says.

use crate::schedule::claims::claim::Clock;
use crate::schedule::claims::pattern::Pattern;
use crate::schedule::claims::said::Said;
use crate::schedule::claims::zones::{LIVED_IN, Offsets};
use crate::schedule::zone::Zone;
use crate::sort;

/// Which offsets make the times right.
pub(super) fn offsets(said: &Said, pattern: &Pattern, zone: Option<Zone>) -> Vec<i16> {
    let mut fitting = Vec::new();
    for reading in &said.readings {
        let written = reading[0].zone;
        let any_of_them = said.has_rate_within_days() || said.windows().next().is_some();
        fitting.extend(differences(written, zone).into_iter().filter(|offset| {
            if any_of_them {
                any_clock_fits(reading, pattern, *offset)
            } else {
                all_clocks_fit(reading, pattern, *offset)
            }
        }));
    }
    for (from, to) in said.windows() {
        // How a window ends is said loosely enough not to ask for its zone.
        let offsets = differences(from.zone, zone).into_iter().chain([0]);
        fitting.extend(offsets.filter(|offset| window_fits((from, to), pattern, *offset)));
    }
    fitting
}

/// The minutes of the day at a distance from the schedule's clock.
fn moved(time: u16, offset: i16) -> u16 {
    (i32::from(time) + i32::from(offset)).rem_euclid(1_440) as u16
}

fn is_at(clock: &Clock, time: u16) -> bool {
    let apart = |minute: u16| {
        let distance = minute.abs_diff(time);
        distance.min(1_440 - distance)
    };
    apart(clock.minute) <= clock.slack || clock.is_half_day && apart((clock.minute + 720) % 1_440) <= clock.slack
}

fn any_clock_fits(reading: &[Clock], pattern: &Pattern, offset: i16) -> bool {
    pattern.times.iter().any(|time| reading.iter().any(|clock| is_at(clock, moved(*time, offset))))
}

fn all_clocks_fit(reading: &[Clock], pattern: &Pattern, offset: i16) -> bool {
    let mut clocks: Vec<&Clock> = Vec::new();
    for clock in reading {
        if !clocks.iter().any(|other| other.minute == clock.minute) {
            clocks.push(clock);
        }
    }
    let at = |clock: &Clock| pattern.times.iter().any(|time| is_at(clock, moved(*time, offset)));
    pattern.times.len() == clocks.len()
        && clocks.iter().all(|clock| at(clock))
        && pattern.times.iter().all(|time| clocks.iter().any(|clock| is_at(clock, moved(*time, offset))))
}

/// Whether all runs are between two times, but for half an hour before and an hour after: "to 5" may mean until five or
/// all through that hour.
fn window_fits((from, to): (Clock, Clock), pattern: &Pattern, offset: i16) -> bool {
    let since = |time: u16, from: u16| (i32::from(time) - i32::from(from)).rem_euclid(1_440);
    let from_or_to_is_open = from.is_half_day || to.is_half_day;
    let are_within = |from: u16, to: u16| {
        let early = (from + 1_410) % 1_440;
        pattern.times.iter().all(|time| since(moved(*time, offset), early) <= since(to, from) + 90)
    };
    let ways = |clock: Clock| {
        [clock.minute, (clock.minute + 720) % 1_440].into_iter().take(1 + usize::from(clock.is_half_day))
    };
    // Of the ways to read "9 to 5", the short one is meant.
    let is_meant = |from: u16, to: u16| !from_or_to_is_open || since(to, from) <= 720;
    ways(from).any(|from| ways(to).any(|to| is_meant(from, to) && are_within(from, to)))
}

/// By how many days the runs fall on another day of the week, in a zone at this distance.
pub(super) fn shifts(pattern: &Pattern, offset: i16) -> Vec<isize> {
    let mut shifts: Vec<isize> =
        pattern.times.iter().map(|time| (i32::from(*time) + i32::from(offset)).div_euclid(1_440) as isize).collect();
    shifts.dedup();
    sort::ascending(&mut shifts);
    shifts.dedup();
    shifts
}

/// How far the clocks of a text may be ahead of the schedule's, in minutes. A time without a zone may be one of any,
/// unless the schedule names its own.
pub(super) fn differences(written: Option<Offsets>, zone: Option<Zone>) -> Vec<i16> {
    let own = zone.map_or(Offsets::UTC, Offsets::of_zone);
    let from_own =
        |theirs: &Offsets| theirs.iter().flat_map(|there| own.iter().map(move |here| there - here)).collect();
    match written {
        Some(written) if written.name.is_some() && written.name == own.name => vec![0],
        Some(written) => from_own(&written),
        None if own.iter().eq([0]) => LIVED_IN.to_vec(),
        None => {
            let mut differences: Vec<i16> = from_own(&Offsets::UTC);
            differences.push(0);
            differences
        }
    }
}
