//! The rules of group `lifecycle`. Written by `cargo test --test rulebook`.

pub(super) mod generate_name_ignored;
pub(super) mod hook_left_behind;
pub(super) mod hook_needs_later;
pub(super) mod hook_policy_without_hook;
pub(super) mod template_cannot_change;
