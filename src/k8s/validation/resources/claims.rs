use std::collections::HashSet;

use crate::k8s::format::{dns_label, quote};
use crate::k8s::objects::{ResourceClaim, ResourceRequirements};
use crate::k8s::schema::nearest;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, flaws, not_empty, place_of, text_of};
use crate::k8s::validation::gate::Gate;
use crate::k8s::validation::names::Names;
use crate::k8s::{Path, Reason};

/// Claims, or single requests of them, that a container uses already.
#[derive(Default)]
struct Used<'a> {
    whole: HashSet<&'a str>,
    requests: HashSet<(&'a str, &'a str)>,
    /// How many requests of a claim are used.
    partly: std::collections::HashMap<&'a str, usize>,
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
            let message = format!("the pod's `resourceClaims` have no {}", quote(name.value));
            let near = nearest(name.value, claims.iter());
            let problem = context.report(Reason::NotFound, &path, place_of(&name), message);
            if let Some(near) = near {
                problem.help(format!("did you mean `{near}`?"));
            }
        }
    }
}

fn use_claim<'a>(claim: ResourceClaim<'a>, name: &'a str, used: &mut Used<'a>, at: At<'_>, context: &mut Context) {
    let repeated = |times: usize, context: &mut Context| {
        for _ in 0..times {
            let message = format!("the claim {} is used here already", quote(name));
            context.report(Reason::Duplicate, at.path, at.key, message);
        }
    };
    if used.whole.contains(name) {
        repeated(1, context);
        return;
    }
    let request = not_empty(claim.request());
    match request {
        Some(request) => {
            flaws(dns_label(request.value), request, &at.path.field("request"), context);
            if used.requests.insert((name, text_of(Some(request)))) {
                *used.partly.entry(name).or_default() += 1;
            } else {
                repeated(1, context);
            }
        }
        None => {
            used.whole.insert(name);
            // One cause for each request that overlaps.
            repeated(used.partly.get(name).copied().unwrap_or(0), context);
        }
    }
}
