//! batchlint in WebAssembly: the library's functions as JavaScript can call them. What goes in and what comes out is JSON:
//! of `check`, `runs`, `schedule`, `simulate` and the rulebook the very text that the command line prints with
//! `--format json`. `index.js` beside it reads and writes that JSON, and `index.d.ts` has its types.
//!
//! Without the feature `full` it checks manifests, and does nothing else: the less there is, the sooner it answers.

mod about;
#[cfg_attr(not(feature = "full"), path = "nothing_around.rs")]
mod around;
mod changing;
#[cfg(feature = "full")]
mod charts;
mod check;
#[cfg(feature = "full")]
mod foresee;
#[cfg(feature = "full")]
mod mend;
mod options;
#[cfg(feature = "full")]
mod overlays;
#[cfg(feature = "full")]
mod rulebook;
#[cfg(feature = "full")]
mod sent;
mod texts;
#[cfg(feature = "full")]
mod whole;

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use options::File;

/// What this is: its version, the time zone data, the Kubernetes versions, the time zones.
#[wasm_bindgen]
#[must_use]
pub fn about() -> String {
    about::about()
}

/// What `check --format json` prints of these files.
///
/// # Errors
/// When the options name what is not there.
#[wasm_bindgen]
pub fn check(files: &str, options: &str) -> Result<String, JsError> {
    check::check(&read::<Vec<File>>(files)?, &read(options)?).map_err(told)
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
