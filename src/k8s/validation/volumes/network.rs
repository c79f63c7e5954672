//! Volumes that are reached by protocols: NFS, iSCSI, Fibre Channel, CSI.
//!
//! pkg/apis/core/validation/validation.go, validateNFSVolumeSource, validateISCSIVolumeSource, validateFCVolumeSource,
//! validateCSIVolumeSource, ValidateCSIDriverName, as of v1.37.

use super::fields::{all_required, byte};
use crate::k8s::format::{dns_subdomain, quote};
use crate::k8s::objects::{CsiVolumeSource, FcVolumeSource, IscsiVolumeSource, NfsVolumeSource, Volume};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, Text, flaws, not_empty, place_of, required, text_of};
use crate::k8s::{Reason, Topic};

const LONGEST_DRIVER: usize = 63;
const LONGEST_INITIATOR: usize = 64;

pub(super) fn validate_nfs(source: NfsVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("server", source.server()), ("path", source.path())], at, context);
    let path = source.path();
    if !text_of(path).starts_with('/') {
        let span = path.map_or(at.key, |path| place_of(&path));
        let message = format_args!("{} is not an absolute path, and must be one", quote(text_of(path)));
        context.report(Reason::Invalid, &at.path.field("path"), span, message).about(Topic::FilePath);
    }
}

pub(super) fn validate_iscsi(source: IscsiVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    required(source.target_portal(), "targetPortal", at, context);
    if let Some(name) = required(source.iqn(), "iqn", at, context) {
        validate_qualified_name(name, "iqn", at, context);
    }
    byte(source.lun(), "lun", at, context);
    let chap = [source.chap_auth_discovery(), source.chap_auth_session()];
    if let Some(chap) = chap.into_iter().flatten().find(|chap| chap.value)
        && source.secret_ref().is_none()
    {
        let message = "CHAP needs a Secret: `secretRef` is not set";
        context.report(Reason::Required, &at.path.field("secretRef"), chap.key, message);
    }
    if let Some(name) = source.initiator_name() {
        // The server's own spelling.
        validate_qualified_name(name, "initiatorname", at, context);
    }
}

fn validate_qualified_name(name: Text<'_>, field: &str, at: At<'_>, context: &mut Context) {
    let text = name.value;
    let proper = match text.get(..3) {
        Some("iqn") => is_iqn(text),
        Some("eui") => has_tail(text, "eui", 16),
        Some("naa") => has_tail(text, "naa", 32),
        _ => false,
    };
    if !proper {
        let message = format_args!(
            "{} is no iSCSI name such as `iqn.2015-02.example.com:disk`, `eui.` with 16 or `naa.` with 32 characters",
            quote(text)
        );
        context.report(Reason::Invalid, &at.path.field(field), place_of(&name), message);
    }
}

/// One character, whichever, and a number of letters and digits.
fn has_tail(text: &str, start: &str, length: usize) -> bool {
    let mut rest = text.strip_prefix(start).unwrap_or_default().chars();
    let separator = rest.next().is_some_and(|char| char != '\n');
    separator && rest.clone().count() == length && rest.all(|char| char.is_ascii_alphanumeric())
}

/// Somewhere in the text and up to its end: `iqn.`, year and month, a name, a colon and what the storage calls it.
fn is_iqn(text: &str) -> bool {
    text.match_indices("iqn.").any(|(start, mark)| {
        let rest = &text[start + mark.len()..];
        let digit = |place: usize| rest.as_bytes().get(place).is_some_and(u8::is_ascii_digit);
        let date = (0..4).chain(5..7).all(digit) && rest.as_bytes().get(4) == Some(&b'-');
        date && rest.as_bytes().get(7) == Some(&b'.') && rest.get(8..).is_some_and(names_storage)
    })
}

