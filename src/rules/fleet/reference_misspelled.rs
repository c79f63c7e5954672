//! `reference-misspelled`

mod near;

use std::collections::{HashMap, HashSet};

use crate::analysis::{Analysis, Other, Reference, Referent, Stream, references};
use crate::k8s::Manifest;
use crate::k8s::schema::nearest;
use crate::rule::{Check, Findings, Rule};
use crate::text::Span;
use crate::yaml::placeholder_in;

use near::Names;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/fleet/reference-misspelled.md"), Check::Stream(check));

/// What one namespace has of one kind, by name.
type Offers<'a> = HashMap<(Referent, Option<&'a str>), Offered<'a>>;

#[derive(Default)]
struct Offered<'a> {
    objects: HashMap<&'a str, Other<'a>>,
    names: Names<'a>,
}

fn check(analysis: &Analysis, findings: &mut Findings<'_>) {
    let stream = Stream::of(analysis);
    let mut offers = Offers::new();
    for other in &stream.others {
        let Some(referent) = other.referent() else { continue };
        let offered = offers.entry((referent, other.namespace)).or_default();
        offered.objects.insert(other.name, *other);
        offered.names.add(other.name);
    }
    if offers.is_empty() {
        return;
    }
    for manifest in stream.manifests {
        let Some(pod) = manifest.pod_template().and_then(|template| template.spec()) else { continue };
        let namespace = manifest.metadata().and_then(|metadata| metadata.namespace()).map(|one| one.value);
        let references = references(pod.value);
        // What is named rightly beside it is another object.
        let named: HashSet<(Referent, &str)> = references.iter().map(|one| (one.to, &*one.name)).collect();
        for reference in &references {
            let Some(offered) = offers.get(&(reference.to, namespace)) else { continue };
            match offered.objects.get(&*reference.name) {
                Some(object) => keys(reference, object, manifest, findings),
                None => name(reference, offered, manifest, (&named, findings)),
            }
        }
    }
}

fn name(
    reference: &Reference,
    offered: &Offered<'_>,
    manifest: Manifest<'_>,
    (named, findings): (&HashSet<(Referent, &str)>, &mut Findings<'_>),
) {
    let Reference { to, name, span, is_optional, .. } = reference;
    if *is_optional || placeholder_in(name).is_some() {
        return;
    }
    let Some(near) = offered.names.near(name).filter(|near| !named.contains(&(*to, near))) else { return };
    let label = offered.objects.get(near).map_or(*span, Other::place);
    let message =
        format!("no {} `{name}` is in this file, and `{near}` is: the pods wait for what is not there", to.kind());
    report((message, *span), (near, label), manifest, findings);
}

/// Keys that the object lacks, where it has nearly such a one.
fn keys(reference: &Reference, object: &Other<'_>, manifest: Manifest<'_>, findings: &mut Findings<'_>) {
    let maps = ["data", "binaryData", "stringData"].into_iter().filter_map(|map| object.at(&[map]));
    let known: Vec<(&str, Span)> =
        maps.flat_map(|map| map.entries().map(|entry| (entry.key, entry.key_span))).collect();
    for key in &reference.keys {
        if known.iter().any(|(known, _)| **known == *key.key) || key.key.contains(['$', '{', '<']) {
            continue;
        }
        let Some(near) = nearest(&key.key, known.iter().map(|(known, _)| *known)) else { continue };
        let label = known.iter().find(|(known, _)| *known == near).map_or(key.span, |(_, span)| *span);
        let message = format!("{} `{}` has no key `{}`: the pods do not start", object.kind, object.name, key.key);
        report((message, key.span), (near, label), manifest, findings);
    }
}

fn report(
    (message, span): (String, Span),
    (near, label): (&str, Span),
    manifest: Manifest<'_>,
    findings: &mut Findings<'_>,
) {
    findings
        .report(span, message)
        .label(label, "this is there")
        .help(format!("did you mean `{near}`?"))
        .about(manifest);
}
