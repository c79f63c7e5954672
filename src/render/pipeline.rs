//! The formats that pipelines read, one a file. What they have in common: paths are those from the root of the
//! repository on, and what helps stands in the message, since most show nothing else.

mod azure;
mod checkstyle;
mod github;
mod gitlab;
mod junit;
mod rdjson;
mod sarif;
mod teamcity;

pub(super) use azure::Azure;
pub(super) use checkstyle::Checkstyle;
pub(super) use github::GitHub;
pub(super) use gitlab::GitLab;
pub(super) use junit::JUnit;
pub(super) use rdjson::Rdjson;
pub(super) use sarif::Sarif;
pub(super) use teamcity::TeamCity;

use std::path::Path;

use super::file::Found;
use super::output::Manner;
use super::paths;
use crate::diagnostic::Fingerprint;
use crate::text::visible;

/// The path of a finding's file from the root of the repository on.
fn path(found: Found<'_>, manner: &Manner) -> String {
    at(found.file.path, manner)
}

/// A path from the root of the repository on.
fn at(path: &Path, manner: &Manner) -> String {
    visible(&paths::from_root(path, manner)).into_owned()
}

/// What a finding is known by in its file.
fn fingerprint(found: Found<'_>, path: &str) -> Fingerprint {
    let finding = found.finding;
    let known = finding.fingerprint.unwrap_or_else(|| finding.fingerprint_at(&finding.message, 0));
    Fingerprint::of([path, &known.to_string()])
}

/// The text with each of these characters written otherwise.
fn replaced(text: &str, by: impl Fn(char) -> Option<&'static str>) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match by(char) {
            Some(written) => result.push_str(written),
            None => result.push(char),
        }
    }
    result
}
