//! A schedule's sentence: what it says is what runs.

#![expect(clippy::disallowed_methods, reason = "tests read recorded schedules from disk")]

mod shared;

use std::collections::BTreeSet;

use batchlint::analysis::{Settings, analyse};
use batchlint::schedule::{
    Date, Days, Description, Expression, Instant, LocalSecond, Schedule, Seconds, Times, Zone, days_in_month, describe,
};
use batchlint::text::Source;

fn words(schedule: &str) -> String {
    describe(&Expression::parse(schedule).expect("accepted"), None)
}

#[test]
fn sentences_read_as_people_speak() {
    let sentences = include_str!("../fixtures/schedules/words.tsv");
    for line in sentences.lines().filter(|line| !line.starts_with('#')) {
        let (schedule, sentence) = line.split_once('\t').expect("schedule, tab, sentence");
        assert_eq!(words(schedule), sentence, "{schedule}");
    }
    let expression = Expression::parse("30 2 * * 1-5").expect("accepted");
    assert_eq!(describe(&expression, Some("Europe/Berlin")), "at 02:30 on Monday to Friday, Europe/Berlin");
}

/// Whether a date fits, by what the description says and nothing else.
fn says_day(description: &Description, date: Date) -> bool {
    let Description::Calendar { days, months, .. } = description else { return false };
    let day = match days {
        Days::Every => true,
        Days::Dates(dates) => dates.contains(&date.day),
        Days::Weekdays(weekdays) => weekdays.contains(&date.weekday()),
        Days::Either(dates, weekdays) => dates.contains(&date.day) || weekdays.contains(&date.weekday()),
    };
    day && months.contains(&date.month)
}

/// Whether a time of a date fits, by what the description says and nothing else.
fn says(description: &Description, date: Date, minute: u16) -> bool {
    let Description::Calendar { times, .. } = description else { return false };
    let time = match times {
        Times::At(list) => list.contains(&minute),
        Times::Evenly { minutes, first, last } => {
            (*first..=*last).contains(&minute) && (minute - first).is_multiple_of(*minutes)
        }
        Times::Hours { minutes, hours } => {
            hours.contains(&((minute / 60) as u8)) && minutes.contains(&((minute % 60) as u8))
        }
    };
    time && says_day(description, date)
}

fn midnight(day: i64) -> Instant {
    LocalSecond::new(day, 0).instant(0)
}

/// The runs of fourteen months, a leap day among them, are those that the description says.
fn check(schedule: &str) {
    let expression = Expression::parse(schedule).expect("accepted");
    let description = Description::new(&expression);
    let mut runs = Vec::new();
    let (first, end) =
        (Date { year: 2027, month: 11, day: 1 }.to_days(), Date { year: 2029, month: 1, day: 1 }.to_days());
    Schedule::new(&expression, Zone::utc()).runs_between(midnight(first) - Seconds::new(1), midnight(end), &mut runs);

    if let Description::Every(distance) = description {
        assert!(runs.windows(2).all(|pair| pair[1] - pair[0] == distance), "{schedule}");
        return;
    }
    let never = matches!(description, Description::Never(_));
    assert_eq!(never, runs.is_empty(), "{schedule}: {description}");
    let mut runs = runs.into_iter().peekable();
    for day in first..end {
        let date = Date::from_days(day);
        // Most days of most schedules have no run: then it is enough that the day itself is not said.
        let idle = runs.peek().is_none_or(|&run| run >= midnight(day + 1));
        if idle && !says_day(&description, date) {
            continue;
        }
        for minute in 0..1_440u16 {
            let at = midnight(day) + Seconds::MINUTE * i64::from(minute);
            let runs_now = runs.next_if_eq(&at).is_some();
            assert_eq!(says(&description, date, minute), runs_now, "{schedule}: {description} {date:?} {minute}");
        }
    }
    assert_eq!(runs.next(), None, "{schedule}");
}

#[test]
fn what_the_sentence_says_is_what_runs() {
    let sentences = include_str!("../fixtures/schedules/words.tsv");
    for line in sentences.lines().filter(|line| !line.starts_with('#')) {
        check(line.split('\t').next().unwrap_or(""));
    }
    assert_eq!(days_in_month(2028, 2), 29);
}

/// Schedules that people wrote, and every ninth that the server was asked about.
#[test]
fn what_the_sentence_says_of_real_and_recorded_schedules_is_what_runs() {
    let (Some(recorded), Some(wild)) = (shared::find("conformance/schedules.jsonl"), shared::find("wild/plain")) else {
        return;
    };
    let recorded = std::fs::read_to_string(recorded).expect("the recording can be read");
    let mut schedules: BTreeSet<String> = BTreeSet::new();
    for file in walkdir::WalkDir::new(wild).into_iter().filter_map(Result::ok) {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        if text.contains("CronJob") {
            let analysis = analyse(Source::new("wild", text), &Settings::at(Instant::from_unix(0)));
            let specs = analysis.manifests().filter_map(|manifest| manifest.cron_job()?.schedule());
            schedules.extend(specs.map(|schedule| schedule.value.to_owned()));
        }
    }
    let answers = recorded.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let accepted = answers.filter(|answer| answer["ok"] == true).step_by(9);
    schedules.extend(accepted.map(|answer| answer["schedule"].as_str().unwrap_or_default().to_owned()));
    schedules.retain(|schedule| Expression::parse(schedule).is_ok_and(|expression| expression.location().is_none()));
    assert!(schedules.len() > 200, "only {} schedules were found", schedules.len());
    for schedule in &schedules {
        check(schedule);
    }
}
