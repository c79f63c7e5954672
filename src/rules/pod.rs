//! The rules of group `pod`. Written by `cargo test --test rulebook`.

pub(super) mod file_mode_not_octal;
pub(super) mod image_not_pinned;
pub(super) mod moving_image_kept;
pub(super) mod placeholder_never_filled;
