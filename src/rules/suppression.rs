//! The rules of group `suppression`. Written by `cargo test --test rulebook`.

pub(super) mod assumption_not_understood;
pub(super) mod suppression_without_effect;
pub(super) mod suppression_without_reason;
pub(super) mod unknown_suppression;
