//! Times of the day.

use crate::schedule::claims::lexicon::{Meaning, Table};

pub(super) const WORDS: Table = &[
    (Meaning::Clock(0), &["midnight", "midnite"]),
    (Meaning::Clock(720), &["noon", "midday"]),
    (Meaning::Minute(0), &["on the hour", "top of the hour", "full hour"]),
    (Meaning::Minute(30), &["half past the hour", "on the half hour", "bottom of the hour", "half past every hour"]),
    (Meaning::Minute(15), &["quarter past the hour", "quarter past every hour"]),
    (Meaning::Minute(45), &["quarter to the hour", "quarter before the hour"]),
    (
        Meaning::DayTime,
        &[
            "business hours",
            "working hours",
            "work hours",
            "office hours",
            "daytime",
            "during the day",
            "trading hours",
            "market hours",
            "opening hours",
            "overnight",
            "during the night",
            "off-hours",
            "off hours",
        ],
    ),
    (Meaning::Morning, &["in the morning", "a m"]),
    (Meaning::Night, &["at night"]),
    (Meaning::Afternoon, &["in the afternoon", "in the evening", "p m"]),
    (Meaning::OClock, &["o'clock", "oclock", "o clock"]),
    (Meaning::Past, &["past", "after"]),
    (Meaning::From, &["from", "between", "starting", "starting at", "starting from", "beginning at"]),
    (Meaning::Until, &["to", "through", "thru", "till", "until"]),
    (Meaning::At, &["at"]),
    (Meaning::On, &["on", "only", "only on"]),
];
