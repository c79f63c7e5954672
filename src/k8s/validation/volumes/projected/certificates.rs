//! Bundles of trust and certificates of pods, as files.
//!
//! pkg/apis/core/validation/validation.go, validateProjectionSources, ValidateUserAnnotations;
//! pkg/apis/core/validation/names.go, ValidateSignerName, ValidateClusterTrustBundleName, IsKubernetesSignerName, as of
//! v1.37.

use super::Files;
use crate::k8s::format::{Flaw, Flaws, dns_label, dns_subdomain, label_key, quote};
use crate::k8s::objects::{ClusterTrustBundleProjection, PodCertificateProjection};
use crate::k8s::validation::checks::{At, Text, missing, not_empty, one_of_at, place_of, required, text_of};
use crate::k8s::validation::{Context, file_path, object_meta, selector};
use crate::k8s::{Path, Reason, Topic};
use crate::yaml::Value;

const KEY_TYPES: &[&str] = &["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
/// An hour, in seconds.
const SHORTEST_EXPIRATION: i32 = 3600;
/// 91 days.
const LONGEST_EXPIRATION: i32 = 7_862_400;
/// A day, for signers of Kubernetes' own.
const LONGEST_OF_KUBERNETES: i32 = 86_400;
const ANNOTATIONS_SIZE: usize = 256 * 1024;
const LONGEST_DOMAIN: usize = 253;
const LONGEST_SIGNER: usize = 571;

pub(super) fn validate_bundle<'a>(
    bundle: ClusterTrustBundleProjection<'a>,
    files: &mut Files<'a, '_>,
    at: At<'_>,
    context: &mut Context,
) {
    match (bundle.name(), bundle.signer_name()) {
        (Some(name), Some(_)) => {
            let message = "a bundle has `name` or `signerName`, not both";
            context.report(Reason::Invalid, at.path, name.key, message).about(Topic::Contradiction);
        }
        (Some(name), None) => {
            required(Some(name), "name", at, context);
            validate_bundle_name(name, &at.path.field("name"), context);
            if let Some(labels) = bundle.label_selector() {
                let message = "labels select among a signer's bundles, and a `name` is one already";
                context
                    .report(Reason::Invalid, &at.path.field("labelSelector"), labels.key, message)
                    .about(Topic::Contradiction);
            }
        }
        (None, Some(signer)) => {
            if signer.value.is_empty() {
                missing(Some(signer), "signerName", at, context).in_own_words();
            }
            validate_signer(Some(signer), at, context);
            if let Some(labels) = bundle.label_selector() {
                selector::validate_label_selector(labels.value, &at.path.field("labelSelector"), context);
            }
        }
        (None, None) => {
            context.report(Reason::Required, at.path, at.key, "the bundle has neither `name` nor `signerName`");
        }
    }
    required(bundle.path(), "path", at, context);
    file_path::not_reserved(bundle.path(), &at.path.field("path"), context);
    match bundle.path() {
        Some(path) => files.add_any(path, path.value, context),
        None => files.add_any(Text { value: "", key: at.key, span: at.key, raw: raw_of(bundle) }, "", context),
    }
}

fn raw_of<'a>(bundle: ClusterTrustBundleProjection<'a>) -> Value<'a> {
    bundle.raw()
}

/// `signer:name`, with colons for the signer's slashes, or a name without a colon.
fn validate_bundle_name(name: Text<'_>, path: &Path<'_>, context: &mut Context) {
    let (signer, own) = name.value.rsplit_once(':').unwrap_or(("-", name.value));
    if signer.is_empty() || signer.contains('/') {
        let message = format_args!(
            "{} is not `signer:name` with colons for the signer's slashes, nor a name without a colon",
            quote(name.value)
        );
        context.report(Reason::Invalid, path, place_of(&name), message);
        return;
    }
    for flaw in dns_subdomain(own) {
        context.report(Reason::Invalid, path, place_of(&name), flaw.describe(own));
    }
}

