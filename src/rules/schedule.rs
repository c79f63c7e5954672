//! The rules of group `schedule`. Written by `cargo test --test rulebook`.

pub(super) mod schedule_never_fires;
pub(super) mod time_zone_in_environment;
