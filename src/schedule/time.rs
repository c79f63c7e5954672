//! Instants, lengths of time and local times, in whole seconds. Each is its own type, so that none is taken for another.

use std::ops::{Add, Mul, Neg, Sub};

use super::calendar::{DAY, Date};

/// An instant: seconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[repr(transparent)]
pub struct Instant(i64);

/// A length of time in seconds; a negative one leads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[repr(transparent)]
pub struct Seconds(i64);

/// What the clock of a zone shows: seconds since it showed 1970-01-01 00:00, each day having 86,400. Which instant that
/// is only the zone can tell, and where its clock is changed there may be none, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct LocalSecond(i64);

impl Instant {
    /// The earliest that can be told, a thousand million years back: sums with the lengths of time that schedules have
    /// do not overflow, and its year is a number.
    pub const MIN: Self = Self(-(1 << 55));
    /// The latest that can be told.
    pub const MAX: Self = Self(1 << 55);

    /// The instant of a Unix time, or else the latest or earliest that can be told.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < Self::MIN.0 {
            Self::MIN
        } else if seconds > Self::MAX.0 {
            Self::MAX
        } else {
            Self(seconds)
        }
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The instant after a length of time, if it can be told.
    #[must_use]
    pub const fn checked_add(self, length: Seconds) -> Option<Self> {
        match self.0.checked_add(length.0) {
            Some(sum) if Self::MIN.0 <= sum && sum <= Self::MAX.0 => Some(Self(sum)),
            _ => None,
        }
    }

    /// The sum where both are known to be small: of an instant within the years 1 to 9999, and days.
    pub(super) const fn near(self, length: Seconds) -> Self {
        Self(self.0 + length.0)
    }

    /// The instant after a length of time, or else the latest or earliest that can be told.
    #[must_use]
    pub const fn saturating_add(self, length: Seconds) -> Self {
        Self::from_unix(self.0.saturating_add(length.0))
    }

    /// What a clock shows that is `offset` seconds east of UTC.
    #[must_use]
    pub const fn local(self, offset: i32) -> LocalSecond {
        LocalSecond(self.0.saturating_add(offset as i64))
    }
}

impl Seconds {
    /// A minute.
    pub const MINUTE: Self = Self(60);
    /// An hour.
    pub const HOUR: Self = Self(3_600);
    /// A day without a clock change.
    pub const DAY: Self = Self(DAY);

    /// A length of this many seconds.
    #[must_use]
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// How many seconds.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// So many times the length, or else the longest there is: for a number that a manifest gives.
    #[must_use]
    pub const fn saturating_mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl LocalSecond {
    /// A second of the day that is so many days after 1970-01-01.
    #[must_use]
    pub const fn new(day: i64, second_of_day: u32) -> Self {
        Self(day * DAY + second_of_day as i64)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// The date.
    #[must_use]
    pub const fn date(self) -> Date {
        Date::from_days(self.day())
    }

    /// Seconds since midnight, below 86,400.
    #[must_use]
    pub const fn second_of_day(self) -> u32 {
        self.0.rem_euclid(DAY) as u32
    }

    /// The instant at which a clock shows this that is `offset` seconds east of UTC.
    #[must_use]
    pub const fn instant(self, offset: i32) -> Instant {
        Instant::from_unix(self.0.saturating_sub(offset as i64))
    }
}

impl From<Date> for LocalSecond {
    /// The date's midnight.
    fn from(date: Date) -> Self {
        Self::new(date.to_days(), 0)
    }
}

impl Add<Seconds> for Instant {
    type Output = Self;

    /// As [`Instant::saturating_add`].
    fn add(self, length: Seconds) -> Self {
        self.saturating_add(length)
    }
}

impl Sub<Seconds> for Instant {
    type Output = Self;

    fn sub(self, length: Seconds) -> Self {
        Self::from_unix(self.0.saturating_sub(length.0))
    }
}

impl Sub for Instant {
    type Output = Seconds;

    fn sub(self, earlier: Self) -> Seconds {
        Seconds(self.0 - earlier.0)
    }
}

impl Add<Seconds> for LocalSecond {
    type Output = Self;

    fn add(self, length: Seconds) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Sub for LocalSecond {
    type Output = Seconds;

    fn sub(self, earlier: Self) -> Seconds {
        Seconds(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Seconds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Seconds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Seconds {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i64> for Seconds {
    type Output = Self;

    fn mul(self, times: i64) -> Self {
        self.saturating_mul(times)
    }
}
