//! Patches that stand in a text without being it: in a kustomization, or as the operations of a JSON patch.

use std::sync::Arc;

use super::{Analysis, Settings, analyse};
use crate::kustomize::{Kustomization, Text, aims, expand};
use crate::text::{Origins, Role, Source, Span};
use crate::yaml::{Document, File, Value};

/// A patch within a text: a text of its own, which was made of bytes of the other one.
#[derive(Debug)]
pub(crate) struct Embedded {
    /// The patch.
    pub(crate) analysis: Analysis,
    /// Where its bytes come from.
    pub(crate) origins: Origins,
    /// The document that it stands in.
    pub(crate) document: usize,
    /// The operations around it that no JSON patch has.
    pub(crate) unknown: Vec<Span>,
}

/// The patches for Jobs and CronJobs in a text, in order of place.
pub(super) fn of(source: &Source, file: &File, settings: &Settings) -> Vec<Embedded> {
    let of_document = |document: &Document| match source.role() {
        Role::Patch { kinds } => operations((source, file), document, kinds, settings).into_iter().collect(),
        Role::Manifest => inline(source, document, settings),
        Role::OfChart => Vec::new(),
    };
    let all = file.documents.iter().flat_map(of_document);
    all.filter(|patch: &Embedded| patch.analysis.manifests().next().is_some() || !patch.analysis.patches.is_empty())
        .collect()
}

/// What the operations of a JSON patch are parts of, if it is one.
fn operations(
    (source, file): (&Source, &File),
    document: &Document,
    kinds: &Arc<[Box<str>]>,
    settings: &Settings,
) -> Option<Embedded> {
    let root = document.root().filter(|root| root.is_sequence())?;
    let made = expand(file, root, &aims(kinds))?;
    let patch = Source::new(source.shared_name(), made.text).with_role(source.role().clone());
    let analysis = Analysis { is_made_up: true, ..analyse(patch, settings) };
    Some(Embedded { analysis, origins: made.origins, document: document.index, unknown: made.unknown })
}

/// The patches that a kustomization has in itself.
fn inline(source: &Source, document: &Document, settings: &Settings) -> Vec<Embedded> {
    let Some(kustomization) = Kustomization::of(document, source.name()) else { return Vec::new() };
    let inline = kustomization.patches.iter().filter_map(|patch| match patch.text {
        Text::Inline(value) => Some((value, &patch.kinds)),
        Text::Path(_) => None,
    });
    let embedded = |(value, kinds): (Value<'_>, &Vec<&str>)| {
        let kinds = kinds.iter().map(|kind| Box::from(*kind)).collect();
        let patch = Source::new(source.shared_name(), value.as_str()?).with_role(Role::Patch { kinds });
        let (analysis, origins) = (analyse(patch, settings), value.origins()?);
        Some(Embedded { analysis, origins, document: document.index, unknown: Vec::new() })
    };
    inline.filter_map(embedded).collect()
}
