//! Requests and limits: what a container asks for, and how much it may have.
//!
//! pkg/apis/core/validation/validation.go, ValidateContainerResourceRequirements, validateResourceRequirements,
//! ValidateResourceQuantityValue, validateResourceQuantityHugePageValue, validateOverhead, as of v1.37.

mod claims;
mod names;
pub(super) mod pod_level;

pub(super) use names::is_counted;

use super::Context;
use super::checks::{At, Text, place_of};
use super::names::Names;
use crate::diagnostic::Fix;
use crate::k8s::format::{Quantity, quote};
use crate::k8s::objects::{Field, Map, ResourceRequirements};
use crate::k8s::{Path, Problem, Reason, Topic};
use crate::yaml::{Entry, New, Value};

/// Quantities by the name of their resource.
type Quantities<'a> = Option<Field<'a, Map<'a, Quantity<'a>>>>;

/// Checks a resource's name at its place.
type NameCheck = fn(Text<'_>, &Path<'_>, &mut Context);

/// A container's resources; `claims` are those of the pod.
pub(super) fn validate_container(
    requirements: ResourceRequirements<'_>,
    claims: &Names<'_>,
    at: At<'_>,
    context: &mut Context,
) {
    validate(requirements, names::of_container, at, context);
    claims::validate(requirements, claims, &at.path.field("claims"), context);
}

/// What a pod takes beyond its containers; its form is that of limits.
pub(super) fn validate_overhead(overhead: Quantities<'_>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("limits");
    let mut found = Found::default();
    each(overhead, names::of_container, &path, &mut found, context);
    found.report(at, context);
}

/// What the lists have, as far as huge pages depend on it.
#[derive(Debug, Default)]
struct Found {
    huge_pages: bool,
    cpu_or_memory: bool,
}

impl Found {
    fn report(&self, at: At<'_>, context: &mut Context) {
        if self.huge_pages && !self.cpu_or_memory {
            context
                .report(Reason::Forbidden, at.path, at.key, "huge pages need `cpu` or `memory` beside them")
                .about(Topic::Resources);
        }
    }
}

fn validate(requirements: ResourceRequirements<'_>, name: NameCheck, at: At<'_>, context: &mut Context) {
    let (limits, requests) = (requirements.limits(), requirements.requests());
    let (limits_path, requests_path) = (at.path.field("limits"), at.path.field("requests"));
    let mut found = Found::default();
    each(limits, name, &limits_path, &mut found, context);
    each(requests, name, &requests_path, &mut found, context);
    let Some(requests) = requests else { return found.report(at, context) };
    for entry in requests.raw.entries() {
        let resource = entry.key;
        let limit = limits.and_then(|limits| limits.value.get(resource));
        if limit.is_none() && names::may_be_overcommitted(resource) {
            continue;
        }
        let Some(request) = requests.value.read(entry) else { continue };
        match limit {
            Some(limit) => compare(resource, &request, &limit, &requests_path, context),
            None => {
                let message = format_args!("{} needs a limit that equals its request", quote(resource));
                let span = limits.map_or(at.key, |limits| limits.key);
                let problem = context.report(Reason::Required, &limits_path, span, message);
                problem.label(request.key, "requested here");
                add_limit(problem, requirements, requests.raw, entry);
            }
        }
    }
    found.report(at, context);
}

/// Says to write the limit, too: the only one of a resource is its request as well.
fn add_limit(problem: &mut Problem, requirements: ResourceRequirements<'_>, requests: Value<'_>, request: Entry<'_>) {
    let amount = request.value.source();
    problem.help(format_args!("write `{}: {amount}` below `limits`", request.key));
    let object = requirements.raw();
    let change = match (object.get("limits"), object.get("requests")) {
        (Some(limits), _) => {
            let last = limits.value.entries().last();
            last.map(|last| limits.value.insert_after(last, request.key, New::Plain(amount)))
        }
        (None, Some(all)) if requests.entries().count() == 1 => Some(object.rename(all, "limits")),
        (None, _) => Some(requests.move_to(request, object, &["limits"])),
    };
    // Of a kind of huge pages that does not exist, a limit is wrong as well.
    if let Some(change) = change.filter(|_| names::is_counted(request.key)) {
        problem.fix(Fix::safe(format!("write {amount} below limits"), change));
    }
}

