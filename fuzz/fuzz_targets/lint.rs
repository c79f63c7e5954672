//! `cargo +nightly fuzz run lint`
#![no_main]

#[path = "../checks/lint.rs"]
mod lint;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lint::check(bytes));
