//! Zone names that are not, and what was meant.

use batchlint::schedule::{IANA_VERSION, Instant, Zone, ZoneError, nearest_zone, zone_server_errors};

#[test]
fn the_name_that_was_meant_is_found() {
    let meant = [
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("Amercia/New_York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("EST5", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("utc", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT-05:00", "Etc/GMT+5"),
        ("+0200", "Etc/GMT-2"),
        ("Asia\\Tokyo", "Asia/Tokyo"),
        ("Kolkatta", "Asia/Kolkata"),
    ];
    for (written, name) in meant {
        assert_eq!(nearest_zone(written), Some(name), "{written}");
        assert!(Zone::load(written).is_err(), "{written}");
    }
    let long = format!("{}/berlin", "x".repeat(40));
    for nothing in ["", "Mars/Olympus_Mons", "x", &"Europe/".repeat(1_000), &long] {
        assert_eq!(nearest_zone(nothing), None, "{nothing:?}");
    }
}

#[test]
fn old_names_have_successors_and_present_ones_none() {
    let successor = |name: &str| Zone::load(name).expect("a name").successor();
    assert_eq!(successor("US/Eastern"), Some("America/New_York"));
    assert_eq!(successor("Asia/Calcutta"), Some("Asia/Kolkata"));
    for name in Zone::names() {
        if let Some(successor) = successor(name) {
            assert!(Zone::load(successor).expect("a name").successor().is_none(), "{name} {successor}");
        }
    }
    assert_eq!(successor("Europe/Amsterdam"), None);
    assert_eq!(successor("UTC"), None);
}

#[test]
fn refusals_come_in_the_servers_order() {
    let explicit = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    assert_eq!(zone_server_errors("Local"), [explicit]);
    assert_eq!(zone_server_errors("lOCAL"), [explicit, "unknown time zone lOCAL"]);
    assert_eq!(zone_server_errors("a..b"), ["time: invalid location name"]);
    assert_eq!(zone_server_errors("../UTC"), ["unknown time zone ../UTC"]);
    assert_eq!(zone_server_errors("Europe/Berlin"), Vec::<String>::new());
    assert_eq!(Zone::load("Local"), Err(ZoneError::Local { name: "Local".to_owned() }));
}

#[test]
fn local_time_has_its_offset_and_abbreviation() {
    let berlin = Zone::load("Europe/Berlin").expect("a zone");
    let winter = Instant::from_unix(1_800_000_000);
    let summer = berlin.local(Instant::from_unix(1_816_000_000));
    assert_eq!((summer.offset, summer.abbreviation), (7_200, "CEST"));
    assert_eq!(berlin.local(winter).abbreviation, "CET");
    assert_eq!(Zone::load("America/Sao_Paulo").expect("a zone").local(winter).abbreviation, "-03");
    assert_eq!(Zone::load("Factory").expect("a zone").local(Instant::from_unix(0)).abbreviation, "-00");
    for extreme in [Instant::MIN, Instant::MAX] {
        assert!(berlin.local(extreme).second_of_day < 86_400);
    }
    assert!(IANA_VERSION.starts_with("20"));
}
