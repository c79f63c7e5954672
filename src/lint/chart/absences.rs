//! Fields that an object lacks with the values that are given, and another branch of its template writes.

use std::collections::BTreeMap;

use super::moved::Mover;
use crate::analysis::Analysis;
use crate::diagnostic::{Basis, Finding, Label};
use crate::k8s::steps;
use crate::rules;
use crate::template::{FileId, FilePlace};
use crate::text::Span;
use crate::yaml::Value;

/// What was found to be lacking, by where the object starts.
#[derive(Debug, Default)]
pub(super) struct Absences {
    lacking: BTreeMap<FilePlace, Vec<Lacking>>,
}

/// A finding by its number among its file's, and the field.
#[derive(Debug)]
struct Lacking {
    file: FileId,
    number: usize,
    field: String,
}

impl Absences {
    /// Notes a finding that was moved, the `number`-th of its file, if it is about a field that an object lacks.
    pub(super) fn note(&mut self, (file, number): (FileId, usize), finding: &Finding, of: (Mover<'_, '_>, &Analysis)) {
        let rests_on_absence = rules::find(finding.rule).is_some_and(|it| it.rule.page.rests_on == Basis::Absence);
        let (Some(field), Some(object), true) = (&finding.field, &finding.object, rests_on_absence) else { return };
        let (mover, analysis) = of;
        let mut manifests = analysis.manifests();
        let Some(manifest) = manifests.find(|manifest| manifest.root.span().start == object.start) else { return };
        if let Some(start) = mover.start_of(manifest.root.span()).filter(|_| at(manifest.root, field).is_none()) {
            self.lacking.entry(start).or_default().push(Lacking { file, number, field: field.clone() });
        }
    }

    /// What is written in a branch that was entered here: the file, the finding's number there, and where that is. Each is
    /// told once.
    pub(super) fn written(&mut self, mover: Mover<'_, '_>, analysis: &Analysis) -> Vec<(FileId, usize, Label)> {
        let mut written = Vec::new();
        for manifest in analysis.manifests() {
            let start = mover.start_of(manifest.root.span());
            let Some(lacking) = start.and_then(|start| self.lacking.get_mut(&start)) else { continue };
            lacking.retain(|one| {
                match at(manifest.root, &one.field).and_then(|key| written_by(mover, key, one.file)) {
                    Some(label) => {
                        written.push((one.file, one.number, label));
                        false
                    }
                    None => true,
                }
            });
        }
        written
    }
}

/// The key at a path of an object.
fn at(root: Value<'_>, path: &str) -> Option<Span> {
    let (mut last, mut value) = (None, root);
    for step in steps(path) {
        match step.parse::<usize>() {
            Ok(index) if value.is_sequence() => value = value.items().nth(index)?,
            _ => {
                let entry = value.get(step)?;
                (last, value) = (Some(entry.key_span), entry.value);
            }
        }
    }
    last
}

/// Where the branch that a rendering entered writes a key, for a finding in a file.
fn written_by(mover: Mover<'_, '_>, key: Span, file: FileId) -> Option<Label> {
    let variant = mover.variant?;
    if !mover.rendered.is_of_branch(variant, key) {
        return None;
    }
    let place = mover.rendered.at(mover.output, key)?;
    let assumed = mover.rendered.assumed(variant);
    let last = assumed.last()?;
    mover.files.label(file, place, format!("written here when `{}` is {}", last.path, last.taken))
}