fn names_storage(text: &str) -> bool {
    let Some((authority, storage)) = text.split_once(':') else { return false };
    let in_authority = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.');
    let in_storage =
        |char: char| !matches!(char, ',' | ';' | '*' | '&' | '$' | '|' | '\t' | '\n' | '\x0c' | '\r' | ' ');
    !authority.is_empty()
        && authority.chars().all(in_authority)
        && !storage.is_empty()
        && storage.chars().all(in_storage)
}

/// The volume's name and the portal share a name of the initiator. The server looks at that of any volume.
pub(super) fn validate_initiator_length(volume: Volume<'_>, at: At<'_>, context: &mut Context) {
    let Some(source) = volume.iscsi().filter(|source| source.value.initiator_name().is_some()) else { return };
    let length = text_of(volume.name()).len() + 1 + text_of(source.value.target_portal()).len();
    if length > LONGEST_INITIATOR {
        let span = volume.name().map_or(source.key, |name| place_of(&name));
        let message =
            format!("the volume's name and its portal are {length} characters long, {LONGEST_INITIATOR} at most");
        context.report(Reason::Invalid, &at.path.field("name"), span, message).about(Topic::TooLong);
    }
}

pub(super) fn validate_fc(source: FcVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("targetWWNs");
    let targets = source.target_wwns().filter(|targets| !targets.value.is_empty());
    let ids = source.wwids().filter(|ids| !ids.value.is_empty());
    match (targets, ids) {
        (None, None) => {
            context.report(Reason::Required, &path, at.key, "the disk has neither `targetWWNs` nor `wwids`");
        }
        (Some(targets), Some(ids)) => {
            let message = "the disk has `targetWWNs` or `wwids`, not both";
            context.report(Reason::Invalid, &path, targets.key, message).beside(ids.key);
        }
        _ => {}
    }
    let Some(targets) = targets else { return };
    if source.lun().is_some() {
        byte(source.lun(), "lun", at, context);
    } else {
        context.report(Reason::Required, &at.path.field("lun"), targets.key, "`targetWWNs` needs `lun` beside it");
    }
}

pub(super) fn validate_csi(source: CsiVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    validate_driver(source, at, context);
    let Some(secret) = source.node_publish_secret_ref() else { return };
    let path = at.path.field("nodePublishSecretRef");
    if let Some(name) = required(secret.value.name(), "name", At::new(&path, &secret), context) {
        // The server leaves out where the name stands.
        flaws(dns_subdomain(name.value), name, &at.path.field("name"), context);
    }
}

fn validate_driver(source: CsiVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("driver");
    let Some(driver) = not_empty(source.driver()) else {
        required(source.driver(), "driver", at, context);
        // Before 1.35 the server went on, and an empty text is no name either.
        if !context.since(35) {
            context.report(Reason::Invalid, &path, at.key, "an empty text is not a driver's name");
        }
        return;
    };
    if driver.value.len() > LONGEST_DRIVER {
        let message = format_args!("the name is {} characters long, {LONGEST_DRIVER} at most", driver.value.len());
        context.report(Reason::TooLong, &path, place_of(&driver), message);
    }
    flaws(dns_subdomain(&driver.value.to_lowercase()), driver, &path, context);
}

#[cfg(test)]
mod tests {
    use super::is_iqn;

    #[test]
    fn a_qualified_name_has_a_date_an_authority_and_a_storage() {
        assert!(is_iqn("iqn.2015-02.example.com:disk"));
        assert!(is_iqn("iqn.2015-02.a-1:d_é"));
        for text in [
            "iqn.2015-02.example.com",
            "iqn.2015-02.:disk",
            "iqn.2015-02.example.com:",
            "iqn.2015-02.exam_ple.com:disk",
            "iqn.2015-02.example.com:di sk",
            "iqn.2o15-02.example.com:disk",
            "iqn.2015.02.example.com:disk",
            "iqn.2015-02-example.com:disk",
            "iqn.2015-2.example.com:disk",
        ] {
            assert!(!is_iqn(text), "{text}");
        }
    }
}
