//! Resource claims of a pod.
//!
//! pkg/apis/core/validation/validation.go, validatePodResourceClaims, validatePodResourceClaim, as of v1.37.

use super::Context;
use super::checks::{At, flaws, place_of, required};
use super::names::Names;
use super::pod::Pod;
use crate::k8s::format::{dns_label, dns_subdomain, quote};
use crate::k8s::objects::PodResourceClaim;
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};

/// Checks the claims and notes their names in the pod.
pub(super) fn validate(pod: &mut Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(claims) = pod.spec.resource_claims().filter(|_| context.enables(Gate::DynamicResourceAllocation)) else {
        return;
    };
    let mut names = Names::default();
    for (index, item) in claims.value.iter() {
        let path = path.index(index);
        validate_claim(item.value, &mut names, At::new(&path, &item), context);
    }
    pod.claims = names;
}

fn validate_claim<'a>(claim: PodResourceClaim<'a>, names: &mut Names<'a>, at: At<'_>, context: &mut Context) {
    if let Some(name) = required(claim.name(), "name", at, context) {
        let path = at.path.field("name");
        if names.insert(name.value) {
            flaws(dns_label(name.value), name, &path, context);
        } else {
            let message = format_args!("another claim is named {} already", quote(name.value));
            context.report(Reason::Duplicate, &path, place_of(&name), message).help("give one of the two another name");
        }
    }
    let (claim_name, template) = (claim.resource_claim_name(), claim.resource_claim_template_name());
    if claim_name.is_some() == template.is_some() {
        let message = if template.is_some() {
            "a claim is `resourceClaimName` or made of `resourceClaimTemplateName`, not both"
        } else {
            "the claim names neither `resourceClaimName` nor `resourceClaimTemplateName`"
        };
        context.report(Reason::Invalid, at.path, at.key, message).about(Topic::Required);
    }
    for (name, text) in [("resourceClaimName", claim_name), ("resourceClaimTemplateName", template)] {
        if let Some(text) = text {
            flaws(dns_subdomain(text.value), text, &at.path.field(name), context);
        }
    }
}