pub(super) fn validate_pod_certificate<'a>(
    certificate: PodCertificateProjection<'a>,
    files: &mut Files<'a, '_>,
    at: At<'_>,
    context: &mut Context,
) {
    validate_signer(certificate.signer_name(), at, context);
    validate_annotations(certificate, &at.path.field("userAnnotations"), context);
    one_of_at(certificate.key_type(), KEY_TYPES, "keyType", at, context);
    validate_expiration(certificate, at, context);
    let paths = [
        ("credentialBundlePath", certificate.credential_bundle_path()),
        ("keyPath", certificate.key_path()),
        ("certificateChainPath", certificate.certificate_chain_path()),
    ];
    let mut count = 0;
    for (name, file) in paths {
        if let Some(file) = not_empty(file) {
            count += 1;
            file_path::not_reserved(Some(file), &at.path.field(name), context);
            files.add(Some(file), context);
        }
    }
    if count == 0 {
        let message =
            "the certificate goes nowhere, and needs `credentialBundlePath` or `keyPath` and `certificateChainPath`";
        context.report(Reason::Required, at.path, at.key, message);
    }
}

fn validate_expiration(certificate: PodCertificateProjection<'_>, at: At<'_>, context: &mut Context) {
    let Some(seconds) = certificate.max_expiration_seconds() else { return };
    let host = text_of(certificate.signer_name()).split('/').next().unwrap_or_default();
    let own = host == "kubernetes.io" || host.ends_with(".kubernetes.io");
    let most = if own { LONGEST_OF_KUBERNETES } else { LONGEST_EXPIRATION };
    let value = seconds.value;
    if !(SHORTEST_EXPIRATION..=most).contains(&value) {
        let message = format_args!("{value} seconds are not between {SHORTEST_EXPIRATION} and {most}");
        context
            .report(Reason::Invalid, &at.path.field("maxExpirationSeconds"), place_of(&seconds), message)
            .about(Topic::OutOfRange);
    }
}

fn validate_annotations(certificate: PodCertificateProjection<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(annotations) = certificate.user_annotations() else { return };
    let mut size = 0usize;
    for (key, value) in annotations.value.iter() {
        size = size.saturating_add(key.len()).saturating_add(value.value.len());
        let lower = key.to_lowercase();
        let found = label_key(&lower);
        if key.is_empty() {
            context.report(Reason::Required, path, value.key, "a key is empty");
        } else if !found.is_empty() {
            object_meta::report_flaws(found, &lower, path, value.key, context);
        } else if !lower.contains('/') {
            let message = format_args!("{} has no domain in front, as in `example.com/name`", quote(key));
            context.report(Reason::Invalid, path, value.key, message).once_for(key);
        }
    }
    if size > ANNOTATIONS_SIZE {
        let message = format_args!("the annotations are {size} bytes long together, {ANNOTATIONS_SIZE} at most");
        context.report(Reason::TooLong, path, annotations.key, message);
    }
}

/// `example.com/name`
fn validate_signer(signer: Option<Text<'_>>, at: At<'_>, context: &mut Context) {
    let Some(signer) = required(signer, "signerName", at, context) else { return };
    let (path, span) = (at.path.field("signerName"), place_of(&signer));
    let Some((domain, name)) = signer.value.split_once('/').filter(|(_, name)| !name.contains('/')) else {
        let message = format_args!("{} is not of the form `example.com/name`", quote(signer.value));
        context.report(Reason::Invalid, &path, span, message);
        return;
    };
    if domain.len() > LONGEST_DOMAIN {
        let message = format_args!("the domain is {} characters long, {LONGEST_DOMAIN} at most", domain.len());
        context.report(Reason::TooLong, &path, span, message);
    }
    report_first(domain.split('.').map(|label| (label, dns_label(label))), &path, &signer, context);
    if !domain.contains('.') {
        let message = format_args!("{} has no dot, and is no domain", quote(domain));
        context.report(Reason::Invalid, &path, span, message);
    }
    report_first(name.split('.').map(|label| (label, dns_subdomain(label))), &path, &signer, context);
    if signer.value.len() > LONGEST_SIGNER {
        let message = format_args!("the name is {} characters long, {LONGEST_SIGNER} at most", signer.value.len());
        context.report(Reason::TooLong, &path, span, message);
    }
}

/// The flaws of the first label that has any.
fn report_first<'a>(
    mut labels: impl Iterator<Item = (&'a str, Flaws)>,
    path: &Path<'_>,
    signer: &Text<'_>,
    context: &mut Context,
) {
    let Some((label, found)) = labels.find(|(_, found)| !found.is_empty()) else { return };
    let found: Vec<Flaw> = found.into_iter().collect();
    for flaw in found {
        context.report(Reason::Invalid, path, place_of(signer), flaw.describe(label));
    }
}
