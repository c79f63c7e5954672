//! What is in the recordings, and how two timelines differ.

use batchlint::schedule::Date;
use serde_json::Value as Json;

/// A list; empty where there is none.
pub(crate) fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// Seconds with a fraction as milliseconds.
pub(crate) fn millis(json: &Json) -> i64 {
    let seconds = json.as_f64().unwrap_or_else(|| panic!("{json} is no number"));
    (seconds * 1000.0).round() as i64
}

/// Seconds since 1970 and nanoseconds of a time such as `2026-03-27T10:08:00.4Z`.
pub(crate) fn time(text: &str) -> (i64, i64) {
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().expect("digits");
    let date = (number(0, 4), number(5, 7), number(8, 10));
    let is_it = |day: &i64| {
        let Date { year, month, day, .. } = Date::from_days(*day);
        (i64::from(year), i64::from(month), i64::from(day)) == date
    };
    let about = (date.0 - 1970) * 365 + (date.1 - 1) * 30;
    let day = (about..about + 400).find(is_it).expect("there is such a day");
    let seconds = day * 86_400 + number(11, 13) * 3_600 + number(14, 16) * 60 + number(17, 19);
    let fraction = text[19..].trim_end_matches('Z').trim_start_matches('.');
    (seconds, format!("{fraction:0<9}").parse().expect("digits"))
}

/// A time as the API writes it.
pub(crate) fn written(seconds: i64) -> String {
    let Date { year, month, day, .. } = Date::from_days(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Compares two timelines; the first difference with what is around it.
pub(crate) fn difference(simulated: &[String], recorded: &[String]) -> Option<String> {
    let differs = |at: &usize| simulated.get(*at) != recorded.get(*at);
    let at = (0..simulated.len().max(recorded.len())).find(differs)?;
    let around =
        |lines: &[String]| lines.get(at.saturating_sub(4)..(at + 4).min(lines.len())).unwrap_or(&[]).join("\n    ");
    Some(format!("simulated\n    {}\n  recorded\n    {}", around(simulated), around(recorded)))
}
