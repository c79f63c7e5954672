//! `object-defined-twice`

use std::collections::BTreeMap;

use crate::analysis::Stream;
use crate::k8s::objects::{Field, ObjectMeta};
use crate::k8s::{Manifest, Resource};
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::placeholder_in;

pub(crate) static RULE: Rule = Rule::new(page!("fleet/object-defined-twice"), Check::Stream(check));

/// What a cluster knows an object by: its kind, namespace and name.
type Identity<'a> = (&'static str, Option<&'a str>, &'a str);

fn check(stream: &Stream<'_>, findings: &mut Findings<'_>) {
    let mut known: BTreeMap<Identity<'_>, Vec<(Manifest<'_>, Field<'_, &str>)>> = BTreeMap::new();
    for &manifest in &stream.manifests {
        if let (Some(resource), Some(metadata)) = (manifest.resource, manifest.metadata())
            && let Some((namespace, name)) = given(metadata)
        {
            known.entry((resource.kind(), namespace, name.value)).or_default().push((manifest, name));
        }
    }
    for ((kind, _, name), objects) in known {
        if let [(_, first), (second, at), ..] = objects[..] {
            report((kind, name, objects.len()), first, (second, at), findings);
        }
    }
}

fn report(
    (kind, name, count): (&str, &str, usize),
    first: Field<'_, &str>,
    (second, at): (Manifest<'_>, Field<'_, &str>),
    findings: &mut Findings<'_>,
) {
    let comes = match second.resource {
        Some(Resource::Job) => "another template than the first one's is refused, since that of a Job cannot change",
        _ => "what is applied last is all that is left",
    };
    findings
        .report(at.span, format!("this file has {count} {kind}s `{name}`: {comes}"))
        .label(first.span, "the same name here")
        .help("give each of them a name or namespace of its own, or leave it out")
        .about(second);
}

/// Namespace and name, as far as they are given and not filled in.
fn given(metadata: ObjectMeta<'_>) -> Option<(Option<&str>, Field<'_, &str>)> {
    let name = metadata.name().filter(|name| !name.value.is_empty())?;
    let namespace = metadata.namespace();
    // One of another type is none, and refused.
    let is_readable = namespace.is_some() || !metadata.slots().namespace().is_set();
    let is_filled_in = [Some(name), namespace].into_iter().flatten().any(|text| placeholder_in(text.value).is_some());
    (is_readable && !is_filled_in).then_some((namespace.map(|one| one.value), name))
}
