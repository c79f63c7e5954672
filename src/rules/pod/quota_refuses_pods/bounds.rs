//! What the ResourceQuotas and LimitRanges of a text allow.

use crate::analysis::{Amount, Other, Stream};
use crate::hash::HashMap;
use crate::k8s::format::Quantity;
use crate::text::Span;
use crate::yaml::Value;

/// What is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Of {
    /// What all pods of a namespace have together.
    Namespace(Amount),
    /// What each container has: at the most, and at least.
    Container,
    LeastOfContainer,
    /// What each pod has.
    Pod,
    /// How many objects there are.
    Count,
}

/// A bound, and the object that sets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound<'a> {
    pub(super) milli: i128,
    /// As it is written.
    pub(super) amount: &'a str,
    /// The key that it stands at.
    pub(super) key: &'a str,
    pub(super) span: Span,
    by: Other<'a>,
}

/// The tightest bounds of each namespace: on what, and of which resource.
pub(super) type Bounds<'a> = HashMap<(Option<&'a str>, Of, &'a str), Bound<'a>>;

impl Bound<'_> {
    pub(super) fn name(&self) -> String {
        format!("{} `{}`", self.by.kind, self.by.name)
    }

    pub(super) fn allows(&self) -> String {
        format!("{} allows {} of `{}`", self.name(), self.amount, self.key)
    }
}

/// The bounds that the objects of a text set.
pub(super) fn bounds<'a>(stream: &Stream<'a>) -> Bounds<'a> {
    let mut bounds = Bounds::default();
    for other in &stream.others {
        match other.kind {
            "ResourceQuota" => quota(*other, &mut bounds),
            "LimitRange" => limit_range(*other, &mut bounds),
            _ => {}
        }
    }
    bounds
}

/// Takes in what a ResourceQuota leaves to a namespace; one with scopes is for some pods only.
fn quota<'a>(quota: Other<'a>, bounds: &mut Bounds<'a>) {
    if ["scopes", "scopeSelector"].iter().any(|key| quota.at(&["spec", key]).is_some()) {
        return;
    }
    for (key, value) in entries(quota.at(&["spec", "hard"])) {
        let (of, resource) = match key {
            "pods" | "count/pods" => (Of::Count, "pods"),
            "count/jobs.batch" => (Of::Count, "Jobs"),
            _ if key.contains('/') && !key.starts_with("requests.") => continue,
            _ => match (key.strip_prefix("requests."), key.strip_prefix("limits.")) {
                (Some(resource), _) => (Of::Namespace(Amount::Request), resource),
                (_, Some(resource)) => (Of::Namespace(Amount::Limit), resource),
                _ => (Of::Namespace(Amount::Request), key),
            },
        };
        add(bounds, (of, resource), (key, value), quota);
    }
}

/// Takes in what a LimitRange wants of each container and pod.
fn limit_range<'a>(range: Other<'a>, bounds: &mut Bounds<'a>) {
    for item in range.at(&["spec", "limits"]).into_iter().flat_map(Value::items) {
        let of_type = item.get("type").and_then(|of| of.value.as_str());
        let most = match of_type {
            Some("Container") => Of::Container,
            Some("Pod") => Of::Pod,
            _ => continue,
        };
        for (key, value) in entries(item.get("max").map(|max| max.value)) {
            add(bounds, (most, key), (key, value), range);
        }
        for (key, value) in entries(item.get("min").map(|min| min.value)).filter(|_| most == Of::Container) {
            add(bounds, (Of::LeastOfContainer, key), (key, value), range);
        }
    }
}

fn entries<'a>(map: Option<Value<'a>>) -> impl Iterator<Item = (&'a str, Value<'a>)> {
    map.into_iter().flat_map(Value::entries).map(|entry| (entry.key, entry.value))
}

fn add<'a>(bounds: &mut Bounds<'a>, (of, resource): (Of, &'a str), (key, value): (&'a str, Value<'a>), by: Other<'a>) {
    let Some(quantity) = Quantity::read(value).and_then(Result::ok) else { return };
    let amount = value.source().trim_matches(['"', '\'']);
    let bound = Bound { milli: quantity.saturating_milli(), amount, key, span: value.span(), by };
    let is_tighter = |known: &Bound<'_>| match of {
        Of::LeastOfContainer => bound.milli > known.milli,
        _ => bound.milli < known.milli,
    };
    let known = bounds.entry((by.namespace, of, resource)).or_insert(bound);
    if is_tighter(known) {
        *known = bound;
    }
}
