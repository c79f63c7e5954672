//! A container's request or limit that becomes a variable or a file.
//!
//! pkg/apis/core/validation/validation.go, validateContainerResourceFieldSelector, validateContainerResourceDivisor, as
//! of v1.37.

use crate::k8s::format::quote;
use crate::k8s::objects::ResourceFieldSelector;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, one_of, place_of, required, text_of};
use crate::k8s::{Reason, Topic};

const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];
const HUGE_PAGES: [&str; 2] = ["requests.hugepages-", "limits.hugepages-"];
const CPU_DIVISORS: &[&str] = &["1", "1m"];
const DIVISORS: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/// In a variable, where the container is the variable's own if none is named.
pub(in crate::k8s::validation) fn validate(selector: ResourceFieldSelector<'_>, at: At<'_>, context: &mut Context) {
    if let Some(resource) = required(selector.resource(), "resource", at, context)
        && !is_huge_pages(resource.value)
    {
        one_of(resource, RESOURCES, &at.path.field("resource"), context);
    }
    validate_divisor(selector, at, context);
}

/// In a volume, where the container must be named; until it is, the server looks no further.
pub(in crate::k8s::validation) fn validate_in_volume(
    selector: ResourceFieldSelector<'_>,
    at: At<'_>,
    context: &mut Context,
) {
    if required(selector.container_name(), "containerName", at, context).is_some() {
        validate(selector, at, context);
    } else {
        validate_divisor(selector, at, context);
    }
}

fn is_huge_pages(resource: &str) -> bool {
    HUGE_PAGES.iter().any(|prefix| resource.starts_with(prefix))
}

/// Quantities are compared by Kubernetes' own spelling.
fn validate_divisor(selector: ResourceFieldSelector<'_>, at: At<'_>, context: &mut Context) {
    let Some(divisor) = selector.divisor().filter(|divisor| divisor.value.sign() != 0) else { return };
    let allowed = match text_of(selector.resource()) {
        "limits.cpu" | "requests.cpu" => CPU_DIVISORS,
        resource if RESOURCES.contains(&resource) || is_huge_pages(resource) => DIVISORS,
        _ => return,
    };
    let canonical = divisor.value.canonical();
    if allowed.contains(&canonical.as_str()) {
        return;
    }
    let known: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
    let message = format_args!("{} divides nothing here: a divisor is one of {}", quote(&canonical), known.join(", "));
    context
        .report(Reason::Invalid, &at.path.field("divisor"), place_of(&divisor), message)
        .about(Topic::NotSupported)
        .once_for((&canonical, allowed));
}
