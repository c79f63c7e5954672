//! `cargo +nightly fuzz run template`
#![no_main]

#[path = "../checks/template.rs"]
mod template;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| template::check(bytes));
