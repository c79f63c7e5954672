//! The rules of group `yaml`. Written by `cargo test --test rulebook`.

pub(super) mod content_ignored;
pub(super) mod hidden_line_break;
pub(super) mod key_collision;
pub(super) mod stray_byte_order_mark;
pub(super) mod surprising_scalar;
pub(super) mod template_not_rendered;
pub(super) mod template_stops;
pub(super) mod template_syntax;
pub(super) mod yaml_syntax;
