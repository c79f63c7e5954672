//! A schedule as bit sets, and the search for its times where no clock changes.

use super::calendar::{Date, days_in_month, weekday};
use super::expression::{Expression, FieldName};
use super::time::Seconds;

/// What five fields come down to.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Bits 0 to 59.
    pub(crate) minutes: u64,
    /// Bits 0 to 23.
    pub(crate) hours: u32,
    /// Bits 1 to 12.
    pub(crate) months: u16,
    /// The days of a month (bits 1 to 31) that fit, by the weekday of the month's first day.
    days: [u32; 7],
    /// The first time of the day that fits, counted from midnight.
    first_time: Seconds,
    empty: bool,
}

impl Plan {
    /// None for `@every`.
    pub(crate) fn new(expression: &Expression) -> Option<Self> {
        let values = |name| expression.field(name).map(|field| field.values);
        let (minutes, hours) = (values(FieldName::Minute)?, values(FieldName::Hour)? as u32);
        let by_or = expression.days_joined_by_or();
        let (dates, weekdays) = (values(FieldName::DayOfMonth)? as u32, values(FieldName::DayOfWeek)?);
        // A bit for each day from a Sunday on, for six weeks.
        let weeks = (0..6).fold(0, |bits, week| bits | weekdays << (7 * week));
        let days = std::array::from_fn(|first_weekday| {
            let by_weekday = (weeks >> first_weekday << 1) as u32;
            if by_or { dates | by_weekday } else { dates & by_weekday }
        });
        let first_time = time_of_day(hours.trailing_zeros(), minutes.trailing_zeros());
        let months = values(FieldName::Month)? as u16;
        let empty = minutes == 0 || hours == 0 || months == 0 || days == [0; 7];
        Some(Self { minutes, hours, months, days, first_time, empty })
    }

    /// Whether a field is empty, so that no time ever fits.
    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// The days (bits 1 to 31) of a month that fit, whose first day is `first_weekday`.
    pub(crate) fn days_of(&self, year: i32, month: u8, first_weekday: u8) -> u32 {
        if self.months >> month & 1 == 0 {
            return 0;
        }
        self.days[usize::from(first_weekday)] & (u32::MAX >> (31 - days_in_month(year, month)))
    }

    /// Whether a date fits, given its weekday.
    pub(crate) fn fits(&self, date: Date, weekday: u8) -> bool {
        self.months >> date.month & 1 == 1 && self.fits_day(date.day, weekday)
    }

    /// Whether a day of a month fits, whatever the month.
    pub(crate) fn fits_day(&self, day: u8, weekday: u8) -> bool {
        let first_weekday = (weekday + 36 - day) % 7;
        self.days[usize::from(first_weekday)] >> day & 1 == 1
    }

    /// The weekdays that fit (bits 0 to 6, from Sunday), where they alone decide.
    pub(crate) fn weekdays(&self) -> Option<u8> {
        const EVERY_MONTH: u16 = 0b1_1111_1111_1110;

        let fits = |first_weekday: u32, day: u32| self.days[(first_weekday % 7) as usize] >> day & 1 == 1;
        let alike = |first: u32| (2..=31).all(|day| fits(first, day) == fits(first + day - 1, 1));
        (self.months == EVERY_MONTH && (0..7).all(alike))
            .then(|| (0..7).fold(0, |bits, weekday| bits | u8::from(fits(weekday, 1)) << weekday))
    }

    /// The first day from `from` on that fits, up to the end of `last_year`. Both days count from 1970-01-01.
    pub(crate) fn next_day(&self, from: i64, last_year: i32) -> Option<i64> {
        let Date { year, month, day } = Date::from_days(from);
        let first = from - i64::from(day) + 1;
        let left = self.days_of(year, month, weekday(first)) & u32::MAX << day;
        if left != 0 {
            return Some(first + i64::from(left.trailing_zeros()) - 1);
        }
        self.next_day_after_month((year, month), last_year)
    }

    /// The first day that fits in the months after a month.
    pub(crate) fn next_day_after_month(&self, (mut year, mut month): (i32, u8), last_year: i32) -> Option<i64> {
        loop {
            let later = self.months & (u16::MAX << month << 1);
            if later != 0 {
                month = later.trailing_zeros() as u8;
            } else {
                year += 1;
                month = self.months.trailing_zeros() as u8;
            }
            if year > last_year {
                return None;
            }
            let first = Date { year, month, day: 1 }.to_days();
            let fit = self.days_of(year, month, weekday(first));
            if fit != 0 {
                return Some(first + i64::from(fit.trailing_zeros()) - 1);
            }
        }
    }

    /// The first minute of the day from minute `from` (up to 1,440) on that fits.
    pub(crate) fn next_minute(&self, from: u32) -> Option<u32> {
        let (hour, minute) = (from / 60, from % 60);
        if self.hours >> hour & 1 == 1 {
            let left = self.minutes & u64::MAX << minute;
            if left != 0 {
                return Some(hour * 60 + left.trailing_zeros());
            }
        }
        let later = self.hours & (u32::MAX << hour << 1);
        (later != 0).then(|| later.trailing_zeros() * 60 + self.minutes.trailing_zeros())
    }

    /// The first time of the day that fits, counted from midnight.
    pub(crate) fn first_time(&self) -> Seconds {
        self.first_time
    }

    /// All times of a day that fit, counted from midnight.
    pub(crate) fn times(&self) -> Vec<Seconds> {
        let mut times = Vec::with_capacity((self.hours.count_ones() * self.minutes.count_ones()) as usize);
        let mut hours = self.hours;
        while hours != 0 {
            let mut minutes = self.minutes;
            while minutes != 0 {
                times.push(time_of_day(hours.trailing_zeros(), minutes.trailing_zeros()));
                minutes &= minutes - 1;
            }
            hours &= hours - 1;
        }
        times
    }
}

fn time_of_day(hour: u32, minute: u32) -> Seconds {
    Seconds::HOUR * i64::from(hour) + Seconds::MINUTE * i64::from(minute)
}
