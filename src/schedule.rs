//! Schedules exactly as Kubernetes runs them: the grammar of robfig/cron v3.0.1 as Kubernetes uses it, its search for
//! the next run with everything that clock changes do to it, words for people, and what people's words say.

mod advice;
mod calendar;
mod claims;
mod clock_changes;
mod describe;
pub(crate) mod duration;
mod enumerate;
mod expression;
mod go;
mod literal;
mod plan;
mod recurrence;
mod runs;
mod search;
mod spread;
mod time;
mod zone;

pub use advice::{Advice, Mend, advise, seconds_in};
pub use calendar::{Date, days_in_month, is_leap, month_name};
pub use claims::{Claims, claims, name_claims};
pub use clock_changes::{ClockChange, WallTime, clock_changes};
pub use describe::{Days, Description, Times, WhyNever, describe};
pub use expression::{
    Descriptor, Every, Expression, ExpressionError, ExpressionErrorKind, Field, FieldName, Item, ItemPart, Location,
    Number, Oddity, OddityKind, Range, Rhythm, Step, is_plainly_right, server_errors,
};
pub use recurrence::Recurrence;
pub use runs::{Runs, Schedule};
pub use search::{Ending, INSTANTS, NextRun};
pub use spread::{Move, RoundMinute, Scheduled, Spread, spread};
pub use time::{Instant, LocalSecond, Seconds};
pub use zone::{
    IANA_VERSION, LocalTime, NEWER_IANA_VERSION, NewerOffset, Transition, Zone, ZoneError, nearest_zone,
    zone_server_errors,
};
