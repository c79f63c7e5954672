//! The rules of group `api`. Written by `cargo test --test rulebook`.

pub(super) mod api_version_removed;
pub(super) mod copied_from_cluster;
pub(super) mod duplicate_value;
pub(super) mod field_dropped;
pub(super) mod forbidden_field;
pub(super) mod job_restart_policy;
pub(super) mod kind_missing;
pub(super) mod kind_unknown;
pub(super) mod missing_field;
pub(super) mod name_not_allowed;
pub(super) mod name_too_long;
pub(super) mod reference_not_found;
pub(super) mod repeated_key;
pub(super) mod schedule_syntax;
pub(super) mod server_warning;
pub(super) mod time_zone_unknown;
pub(super) mod too_many_items;
pub(super) mod unknown_field;
pub(super) mod value_not_allowed;
pub(super) mod value_not_supported;
pub(super) mod value_too_long;
pub(super) mod wrong_type;
