//! The rules of group `run`. Written by `cargo test --test rulebook`.

pub(super) mod starting_deadline_never_met;
