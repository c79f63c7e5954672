//! How often.

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// How often something runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rate {
    /// At a distance of so many seconds, which are no whole days.
    Seconds(u32),
    /// At a distance of so many units, which are days or longer.
    Long(u32, Unit),
    /// So many times in each unit.
    Times(u32, Unit),
    /// Once each night, or all through it.
    Nightly,
}

impl Rate {
    pub(super) const HOURLY: Self = Self::Seconds(3_600);
    pub(super) const DAILY: Self = Self::Long(1, Unit::Day);
    pub(super) const WEEKLY: Self = Self::Long(1, Unit::Week);
    pub(super) const MONTHLY: Self = Self::Long(1, Unit::Month);
    pub(super) const QUARTERLY: Self = Self::Long(1, Unit::Quarter);
    pub(super) const YEARLY: Self = Self::Long(1, Unit::Year);

    /// Every so many units; `None` for none.
    pub(super) fn every(count: u32, unit: Unit) -> Option<Self> {
        let length = match unit {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3_600,
            _ if (1..1_000).contains(&count) => return Some(Self::Long(count, unit)),
            _ => return None,
        };
        match count.checked_mul(length)? {
            0 => None,
            seconds if seconds % 86_400 == 0 => Some(Self::Long(seconds / 86_400, Unit::Day)),
            seconds => Some(Self::Seconds(seconds)),
        }
    }

    /// So many times a unit.
    pub(super) fn times(count: u32, unit: Unit) -> Option<Self> {
        match count {
            0 => None,
            1 => Self::every(1, unit),
            _ => Some(Self::Times(count, unit)),
        }
    }

    /// So many times as often.
    pub(super) fn multiplied(self, count: u32) -> Option<Self> {
        match self {
            Self::Seconds(3_600) => Self::times(count, Unit::Hour),
            Self::Seconds(60) => Self::times(count, Unit::Minute),
            Self::Long(1, unit) => Self::times(count, unit),
            Self::Nightly => Self::times(count, Unit::Day),
            _ => None,
        }
    }

    /// Whether it says how the runs lie within a day.
    pub(super) fn is_within_days(self) -> bool {
        match self {
            Self::Seconds(_) => true,
            Self::Times(_, unit) => matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day),
            Self::Long(..) | Self::Nightly => false,
        }
    }
}
