//! Profiles of seccomp and AppArmor.
//!
//! pkg/apis/core/validation/validation.go, validateSeccompProfileField, ValidateAppArmorProfileField, as of v1.37.

use crate::k8s::objects::SecurityProfile;
use crate::k8s::validation::checks::{At, one_of, place_of, text_of};
use crate::k8s::validation::{Context, file_path};
use crate::k8s::{Reason, Topic};

const KINDS: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
/// The longest path of Linux, without its end.
const LONGEST_PATH: usize = 4095;

/// A profile of seccomp.
pub(super) fn validate_seccomp(profile: SecurityProfile<'_>, at: At<'_>, context: &mut Context) {
    validate_kind(profile, at, context);
    let path = at.path.field("localhostProfile");
    let local = profile.localhost_profile();
    match (text_of(profile.kind()), local) {
        ("Localhost", None) => missing_file(at, context),
        ("Localhost", file) => file_path::descending(file, &path, context),
        (_, Some(file)) => {
            let message = "only a profile of type `Localhost` has a `localhostProfile`";
            context.report(Reason::Invalid, &path, file.key, message).about(Topic::Security).leave_out();
        }
        (_, None) => {}
    }
}

/// A profile of AppArmor.
pub(super) fn validate_app_armor(profile: SecurityProfile<'_>, at: At<'_>, context: &mut Context) {
    validate_kind(profile, at, context);
    let path = at.path.field("localhostProfile");
    match (text_of(profile.kind()), profile.localhost_profile()) {
        ("Localhost", None) => missing_file(at, context),
        ("Localhost", Some(file)) => {
            if file.value.trim() != file.value {
                context
                    .report(Reason::Invalid, &path, place_of(&file), "the profile's name has spaces around it")
                    .about(Topic::Security);
            } else if file.value.is_empty() {
                context.report(Reason::Required, &path, place_of(&file), "a profile of type `Localhost` needs a name");
            }
            if file.value.len() > LONGEST_PATH {
                let message =
                    format_args!("the profile's name is {} bytes long, {LONGEST_PATH} at most", file.value.len());
                context.report(Reason::TooLong, &path, place_of(&file), message);
            }
        }
        ("RuntimeDefault" | "Unconfined", Some(file)) => {
            context
                .report(Reason::Invalid, &path, file.key, "only a profile of type `Localhost` has a `localhostProfile`")
                .about(Topic::Security)
                .leave_out();
        }
        _ => {}
    }
}

fn validate_kind(profile: SecurityProfile<'_>, at: At<'_>, context: &mut Context) {
    match profile.kind().filter(|kind| !kind.value.is_empty()) {
        Some(kind) => {
            one_of(kind, KINDS, &at.path.field("type"), context);
        }
        None => {
            let span = profile.kind().map_or(at.key, |kind| place_of(&kind));
            context.report(Reason::Required, &at.path.field("type"), span, "the profile has no `type`");
        }
    }
}

fn missing_file(at: At<'_>, context: &mut Context) {
    let message = "a profile of type `Localhost` needs `localhostProfile`";
    context.report(Reason::Required, &at.path.field("localhostProfile"), at.key, message);
}
