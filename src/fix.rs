//! Fixes as they are shown and applied: what findings offer, as edits that hold.

use crate::diagnostic::{Finding, Resolved};
use crate::yaml::{self, File};

/// The fixes of each finding of a file, in the order of the findings; those that do not hold are left out.
#[must_use]
pub fn resolve(file: &File, findings: &[Finding]) -> Vec<Vec<Resolved>> {
    let changes: Vec<_> = findings.iter().flat_map(|finding| &finding.fixes).map(|fix| &fix.change).collect();
    let mut edits = yaml::resolve(file, &changes).into_iter();
    let of_one = |finding: &Finding| {
        let edits = finding.fixes.iter().zip(&mut edits);
        let resolved = edits
            .filter_map(|(fix, edits)| Some(Resolved { title: fix.title.clone(), safety: fix.safety, edits: edits? }));
        resolved.collect()
    };
    findings.iter().map(of_one).collect()
}
