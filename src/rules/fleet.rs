//! The rules of group `fleet`. Written by `cargo test --test rulebook`.

pub(super) mod runs_start_together;
pub(super) mod time_zone_unlike_others;
