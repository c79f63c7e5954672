//! Paths of files and folders that must stay where they are.
//!
//! pkg/apis/core/validation/validation.go, validatePathNoBacksteps, validateLocalDescendingPath,
//! ValidateLocalNonReservedPath, as of v1.37.

use super::Context;
use super::checks::{Text, place_of};
use crate::diagnostic::Safety;
use crate::k8s::format::quote;
use crate::k8s::{Path, Reason, Topic};

/// A path without `..` as a step.
pub(super) fn no_backsteps(file: Text<'_>, path: &Path<'_>, context: &mut Context) {
    if has_backsteps(file.value) {
        let message = format_args!("{} has a step `..`, and may not leave its folder", quote(file.value));
        context.report(Reason::Invalid, path, place_of(&file), message).about(Topic::FilePath).once_for(file.value);
    }
}

pub(super) fn has_backsteps(file: &str) -> bool {
    file.split('/').any(|step| step == "..")
}

/// A relative path without `..` as a step.
pub(super) fn descending(file: Option<Text<'_>>, path: &Path<'_>, context: &mut Context) {
    let Some(file) = file else { return };
    if file.value.starts_with('/') {
        let message = format_args!("{} starts at the root, and must be relative", quote(file.value));
        let problem = context.report(Reason::Invalid, path, place_of(&file), message);
        problem.about(Topic::FilePath).once_for(file.value);
        let relative = file.value.trim_start_matches('/');
        if relative.is_empty() {
            problem.help("leave it out to have the whole");
        } else if !has_backsteps(relative) {
            problem.help(format_args!("write {}", quote(relative))).respell(file.raw, relative, Safety::Unsafe);
        }
    }
    no_backsteps(file, path, context);
}

/// A relative path that does not start with `..` either.
pub(super) fn not_reserved(file: Option<Text<'_>>, path: &Path<'_>, context: &mut Context) {
    descending(file, path, context);
    if let Some(file) = file
        && file.value.starts_with("..")
        && !file.value.starts_with("../")
    {
        let message = format_args!("{} starts with `..`, which Kubernetes keeps for itself", quote(file.value));
        context.report(Reason::Invalid, path, place_of(&file), message).about(Topic::FilePath).once_for(file.value);
    }
}
