//! Texts that few runs need: `build.rs` packs them, to a fifth of what they are.

use miniz_oxide::inflate::decompress_to_vec;

/// A text as it was before `build.rs` packed it.
pub(crate) fn unpacked(packed: &[u8]) -> String {
    let bytes = decompress_to_vec(packed).expect("it is as build.rs packed it");
    String::from_utf8(bytes).expect("what was packed is a text")
}
