//! Comments that speak of the schedule that was.

use super::{Side, Stale};
use crate::analysis::{Remark, Subject};
use crate::controller::Timetable;
use crate::schedule::{Zone, claims};

/// What is said of a schedule in the words that were said of the one before, and holds for that one alone. Where it is plain
/// without the one before that it is wrong, `comment-contradicts-schedule` says so.
pub(super) fn stale(before: Side<'_>, after: Side<'_>) -> Option<Stale> {
    after.manifest.cron_job()?;
    let [old, new] = [before, after].map(|side| Subject::new(side.manifest, side.analysis.settings()));
    if old.timetable()?.written.value == new.timetable()?.written.value {
        return None;
    }
    let (old, new) = (old.reading_remarks(before.head), new.reading_remarks(after.head));
    let (was, now) = (old.timetable()?, new.timetable()?);
    let (was_written, written) = (was.written.value, now.written.value);
    let contradicts = |remark: &Remark<'_>| remark.claims.contradicted(&now.expression, now.certain_zone()).is_some();
    if new.remarks.iter().any(contradicts) {
        return None;
    }
    let is_old =
        |remark: &Remark<'_>| old.remarks.iter().any(|other| (other.by, other.text) == (remark.by, remark.text));
    let speaks = |remark: &&Remark<'_>| remark.by != "name" && is_old(remark);
    let is_stale = |remark: &Remark<'_>| {
        let holds = |of: &Timetable<'_>| holds(remark, of);
        quotes(remark.text, was_written, written) || holds(was) && !holds(now)
    };
    let remark = new.remarks.iter().filter(speaks).find(|remark| is_stale(remark))?;
    let message = format!("the {} is of `{was_written}`, and the schedule is `{written}` now", remark.by);
    let (at, schedule) = (remark.span(0..remark.text.trim_end().len()), now.written.span);
    Some(Stale { message: message.into(), at: after.location(at), schedule: after.location(schedule) })
}

/// Whether a schedule does what is said, by the clock that it runs by where no other is named. Alone, such words may be right
/// by some clock or other; of two schedules that go by the same clock, they are of one.
fn holds(remark: &Remark<'_>, of: &Timetable<'_>) -> bool {
    if remark.claims.zones().next().is_some() {
        return remark.claims.contradicted(&of.expression, Some(of.zone())).is_none();
    }
    claims(&format!("{} UTC", remark.text)).contradicted(&of.expression, Some(Zone::utc())).is_none()
}

/// Whether a text has the five fields of the first of two schedules, and not those of the second. In addresses of pages about
/// them, underscores part the fields.
fn quotes(text: &str, was: &str, now: &str) -> bool {
    let fields = |text: &str| text.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, was, now) = (fields(text), fields(was), fields(now));
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '*' | '/' | ',' | '-');
    let has = |words: &str| {
        text.match_indices(words).any(|(at, _)| {
            let (before, behind) = (&text[..at], &text[at + words.len()..]);
            !before.ends_with(is_part) && !behind.starts_with(is_part)
        })
    };
    was.split(' ').count() == 5 && was != now && has(&was) && !has(&now)
}
