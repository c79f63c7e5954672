//! The rules of group `pod`. Written by `cargo test --test rulebook`.

pub(super) mod amount_no_machine_has;
pub(super) mod file_mode_not_octal;
pub(super) mod image_not_pinned;
pub(super) mod key_nobody_reads;
pub(super) mod key_read_elsewhere;
pub(super) mod key_value_unknown;
pub(super) mod moving_image_kept;
pub(super) mod placeholder_never_filled;
pub(super) mod quota_refuses_pods;
pub(super) mod script_not_executable;
pub(super) mod secret_unreadable;
pub(super) mod volume_never_mounted;
