//! The rules of group `fleet`. Written by `cargo test --test rulebook`.

pub(super) mod claim_held_twice;
pub(super) mod object_defined_twice;
pub(super) mod reference_misspelled;
pub(super) mod runs_start_together;
pub(super) mod time_zone_unlike_others;
