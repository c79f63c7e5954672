//! What comes beside a check, once there is time: the rulebook, fixes applied, schedules, runs, simulations.

use wasm_bindgen::prelude::*;

use crate::options::File;
use crate::{foresee, mend, read, rulebook, texts, told};

/// Every rule, as `rules --format json` lists them.
#[wasm_bindgen]
#[must_use]
pub fn rules() -> String {
    rulebook::all()
}

/// A rule with its page, as `explain --format json` prints it, and the examples on it.
///
/// # Errors
/// When no rule has that name.
#[wasm_bindgen]
pub fn rule(name: &str) -> Result<String, JsError> {
    rulebook::one(name).map_err(told)
}

/// These files with their fixes applied, as `check --fix` does.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn mend(files: &str, options: &str, with_unsafe: bool) -> Result<String, JsError> {
    mend::mend(&read::<Vec<File>>(files)?, &read(options)?, with_unsafe).map_err(told)
}

/// What `schedule --format json` prints of a schedule; the zone may be empty.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn schedule(schedule: &str, zone: &str, count: u32, options: &str) -> Result<String, JsError> {
    foresee::schedule((schedule, zone), count, &read(options)?).map_err(told)
}

/// A CronJob with that schedule, to begin with.
#[wasm_bindgen]
#[must_use]
pub fn manifest(schedule: &str, zone: &str) -> String {
    foresee::manifest(schedule, zone)
}

/// What `runs --format json` prints of these files, of so many seconds from now on.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn runs(files: &str, seconds: u32, options: &str) -> Result<String, JsError> {
    foresee::runs(&read::<Vec<File>>(files)?, seconds, &read(options)?).map_err(told)
}

/// What `simulate --format json` prints of these files, on assumptions.
///
/// # Errors
/// When the options or the assumptions name what is not there.
#[wasm_bindgen]
pub fn simulate(files: &str, assumptions: &str, options: &str) -> Result<String, JsError> {
    foresee::simulate(&read::<Vec<File>>(files)?, &read(assumptions)?, &read(options)?).map_err(told)
}

/// What `read` prints of a file: what Kubernetes reads, with notes where that is not what is written.
#[wasm_bindgen]
#[must_use]
pub fn reading(name: &str, text: &str) -> String {
    texts::reading(name, text)
}
