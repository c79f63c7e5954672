//! What is assumed, as arguments.

use std::ops::Range;
use std::str::FromStr;

use crate::analysis::Trait;
use crate::cli::amount::Length;
use crate::cli::instant::Moment;
use crate::foresight::{Claim, Source};
use crate::schedule::{Instant, Zone};

/// A value for all objects, or for one of a name: `40m`, `backup=40m`.
#[derive(Debug, Clone)]
pub(super) struct Named<T> {
    name: Option<String>,
    value: T,
}

impl<T: FromStr<Err = String>> FromStr for Named<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.rsplit_once('=').map_or((None, text), |(name, value)| (Some(name.to_owned()), value));
        Ok(Self { name, value: value.parse()? })
    }
}

impl<T> Named<T> {
    pub(super) fn claim(&self, what: impl FnOnce(&T) -> Trait) -> Claim {
        Claim { of: self.name.clone(), what: what(&self.value), source: Source::CommandLine }
    }
}

/// How many of the first attempts of each run fail: a number, or `always`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fails(pub(super) Trait);

impl FromStr for Fails {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Trait::read("fails", text).map(Self)
    }
}

/// How many of the first attempts of each run end with their pod, which is evicted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evicted(pub(super) Trait);

impl FromStr for Evicted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Trait::read("evicted", text).map(Self)
    }
}

/// A time and a length: `2026-12-01T02:00Z/4h`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    from: Moment,
    length: Length,
}

impl FromStr for Stretch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "write a time and a length, such as 2026-12-01T02:00Z/4h".to_owned();
        let (from, length) = text.rsplit_once('/').ok_or_else(wanted)?;
        Ok(Self { from: from.parse()?, length: length.parse()? })
    }
}

impl Stretch {
    /// The instants, and what is to be said of the first on the clock of the zone.
    pub(super) fn at(self, zone: Zone) -> (Range<Instant>, Option<String>) {
        let (from, note) = self.from.at(zone);
        (from..from.saturating_add(self.length.0), note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::RunTime;
    use crate::schedule::Seconds;

    #[test]
    fn what_is_assumed_is_of_all_or_of_a_name() {
        let claim =
            |text: &str| text.parse::<Named<RunTime>>().map(|named| named.claim(|length| Trait::Takes(*length)));
        let takes = |of: Option<&str>, seconds| {
            let what = Trait::Takes(RunTime::of(Seconds::new(seconds)));
            Ok(Claim { of: of.map(Into::into), what, source: Source::CommandLine })
        };
        assert_eq!(claim("40m"), takes(None, 2_400));
        assert_eq!(claim("jobs/backup=90s"), takes(Some("jobs/backup"), 90));
        assert!(claim("backup=").is_err() && claim("backup").is_err());
        let fails = |text: &str| text.parse::<Fails>().ok().map(|fails| fails.0);
        let expected = (Some(Trait::Fails(Some(3))), Some(Trait::Fails(None)), None, None);
        assert_eq!((fails("3"), fails("always"), fails("often"), fails("-1")), expected);
    }

    #[test]
    fn a_stretch_is_a_time_and_a_length() {
        let stretch: Stretch = "2026-11-21T00:00Z/4h".parse().expect("a stretch");
        let from = Instant::from_unix(1_795_219_200);
        assert_eq!(stretch.at(Zone::utc()), (from..from + Seconds::HOUR * 4, None));
        assert!("4h".parse::<Stretch>().is_err() && "2026-11-21/0h".parse::<Stretch>().is_err());
    }
}
