//! What is wrong with patches, as far as all that is built tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Build, location};
use crate::diagnostic::{Finding, Label};
use crate::k8s::Resource;
use crate::k8s::schema::nearest;
use crate::kustomize::Fault;
use crate::kustomize::build::{Place, Remark};
use crate::text::{Source, Span, quote};

/// Tells what is found, with the name of its file. What one kustomization does not have, another one may that takes the
/// same patch.
pub(super) fn say(builds: &[Build], mut tell: impl FnMut(Arc<str>, Finding)) {
    let mut told: BTreeMap<(Arc<str>, Span, &'static str), Option<Finding>> = BTreeMap::new();
    for build in builds {
        for remark in &build.patches {
            let (at, fault, finding) = match remark {
                Remark::Target { at, is_met, .. } => {
                    let finding = if *is_met { None } else { unmatched(build, remark) };
                    (*at, Fault::MatchesNothing, finding)
                }
                Remark::Added { at, .. } => (*at, Fault::AddsContainer, added(build, remark)),
            };
            let (Some(source), Some(rule)) =
                (build.sources.get(at.0 as usize), build.config.selection().of_fault(fault))
            else {
                continue;
            };
            let known = told.entry((source.shared_name(), at.1, rule.name)).or_insert_with(|| finding.clone());
            if finding.is_none() {
                *known = None;
            }
        }
    }
    for ((name, _, _), finding) in told {
        finding.into_iter().for_each(|finding| tell(Arc::clone(&name), finding));
    }
}

fn source(build: &Build, (file, _): Place) -> Option<&Source> {
    build.sources.get(file as usize)
}

fn unmatched(build: &Build, remark: &Remark) -> Option<Finding> {
    let Remark::Target { at, kind, .. } = remark else { return None };
    // Of other kinds, there may be objects that something else makes.
    let resource = Resource::named(kind)?;
    let rule = build.config.selection().of_fault(Fault::MatchesNothing)?;
    let said = source(build, *at)?.slice(at.1).trim_matches(['"', '\'']);
    let message = format!("no {} here is {}: this patch changes nothing", resource.kind(), quote(said));
    let finding = rule.finding(at.1, message);
    Some(match build.unbuilt {
        Some(_) => Finding { help: Some("kustomize stops at a patch for what is not there".into()), ..finding },
        None => finding,
    })
}

fn added(build: &Build, remark: &Remark) -> Option<Finding> {
    let Remark::Added { at, name, others, is_whole: true } = remark else { return None };
    let meant = meant(name, others.iter().map(|(other, _)| &**other))?;
    let (_, place) = others.iter().find(|(other, _)| other == meant)?;
    let rule = build.config.selection().of_fault(Fault::AddsContainer)?;
    let message = format!("this adds a container {} beside {}", quote(name), quote(meant));
    let mut finding = rule.finding(at.1, message);
    finding.help = Some(format!("a patch changes the container of the same name: write {}", quote(meant)).into());
    let there = location(source(build, *place)?, place.1);
    finding.labels.push(Label::new(there, "the one that is there"));
    Some(finding)
}

/// The name that another one may be a slip of. One with another number is none, nor is one whose short part is another:
/// `worker-a` and `worker-b` are two.
fn meant<'n>(name: &str, others: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let letters = |text: &str| text.chars().filter(|char| !char.is_ascii_digit()).collect::<String>();
    let (own, meant) = (letters(name), nearest(name, others)?);
    let other = letters(meant);
    let mut parts = own.split('-').zip(other.split('-')).filter(|(own, other)| own != other);
    parts.all(|(own, other)| own.len().min(other.len()) >= SHORTEST).then_some(meant).filter(|_| own != other)
}

/// A shorter part of a name is soon like another one.
const SHORTEST: usize = 3;
