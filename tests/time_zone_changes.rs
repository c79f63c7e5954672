//! The zones' clock changes are what the crate `chrono-tz` says, which knows them as Go does, but in a megabyte. A new
//! release of it makes this test rewrite the list.

#![expect(clippy::disallowed_methods, reason = "tests read and repair the sources on disk")]

#[path = "zones/written.rs"]
mod written;

use std::path::Path;

use batchlint::schedule::{IANA_VERSION, Instant, Zone};

use written::{Change, FACTORY, Zones};

#[test]
fn the_list_of_clock_changes_is_what_the_data_say() {
    assert_eq!(IANA_VERSION, chrono_tz::IANA_TZDB_VERSION, "as src/schedule/zone.rs has it");
    let zones = Zones::read();
    for (name, changes) in zones.all() {
        let zone = Zone::load(name).expect("it is one of the names");
        assert_eq!(said_of(zone), *changes, "{name}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schedule/zone/changes.txt");
    let expected = zones.text();
    if std::fs::read_to_string(&path).unwrap_or_default() != expected {
        if std::env::var_os("CI").is_none() {
            std::fs::write(&path, expected).expect("the list can be written");
        }
        panic!("rewrote src/schedule/zone/changes.txt for other data; run the tests again and commit");
    }
}

/// What a zone's clock shows in the first second of the list, and all that follows up to the end of 2200.
fn said_of(zone: Zone) -> Vec<Change> {
    let first = zone.local(Instant::from_unix(written::FIRST));
    let mut changes = vec![(i64::MIN, first.offset, first.abbreviation.to_owned())];
    let later = Instant::from_unix(written::FIRST + 1)..Instant::from_unix(written::END);
    changes
        .extend(zone.transitions(later).map(|change| (change.at.unix(), change.after, change.abbreviation.to_owned())));
    changes
}

#[test]
fn the_placeholder_of_a_machine_without_a_zone_never_changes() {
    let zone = Zone::load(FACTORY).expect("it is one of the names");
    assert_eq!(said_of(zone), [(i64::MIN, 0, "-00".to_owned())]);
}