/// One cause after the other for each quantity of a list.
fn each(quantities: Quantities<'_>, name: NameCheck, path: &Path<'_>, found: &mut Found, context: &mut Context) {
    let Some(quantities) = quantities else { return };
    for (resource, quantity) in quantities.value.iter() {
        let path = path.key(resource);
        let text = Text { value: resource, key: quantity.key, span: quantity.key, raw: quantity.raw };
        let before = context.count();
        name(text, &path, context);
        respell(quantities.raw, resource, &mut context.problems_mut()[before..]);
        let rounded = quantity.value.clone().round_up_to_milli();
        validate_quantity(resource, &rounded, &quantity, &path, context);
        found.cpu_or_memory |= matches!(resource, "cpu" | "memory");
        if let Some(size) = names::huge_page_size(resource) {
            found.huge_pages = true;
            validate_huge_pages(size, &rounded, &quantity, &path, context);
        }
    }
}

/// Offers a resource's name in lower case, where that alone is wrong with it.
fn respell(quantities: Value<'_>, resource: &str, problems: &mut [Problem]) {
    let near = resource.to_ascii_lowercase();
    if problems.is_empty() || near == resource || !names::is_of_containers(&near) || quantities.get(&near).is_some() {
        return;
    }
    let Some(entry) = quantities.get(resource) else { return };
    for problem in problems {
        problem.help(format_args!("did you mean `{near}`?"));
        problem.fix(Fix::safe(format!("write {near}"), quantities.rename(entry, near.as_str())));
    }
}

fn validate_quantity(
    resource: &str,
    rounded: &Quantity<'_>,
    written: &Field<'_, Quantity<'_>>,
    path: &Path<'_>,
    context: &mut Context,
) {
    if rounded.sign() < 0 {
        let message = format!("{} is {}, below the minimum, 0", path.subject(), quote(&written.value.canonical()));
        context.report(Reason::Invalid, path, place_of(written), message).about(Topic::Resources);
    }
    if names::is_counted(resource) && rounded.milli_value() % 1000 != 0 {
        let message =
            format!("{} is counted in whole units, and {} is none", quote(resource), quote(&written.value.canonical()));
        context.report(Reason::Invalid, path, place_of(written), message).about(Topic::Resources);
    }
}

fn validate_huge_pages(
    size: &str,
    rounded: &Quantity<'_>,
    written: &Field<'_, Quantity<'_>>,
    path: &Path<'_>,
    context: &mut Context,
) {
    // Spaces, which a quantity may have around it, are of no use in a name.
    let page = Quantity::parse(size).ok().filter(|_| size.trim() == size);
    let whole = page.filter(|page| page.sign() > 0 && page.milli_value() % 1000 == 0).map(|page| page.value());
    let message = match whole {
        Some(0) => format!("huge pages of size {} make the API server fail", quote(size)),
        Some(page) if rounded.value() % page == 0 => return,
        Some(_) => format!("{} is not a multiple of the page's size, {size}", quote(&written.value.canonical())),
        None => format!("{} is no size of huge pages, such as `2Mi`", quote(size)),
    };
    context.report(Reason::Invalid, path, place_of(written), message).about(Topic::Resources);
}

/// The server names the list of requests for a request above its limit.
fn compare(
    resource: &str,
    request: &Field<'_, Quantity<'_>>,
    limit: &Field<'_, Quantity<'_>>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let wanted = request.value.clone().round_up_to_milli();
    let most = limit.value.clone().round_up_to_milli();
    let differs = wanted != most && !names::may_be_overcommitted(resource);
    if !differs && wanted <= most {
        return;
    }
    let (shown, limited) = (request.value.canonical(), limit.value.canonical());
    let message = if differs {
        format!("the request of {} is {shown}, and must equal the limit, {limited}", quote(resource))
    } else {
        format!("the request of {} is {shown}, above the limit, {limited}", quote(resource))
    };
    context
        .report(Reason::Invalid, path, place_of(request), message)
        .about(Topic::Resources)
        .label(limit.span, "the limit");
}
