//! Misspelled fields whose value is refused under the right name, too: their mend is of both.

use super::{Mends, UNKNOWN as RULE};
use crate::analysis::{Analysis, analyse};
use crate::diagnostic::{Finding, Fix};
use crate::hash::HashMap;
use crate::k8s::{Manifest, Problem};
use crate::text::{Edit, apply_edits};
use crate::yaml::{self, Change, File, New, Value};

/// A finding that offers to give a field another name.
struct Rename<'f> {
    finding: &'f mut Finding,
    edit: Edit,
}

/// Adds to the new names of fields what their values lack there. All are given and the text is read once more: they
/// leave each other alone.
pub(in crate::lint) fn complete(findings: &mut [Finding], analysis: &Analysis) {
    let renames = renames(findings, analysis.file());
    if renames.is_empty() {
        return;
    }
    let mends = Mends::of(renames.iter().map(|rename| rename.edit.clone()).collect());
    let Ok(text) = apply_edits(analysis.source().text(), &mends.edits) else { return };
    let mended = analyse(analysis.source().with_text(text), analysis.settings());
    let mut renames = renames.into_iter().peekable();
    for (old, new) in analysis.manifests().zip(mended.manifests()) {
        let own = |rename: &Rename<'_>| rename.edit.span.end <= old.root.span().end;
        let own: Vec<Rename<'_>> = std::iter::from_fn(|| renames.next_if(own)).collect();
        if !own.is_empty() {
            judge(own, [old, new], &mended);
        }
    }
}

/// The findings that are mended by other text in the place of their key alone.
fn renames<'f>(findings: &'f mut [Finding], file: &File) -> Vec<Rename<'f>> {
    let offers: Vec<&mut Finding> =
        findings.iter_mut().filter(|finding| finding.rule == RULE && finding.fixes.len() == 1).collect();
    let changes: Vec<&Change> = offers.iter().flat_map(|finding| &finding.fixes).map(|fix| &fix.change).collect();
    let edits = yaml::resolve(file, &changes);
    let is_rename = |(finding, edits): (&'f mut Finding, Option<Vec<Edit>>)| {
        let [edit] = <[Edit; 1]>::try_from(edits?).ok()?;
        finding.span.contains(edit.span).then_some(Rename { finding, edit })
    };
    offers.into_iter().zip(edits).filter_map(is_rename).collect()
}

/// Looks at the object with the new names.
fn judge(renames: Vec<Rename<'_>>, [old, new]: [Manifest<'_>; 2], mended: &Analysis) {
    let verdict = mended.verdict(new);
    let refused = verdict.problems().iter().filter(|one| one.rejects());
    let by_field: HashMap<&str, &Problem> = refused.map(|one| (one.field.as_str(), one)).collect();
    for Rename { finding, edit } in renames {
        let name = edit.text.trim_matches(['"', '\'']);
        let Some(field) = finding.field.clone() else { continue };
        let right = field.rsplit_once('.').map_or_else(|| name.to_owned(), |(owner, _)| format!("{owner}.{name}"));
        let Some(problem) = by_field.get(right.as_str()) else { continue };
        finding.help = Some(format!("did you mean `{name}`? Its value is another matter: {}", problem.message).into());
        let (Some(rename), value) = (finding.fixes.pop(), value_at(old.root, &field)) else { continue };
        let both = |fix: &Fix| Some(both(&rename, fix, value?.set(New::Plain(&text_of(fix, mended.file())?))));
        finding.fixes = problem.aside().fixes.iter().filter_map(both).collect();
    }
}

/// The scalar at a path whose steps have no dots.
fn value_at<'a>(root: Value<'a>, field: &str) -> Option<Value<'a>> {
    let mut steps = field.split(['.', '[']);
    let value = steps.try_fold(root, |value, step| match step.strip_suffix(']') {
        Some(index) => value.items().nth(index.parse().ok()?),
        None => value.get(step).map(|entry| entry.value),
    })?;
    (!value.is_mapping() && !value.is_sequence()).then_some(value)
}

/// What a fix writes, if that is all that it does.
fn text_of(fix: &Fix, file: &File) -> Option<String> {
    let edits = yaml::resolve(file, &[&fix.change]).pop()??;
    let [edit] = <[Edit; 1]>::try_from(edits).ok()?;
    Some(edit.text)
}

fn both(rename: &Fix, fix: &Fix, change: Change) -> Fix {
    let title = format!("{}, and {}", rename.title, fix.title);
    Fix { title: title.into(), safety: fix.safety, change: Change::all([rename.change.clone(), change]) }
}
