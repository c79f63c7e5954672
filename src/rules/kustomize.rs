//! The rules of group `kustomize`. Written by `cargo test --test rulebook`.

pub(super) mod container_added_by_patch;
pub(super) mod patch_matches_nothing;
