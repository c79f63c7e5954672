//! batchlint in WebAssembly: the library's functions as JavaScript can call them. What goes in and what comes out is JSON:
//! of `check`, `runs`, `schedule`, `simulate` and the rulebook the very text that the command line prints with
//! `--format json`. `index.js` beside it reads and writes that JSON, and `index.d.ts` has its types.

#[cfg(feature = "full")]
mod charts;
mod check;
mod foresee;
mod mend;
mod options;
mod rulebook;
mod texts;

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use options::File;

/// What this is: its version, the time zone data, the Kubernetes versions, the time zones.
#[wasm_bindgen]
#[must_use]
pub fn about() -> String {
    rulebook::about()
}

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

/// What `check --format json` prints of these files.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn check(files: &str, options: &str) -> Result<String, JsError> {
    check::check(&read::<Vec<File>>(files)?, &read(options)?).map_err(told)
}

/// A text with its fixes applied, as `check --fix` does.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn mend(file: &str, options: &str, with_unsafe: bool) -> Result<String, JsError> {
    mend::mend(&read(file)?, &read(options)?, with_unsafe).map_err(told)
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
#[cfg(feature = "full")]
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

/// Where these bytes of a text are, counted in UTF-16 code units, as JavaScript counts.
#[wasm_bindgen]
#[must_use]
pub fn units(text: &str, bytes: &[u32]) -> Vec<u32> {
    texts::units(text, bytes)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, JsError> {
    serde_json::from_str(json).map_err(|error| JsError::new(&error.to_string()))
}

fn told(why: String) -> JsError {
    JsError::new(&why)
}
