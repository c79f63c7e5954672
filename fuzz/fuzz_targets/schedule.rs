//! `cargo +nightly fuzz run schedule`
#![no_main]

#[path = "../checks/schedule.rs"]
mod schedule;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| schedule::check(bytes));
