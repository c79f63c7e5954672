//! The zone that somebody most likely meant.

use std::sync::LazyLock;

use super::aliases::ALIASES;
use super::names::{self, FACTORY};

/// What people write instead of a zone's name, in lower case.
const SPOKEN: [(&str, &str); 40] = [
    ("acst", "Australia/Adelaide"),
    ("aedt", "Australia/Sydney"),
    ("aest", "Australia/Sydney"),
    ("akst", "America/Anchorage"),
    ("art", "America/Argentina/Buenos_Aires"),
    ("awst", "Australia/Perth"),
    ("brt", "America/Sao_Paulo"),
    ("bst", "Europe/London"),
    ("cat", "Africa/Maputo"),
    ("cdt", "America/Chicago"),
    ("central", "America/Chicago"),
    ("cest", "Europe/Berlin"),
    ("cst", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("eat", "Africa/Nairobi"),
    ("edt", "America/New_York"),
    ("eest", "Europe/Athens"),
    ("est5", "America/New_York"),
    ("gmt+00:00", "UTC"),
    ("hkt", "Asia/Hong_Kong"),
    ("ict", "Asia/Bangkok"),
    ("ist", "Asia/Kolkata"),
    ("jst", "Asia/Tokyo"),
    ("kst", "Asia/Seoul"),
    ("mdt", "America/Denver"),
    ("mountain", "America/Denver"),
    ("msk", "Europe/Moscow"),
    ("nzdt", "Pacific/Auckland"),
    ("nzst", "Pacific/Auckland"),
    ("pacific", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pht", "Asia/Manila"),
    ("pkt", "Asia/Karachi"),
    ("pst", "America/Los_Angeles"),
    ("sast", "Africa/Johannesburg"),
    ("sgt", "Asia/Singapore"),
    ("trt", "Europe/Istanbul"),
    ("wib", "Asia/Jakarta"),
    ("wst", "Australia/Perth"),
    ("z", "UTC"),
];

/// The longest name worth comparing letter by letter.
const LONGEST: usize = 40;

/// The zone that `name` most likely stands for: another case, a city without its continent, an offset, a spoken
/// abbreviation or a slip of the pen. None where nothing is near.
#[must_use]
pub fn nearest_zone(name: &str) -> Option<&'static str> {
    let wanted = name.trim().replace([' ', '\u{a0}'], "_").replace('\\', "/").to_ascii_lowercase();
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let same = KNOWN.iter().find(|known| known.lower == wanted);
    same.map(|known| known.name)
        .or_else(|| by_city(&wanted))
        .or_else(|| spoken(&wanted))
        .or_else(|| by_offset(&wanted))
        .or_else(|| by_spelling(&wanted))
}

fn is_present_name(name: &str) -> bool {
    name != FACTORY && ALIASES.binary_search_by(|(old, _)| old.cmp(&name)).is_err()
}

fn spoken(wanted: &str) -> Option<&'static str> {
    let wanted = wanted.strip_suffix("_standard_time").or_else(|| wanted.strip_suffix("_time")).unwrap_or(wanted);
    SPOKEN.iter().find(|(spoken, _)| *spoken == wanted).map(|&(_, name)| name)
}

/// `berlin`, `cet/berlin`: the last part alone, if one zone only has it.
fn by_city(wanted: &str) -> Option<&'static str> {
    let city = wanted.rsplit('/').next()?;
    let fits = |known: &&Known| known.city() == Some(city);
    let mut found = KNOWN.iter().filter(fits).map(|known| known.name).filter(|name| is_present_name(name));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `utc+2`, `gmt-05:00`: the zone of a fixed offset, whose name has the opposite sign.
fn by_offset(wanted: &str) -> Option<&'static str> {
    let offset = ["etc/", ""].iter().find_map(|folder| {
        let rest = wanted.strip_prefix(folder)?;
        rest.strip_prefix("utc").or_else(|| rest.strip_prefix("gmt"))
    });
    let offset = offset.unwrap_or(wanted);
    let (sign, digits) = match offset.strip_prefix('+') {
        Some(digits) => ('-', digits),
        None => ('+', offset.strip_prefix('-')?),
    };
    let digits =
        digits.strip_suffix(":00").or_else(|| digits.strip_suffix("00").filter(|d| d.len() == 2)).unwrap_or(digits);
    let hours: u8 = digits.parse().ok()?;
    let name = if hours == 0 { "UTC".to_owned() } else { format!("Etc/GMT{sign}{hours}") };
    names::all().iter().find(|known| ***known == *name).copied()
}

/// The name with the fewest slips of the pen between; a name in present use wins over an old one.
fn by_spelling(wanted: &str) -> Option<&'static str> {
    let limit = (wanted.len() / 5).clamp(1, 3);
    let best = |candidates: &mut dyn Iterator<Item = (&'static str, usize)>| {
        candidates.filter(|&(_, slips)| slips <= limit).min_by_key(|&(name, slips)| (slips, !is_present_name(name)))
    };
    let own = letters(wanted);
    // Each slip brings at most one letter that the other name does not have; most names are told by that.
    let near = |name: &str| name.len().abs_diff(wanted.len()) <= limit && surplus(&own, name) <= limit;
    let near = |(name, lower): (&'static str, &str)| near(lower).then(|| (name, slips(wanted, lower)));
    let whole = best(&mut KNOWN.iter().filter_map(|known| near((known.name, &known.lower))));
    let city = || {
        let cities = KNOWN.iter().filter_map(|known| known.city().map(|city| (known.name, city)));
        let cities = cities.filter(|_| wanted.len() > 4 && !wanted.contains('/')).filter_map(near);
        best(&mut cities.filter(|(name, _)| is_present_name(name)))
    };
    whole.or_else(city).map(|(name, _)| name)
}

/// A name that there is.
struct Known {
    name: &'static str,
    /// It in lower case.
    lower: String,
    /// Where its last part starts, if it has several.
    city: Option<usize>,
}

impl Known {
    fn city(&self) -> Option<&str> {
        self.city.map(|city| &self.lower[city..])
    }
}

/// All of them: whoever writes a thousand that there are not is to be told of each.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |name: &&'static str| Known {
        name,
        lower: name.to_ascii_lowercase(),
        city: name.rfind('/').map(|slash| slash + 1),
    };
    names::all().iter().map(known).collect()
});

/// How often a name has each byte.
fn letters(name: &str) -> [u8; 256] {
    let mut counts = [0_u8; 256];
    name.bytes().for_each(|byte| counts[usize::from(byte)] = counts[usize::from(byte)].saturating_add(1));
    counts
}

/// How many letters a name has that are not among these.
fn surplus(own: &[u8; 256], name: &str) -> usize {
    let mut left = *own;
    let mut lacks = |byte: &u8| match &mut left[usize::from(*byte)] {
        0 => true,
        count => {
            *count -= 1;
            false
        }
    };
    name.as_bytes().iter().filter(|byte| lacks(byte)).count()
}

/// How many letters must be changed, put in, left out or swapped with their neighbour.
fn slips(left: &str, right: &str) -> usize {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, &a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in right.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == right[j - 1] && left[i - 1] == b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}
