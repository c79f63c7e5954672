//! `comment-contradicts-schedule`

use crate::controller::Timetable;
use crate::rule::{Check, Findings, Rule, Within, duration};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/schedule/comment-contradicts-schedule.md"), Check::Schedule(check));

fn check(timetable: Within<'_, Timetable<'_>>, findings: &mut Findings<'_>) {
    let Some((place, comment)) = timetable.written.raw.comment_beside() else { return };
    let Some(said) = said(comment) else { return };

    let gaps = || timetable.next_runs().windows(2).map(|pair| pair[1] - pair[0]);
    let (Some(shortest), Some(longest)) = (gaps().min(), gaps().max()) else { return };
    // A clock change makes an hour more or less; whoever says "daily" of working days is not wrong.
    let slack = if said < Seconds::DAY { Seconds::default() } else { Seconds::HOUR };
    if (shortest - slack..=longest + slack).contains(&said) {
        return;
    }
    findings
        .report(
            timetable.written.span,
            format!("the runs are {} apart, and the comment says otherwise", duration::in_words(shortest)),
        )
        .label(place, format!("{} apart", duration::in_words(said)))
        .help("one of the two is wrong");
}

/// The time between runs that a comment speaks of; `None` unless it says just that.
fn said(comment: &str) -> Option<Seconds> {
    let text = comment.trim_start_matches(['#', ' ']).to_ascii_lowercase();
    let mut words = text.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next()?;
    let (count, unit) = match first {
        "hourly" => (1, "hour"),
        "daily" | "nightly" => (1, "day"),
        "weekly" => (1, "week"),
        "every" => {
            let word = words.next()?;
            match word.parse::<i64>() {
                Ok(count) => (count, words.next()?),
                Err(_) => (1, word),
            }
        }
        _ => return None,
    };
    let unit = match unit.trim_end_matches('s') {
        "second" | "sec" => 1,
        "minute" | "min" => 60,
        "hour" => 3_600,
        "day" | "night" => 86_400,
        "week" => 604_800,
        _ => return None,
    };
    count.checked_mul(unit).filter(|seconds| *seconds > 0).map(Seconds::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_seconds(comment: &str) -> Option<i64> {
        said(comment).map(Seconds::get)
    }

    #[test]
    fn only_a_comment_that_names_a_distance_says_one() {
        assert_eq!(said_seconds("# every 30 minutes"), Some(1_800));
        assert_eq!(said_seconds("# Every hour, on the hour"), Some(3_600));
        assert_eq!(said_seconds("# daily at 2am"), Some(86_400));
        assert_eq!(said_seconds("# at midnight"), None);
        assert_eq!(said_seconds("# every monday"), None);
        assert_eq!(said_seconds("# every other day"), None);
    }
}
