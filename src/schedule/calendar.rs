//! The proleptic Gregorian calendar in whole days since 1970-01-01.

/// Seconds of a day without a clock change.
pub(crate) const DAY: i64 = 86_400;

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
        // Years that begin on 1 March put the leap day last; eras of 400 years repeat exactly.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097) as u32;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u8;
        let year = (year_of_era as i64 + era * 400) as i32 + (month <= 2) as i32;
        Self { year, month, day }
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
    (days + 4).rem_euclid(7) as u8
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
        let mut last = Date::from_days(-200_001);
        for days in -200_000..200_000 {
            let date = Date::from_days(days);
            assert_eq!(date.to_days(), days);
            let follows = date.day == last.day + 1 && date.month == last.month
                || date.day == 1 && last.day == days_in_month(last.year, last.month);
            assert!(follows, "{last:?} {date:?}");
            last = date;
        }
    }
}
