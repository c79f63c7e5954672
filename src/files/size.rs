//! Numbers of bytes as people write them.

use std::fmt;
use std::str::FromStr;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

/// The units by their first letter, of which people say `M`, `MB` and `MiB`, and Kubernetes `Mi`.
const UNITS: [(char, u32); 4] = [('k', 1), ('m', 2), ('g', 3), ('t', 4)];

impl Default for Size {
    /// Far above what people write by hand, and far below what a machine has.
    fn default() -> Self {
        Self(64_000_000)
    }
}

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "write 64MB, 64MiB, 500M, or a number of bytes";
        let unit_at = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_at);
        let each = unit_of(unit.trim_start()).ok_or(WRONG)?;
        let number: u64 = number.parse().map_err(|_| WRONG)?;
        match number.checked_mul(each) {
            Some(0) => Err("nothing would be read"),
            size => size.map(Self).ok_or("more than there can be"),
        }
    }
}

fn unit_of(unit: &str) -> Option<u64> {
    let unit = unit.to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    let (letters, base) = unit.strip_suffix('i').map_or((unit, 1000_u64), |letters| (letters, 1024));
    match letters.chars().next() {
        None => (base == 1000).then_some(1),
        Some(letter) if letters.len() == 1 => {
            UNITS.into_iter().find(|(known, _)| *known == letter).map(|(_, power)| base.pow(power))
        }
        Some(_) => None,
    }
}

impl fmt::Display for Size {
    /// In the largest unit of which it is a whole number.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000)];
        let small = [("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000)];
        match units.into_iter().chain(small).find(|(_, each)| self.0 != 0 && self.0.is_multiple_of(*each)) {
            Some((unit, each)) => write!(out, "{}{unit}", self.0 / each),
            None => write!(out, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_are_read_as_people_and_kubernetes_write_them() {
        let read = |text: &str| text.parse::<Size>().ok().map(|size| size.0);
        for text in ["64MB", "64mb", "64 MB", "64M", "64000000", "64000000B", "64000k"] {
            assert_eq!(read(text), Some(64_000_000), "{text}");
        }
        assert_eq!([read("64MiB"), read("64Mi"), read("1GiB")], [Some(64 << 20), Some(64 << 20), Some(1 << 30)]);
        for text in ["", "MB", "-1", "1.5.2", "64XB", "1ib", "0", "0MB", "99999999999TB", "12 m b", "1é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_are_written_so_that_they_can_be_read_again() {
        for text in ["64MB", "64MiB", "1kB", "3GB", "5TiB", "1023 bytes"] {
            let size: Size = text.trim_end_matches(" bytes").parse().expect("a size");
            assert_eq!(size.to_string(), text);
        }
    }
}
