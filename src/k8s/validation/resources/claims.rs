//! The pod's claims that a container uses.
//!
//! pkg/apis/core/validation/validation.go, validateResourceClaimNames, as of v1.37.

use std::borrow::Cow;

use crate::diagnostic::Safety;
use crate::hash::{HashMap, HashSet};
use crate::k8s::format::{dns_label, quote};
use crate::k8s::objects::{ResourceClaim, ResourceRequirements};
use crate::k8s::schema::{Gate, nearest};
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, flaws, not_empty, place_of};
use crate::k8s::validation::names::Names;
use crate::k8s::{Path, Reason};

/// What a container uses already: `claim`, or `claim/request`.
#[derive(Default)]
struct Used<'a> {
    keys: HashSet<Cow<'a, str>>,
    /// How many keys there are with a slash, by what stands before it.
    parts: HashMap<String, usize>,
}

/// The claims that a container uses; `claims` are those that the pod has.
pub(super) fn validate(
    requirements: ResourceRequirements<'_>,
    claims: &Names<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let Some(list) = requirements.claims().filter(|_| context.enables(Gate::DynamicResourceAllocation)) else { return };
    let mut used = Used::default();
    for (index, item) in list.value.iter() {
        let path = path.index(index);
        let at = At::new(&path, &item);
        let Some(name) = not_empty(item.value.name()) else {
            context.report(Reason::Required, &path, at.key, "the claim has no name");
            continue;
        };
        use_claim(item.value, name.value, &mut used, at, context);
        if !claims.contains(name.value) {
            let message = format_args!("the pod's `resourceClaims` have no {}", quote(name.value));
            let near = nearest(name.value, claims.iter());
            let problem = context.report(Reason::NotFound, &path, place_of(&name), message);
            if let Some(near) = near {
                problem.did_you_mean(name.raw, near, Safety::Unsafe);
            }
        }
    }
}

fn use_claim<'a>(claim: ResourceClaim<'a>, name: &'a str, used: &mut Used<'a>, at: At<'_>, context: &mut Context) {
    let repeated = |times: usize, context: &mut Context| {
        for _ in 0..times {
            let message = format_args!("the claim {} is used here already", quote(name));
            context.report(Reason::Duplicate, at.path, at.key, message).once_for(name);
        }
    };
    if used.keys.contains(name) {
        repeated(1, context);
        return;
    }
    let request = not_empty(claim.request());
    if let Some(request) = request {
        flaws(dns_label(request.value), request, &at.path.field("request"), context);
    }
    let key = request.map_or(Cow::Borrowed(name), |request| Cow::Owned(format!("{name}/{}", request.value)));
    if used.keys.contains(&key) {
        repeated(1, context);
    } else if request.is_none() {
        // One cause for each request that overlaps.
        repeated(used.parts.get(name).copied().unwrap_or(0), context);
    }
    let part = key.split_once('/').map(|(part, _)| part.to_owned());
    if used.keys.insert(key)
        && let Some(part) = part
    {
        *used.parts.entry(part).or_default() += 1;
    }
}
