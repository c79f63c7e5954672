//! The rules of group `command`. Written by `cargo test --test rulebook`.
