//! The virtual clock.

use std::ops::{Add, Sub};

use crate::schedule::{INSTANTS, Instant, Seconds};

/// An instant of the virtual clock: microseconds since 1970, of which people see milliseconds. The API keeps whole
/// seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A length of time in microseconds; a negative one leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Delay(i64);

impl Moment {
    /// Where time ends: what is to come then or later never does.
    pub(crate) const END: Self = Self::of(INSTANTS.end);

    /// The moment so many milliseconds after 1970 began.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// The beginning of a second.
    #[must_use]
    pub const fn of(instant: Instant) -> Self {
        Self(instant.unix().saturating_mul(Delay::SECOND.0))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The second that it is in.
    #[must_use]
    pub const fn instant(self) -> Instant {
        Instant::from_unix(self.0.div_euclid(Delay::SECOND.0))
    }

    /// As the API keeps it: without the fraction of a second.
    #[must_use]
    pub const fn whole(self) -> Self {
        Self::of(self.instant())
    }
}

impl Delay {
    /// A second.
    pub const SECOND: Self = Self(1_000_000);

    /// A length of so many microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A length of so many milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// A length of so many seconds, or else the longest there is: for a number that a manifest gives.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(Self::SECOND.0))
    }

    /// How many microseconds.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Twice the length, `most` at most.
    #[must_use]
    pub fn doubled(self, most: Self) -> Self {
        Self(self.0.saturating_mul(2)).min(most)
    }
}

impl From<Seconds> for Delay {
    fn from(seconds: Seconds) -> Self {
        Self::from_seconds(seconds.get())
    }
}

impl Add<Delay> for Moment {
    type Output = Self;

    fn add(self, delay: Delay) -> Self {
        Self(self.0.saturating_add(delay.0))
    }
}

impl Sub<Delay> for Moment {
    type Output = Self;

    fn sub(self, delay: Delay) -> Self {
        Self(self.0.saturating_sub(delay.0))
    }
}

impl Sub for Moment {
    type Output = Delay;

    fn sub(self, earlier: Self) -> Delay {
        Delay(self.0.saturating_sub(earlier.0))
    }
}

impl Sub for Delay {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
