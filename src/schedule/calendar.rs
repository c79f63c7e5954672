//! The proleptic Gregorian calendar in whole days since 1970-01-01.

/// Seconds of a day without a clock change.
pub(crate) const DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01.
const SHIFT: i64 = 719_468;

/// The names of the months in order.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, 1 to 12.
#[must_use]
pub const fn month_name(month: u8) -> &'static str {
    MONTHS[month as usize - 1]
}

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date of a count of days since 1970-01-01.
    #[must_use]
    pub const fn from_days(days: i64) -> Self {
        // Eras of 400 years repeat exactly.
        const ERA_DAYS: i64 = 146_097;
        let shifted = days + SHIFT;
        if 0 <= shifted && shifted < 25 * ERA_DAYS {
            return Self::from_shifted_days(shifted as u32);
        }
        let mut date = Self::from_shifted_days(shifted.rem_euclid(ERA_DAYS) as u32);
        date.year = (date.year as i64 + shifted.div_euclid(ERA_DAYS) * 400) as i32;
        date
    }

    /// The date of a count of days since 0000-03-01, up to some thousand years: years that begin in March put the leap
    /// day last. Neri and Schneider's method ("Euclidean affine functions and their application to calendar
    /// algorithms", 2022), whose multiplications stand for divisions.
    const fn from_shifted_days(days: u32) -> Self {
        let quarters = 4 * days + 3;
        let century = quarters / 146_097;
        let quarters_of_century = (quarters % 146_097) | 3;
        let product = 2_939_745 * quarters_of_century as u64;
        let year_of_century = (product >> 32) as u32;
        let day_of_year = product as u32 / 2_939_745 / 4;
        let scaled = 2_141 * day_of_year + 197_913;
        let (month, day) = (scaled >> 16, (scaled & 0xffff) / 2_141);
        let next_year = day_of_year >= 306;
        let year = (100 * century + year_of_century) as i32 + next_year as i32;
        Self { year, month: if next_year { month - 12 } else { month } as u8, day: day as u8 + 1 }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn to_days(self) -> i64 {
        days_from(self.year as i64, self.month as i64, self.day as i64)
    }

    /// The day of the week, 0 for Sunday to 6 for Saturday.
    #[must_use]
    pub const fn weekday(self) -> u8 {
        weekday(self.to_days())
    }
}

/// `2026-11-27`
impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// `Fri 2026-11-27`
    #[must_use]
    pub fn with_weekday(self) -> String {
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][usize::from(self.weekday() % 7)];
        format!("{weekday} {self}")
    }
}

/// Days since 1970-01-01 of a date whose month and day may lie outside their bounds, as Go's `time.Date` normalises
/// them.
pub(crate) const fn days_from(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let shifted_year = year - (month <= 2) as i64;
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468 + day - 1
}

/// The day of the week of a count of days since 1970-01-01, 0 for Sunday.
pub(crate) const fn weekday(days: i64) -> u8 {
    // A multiple of seven that makes the sum positive: unsigned remainders are cheaper.
    ((days + 4 + 7 * (1 << 56)) as u64 % 7) as u8
}

/// Whether `year` has a 29 February.
#[must_use]
pub const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days `month` (1 to 12) has in `year`.
#[must_use]
pub const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 => 28 + is_leap(year) as u8,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let mut last = Date::from_days(-800_001);
        for days in -800_000..200_000 {
            let date = Date::from_days(days);
            assert_eq!(date.to_days(), days);
            let follows = date.day == last.day + 1 && date.month == last.month
                || date.day == 1 && last.day == days_in_month(last.year, last.month);
            assert!(follows, "{last:?} {date:?}");
            last = date;
        }
    }
}
