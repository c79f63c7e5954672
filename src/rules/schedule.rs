//! The rules of group `schedule`. Written by `cargo test --test rulebook`.

pub(super) mod clock_change;
pub(super) mod comment_contradicts_schedule;
pub(super) mod days_joined_by_or;
pub(super) mod every_below_a_minute;
pub(super) mod every_minute_of_the_hour;
pub(super) mod months_left_out;
pub(super) mod schedule_never_fires;
pub(super) mod schedule_odd_spelling;
pub(super) mod schedule_only_on_leap_day;
pub(super) mod schedule_too_often;
pub(super) mod step_above_range;
pub(super) mod step_slightly_uneven;
pub(super) mod step_uneven;
pub(super) mod time_zone_deprecated;
pub(super) mod time_zone_in_comment;
pub(super) mod time_zone_in_environment;
pub(super) mod time_zone_rules_changed;
pub(super) mod time_zone_sign;
pub(super) mod time_zone_unset;
pub(super) mod time_zone_without_summer_time;
