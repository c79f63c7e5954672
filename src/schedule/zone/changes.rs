//! The clock changes of all zones, as they are listed.

use std::sync::LazyLock;

use crate::schedule::calendar::{DAY, days_from};
use crate::text::unpacked;

/// The instant from which on changes are listed: the year before 1970, so that a search from 1970 on may look back a month.
pub(super) const FIRST: i64 = days_from(1969, 1, 1) * DAY;

/// Written by `cargo test --test time_zone_changes`: a line for each name, in the order of their bytes. It has the last year
/// that is listed, after which the twelve up to it come again; offsets and abbreviations, known as `a`, `b` and so on; and the
/// changes, each the letter of what begins, and the quarters of an hour (with an `s`, the seconds) since the one before, or
/// since [`FIRST`]. Or it has `=` and the name of a zone whose changes are the same.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/clock-changes"));

const QUARTER: i64 = 900;

/// What is known of a zone.
pub(super) struct Listed {
    /// When, seconds east of UTC from then on, and the abbreviation; the first has no beginning.
    pub(super) changes: Vec<(i64, i32, &'static str)>,
    /// The last year that is listed.
    pub(super) until: i32,
}

static LIST: LazyLock<String> = LazyLock::new(|| unpacked(PACKED));

/// The names, each with the rest of its line.
static LINES: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| LIST.lines().filter_map(|line| line.split_once('\t')).collect());

/// All names, sorted by their bytes.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LINES.iter().map(|(name, _)| *name)
}

/// The name's number among all, and the name.
pub(super) fn find(name: &str) -> Option<(usize, &'static str)> {
    let number = LINES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some((number, LINES[number].0))
}

/// The changes of the zone of a number.
pub(super) fn listed(number: usize) -> Listed {
    let line = LINES[number].1;
    let same = line.strip_prefix('=').and_then(find);
    read(same.map_or(line, |(number, _)| LINES[number].1)).expect("a test has written the list")
}

fn read(line: &'static str) -> Option<Listed> {
    let mut columns = line.split('\t');
    let until = columns.next()?.parse().ok()?;
    let kinds: Vec<(i32, &str)> = columns.next()?.split(',').map(kind).collect::<Option<_>>()?;
    let mut steps = columns.next()?;
    let mut at = FIRST;
    let mut changes = vec![(i64::MIN, kinds[0].0, kinds[0].1)];
    while let Some(letter) = steps.bytes().next() {
        let digits = steps[1..].bytes().take_while(u8::is_ascii_digit).count();
        let (passed, rest) = steps[1..].split_at(digits);
        let passed: i64 = passed.parse().ok()?;
        let in_seconds = rest.strip_prefix('s');
        at += if in_seconds.is_some() { passed } else { passed * QUARTER };
        let (offset, abbreviation) = *kinds.get(usize::from(letter - b'a'))?;
        changes.push((at, offset, abbreviation));
        steps = in_seconds.unwrap_or(rest);
    }
    Some(Listed { changes, until })
}

/// `3600CET`
fn kind(text: &'static str) -> Option<(i32, &'static str)> {
    let sign = usize::from(text.starts_with('-'));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let (offset, abbreviation) = text.split_at(sign + digits);
    Some((offset.parse().ok()?, abbreviation))
}
