//! What comments and names say of schedules, and where schedules do something else.

use std::fs;

use batchlint::schedule::{Expression, claims, name_claims};

use crate::digest::Digests;
use crate::random::Random;
use crate::schedules::Recorded;
use crate::splice::{splice, words};
use crate::{shared, string, wild};

#[test]
fn what_comments_and_names_say_of_schedules() {
    let (Some(comments), Some(texts)) = (shared::find("conformance/comments.jsonl"), wild()) else { return };
    let mut digests = Digests::default();
    let recorded = fs::read_to_string(comments).expect("recorded comments");
    let recorded: Vec<String> = recorded.lines().filter_map(|case| string(case, "comment")).collect();
    for comment in &recorded {
        digests.add("comments of schedules", &claims(comment));
    }
    for number in 0..3_000 {
        let mut random = Random::new(4, number);
        let comment = random.pick(&recorded).expect("there are some");
        digests.add("comments that were damaged", &claims(&splice(comment, &recorded, &mut random)));
    }
    for number in 0..15_000 {
        let mut random = Random::new(7, number);
        digests.add("words of comments", &claims(&words(&recorded, &mut random)));
    }
    for number in 0..12_000 {
        digests.add("comments that were made", &claims(&sentence(&mut Random::new(11, number))));
    }
    for (_, text) in texts {
        for line in text.lines() {
            if let Some((_, comment)) = line.split_once('#') {
                digests.add("any comments", &claims(comment));
            } else if let Some((_, name)) = line.split_once("name: ") {
                digests.add("names", &name_claims(name));
            }
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn where_schedules_contradict_comments() {
    let (Some(recorded), Some(comments)) = (Recorded::read(), shared::find("conformance/comments.jsonl")) else {
        return;
    };
    let comments = fs::read_to_string(comments).expect("recorded comments");
    let cases: Vec<(String, Option<String>)> =
        comments.lines().filter_map(|case| Some((string(case, "comment")?, string(case, "schedule")))).collect();
    let texts: Vec<String> = cases.iter().map(|(comment, _)| comment.clone()).collect();
    let mut digests = Digests::default();
    for number in 0..12_000 {
        let mut random = Random::new(24, number);
        let (comment, schedule) = random.pick(&cases).expect("there are some");
        let comment = if random.chance(50) { splice(comment, &texts, &mut random) } else { comment.clone() };
        let (_, other) = random.pick(&recorded.right).expect("there are some");
        let own = schedule.as_deref().and_then(|schedule| Expression::parse(schedule).ok());
        let expression = own.as_ref().filter(|_| random.chance(40)).unwrap_or(other);
        let zone = random.chance(40).then(|| recorded.known_zone(&mut random));
        let claims = claims(&comment);
        digests.add("contradictions", &claims.contradicted(expression, zone));
        let zones: Vec<&str> = claims.zones().collect();
        digests.add("clocks", &(claims.clock(), claims.clock_zone(), claims.tell_minutes(), zones));
    }
    insta::assert_snapshot!(digests.table());
}

/// What people may say of when something runs, right or not.
fn sentence(random: &mut Random) -> String {
    const WORDS: [&str; 84] = [
        "every",
        "each",
        "any",
        "all",
        "other",
        "second",
        "third",
        "the",
        "a",
        "an",
        "per",
        "on",
        "at",
        "past",
        "after",
        "before",
        "to",
        "half",
        "quarter",
        "hour",
        "hours",
        "hourly",
        "h",
        "minute",
        "minutes",
        "min",
        "day",
        "days",
        "daily",
        "night",
        "nightly",
        "week",
        "weekly",
        "weekday",
        "weekdays",
        "weekend",
        "month",
        "months",
        "monthly",
        "year",
        "yearly",
        "annually",
        "once",
        "twice",
        "thrice",
        "three",
        "times",
        "time",
        "four",
        "ten",
        "x",
        "Monday",
        "Tue",
        "fri",
        "sundays",
        "January",
        "feb",
        "1st",
        "2nd",
        "15th",
        "last",
        "first",
        "noon",
        "midnight",
        "morning",
        "afternoon",
        "evening",
        "am",
        "pm",
        "UTC",
        "Berlin",
        "EST",
        "between",
        "and",
        "from",
        "until",
        "through",
        "except",
        "only",
        "not",
        "or",
        "of",
        "bi-weekly",
        "then",
    ];
    const SIGNS: [&str; 6] = ["-", "/", ",", ":", "(", "."];
    let mut text = ["run ", "Runs ", "# ", "", "backup "][random.below(5)].to_owned();
    for _ in 0..1 + random.below(8) {
        match random.below(20) {
            0..14 => text.push_str(WORDS[random.below(WORDS.len())]),
            14..17 => text.push_str(&random.below(61).to_string()),
            17 => text.push_str(&format!("{}:{:02}", random.below(25), random.below(61))),
            18 => text.push_str(["6am", "11 p.m.", "0330", "14h", "3:15pm", "02:00Z"][random.below(6)]),
            _ => text.push_str(SIGNS[random.below(SIGNS.len())]),
        }
        text.push_str(if random.chance(90) { " " } else { "" });
    }
    text
}
