//! Fixes as they are shown and applied: what findings offer, as edits that hold.

use crate::diagnostic::{Finding, Fix, Resolved};
use crate::text::Edit;
use crate::yaml::{self, File};

/// The fixes of each finding of a file, in the order of the findings; those that do not hold are left out.
#[must_use]
pub fn resolve(file: &File, findings: &[Finding]) -> Vec<Vec<Resolved>> {
    resolve_where(file, findings, |_| true)
}

/// Only the fixes of one kind, since each has to be proved.
pub(crate) fn resolve_where(file: &File, findings: &[Finding], is_meant: impl Fn(&Fix) -> bool) -> Vec<Vec<Resolved>> {
    let meant = |fix: &&Fix| is_meant(fix);
    let offered = findings.iter().flat_map(|finding| finding.fixes.iter().filter(meant));
    let changes: Vec<_> = offered.map(|fix| &fix.change).collect();
    let mut edits = yaml::resolve(file, &changes).into_iter();
    let of_one = |finding: &Finding| {
        let edits = finding.fixes.iter().filter(meant).zip(&mut edits);
        let resolved = edits.filter_map(|(fix, edits)| Some(resolved(fix, edits?)));
        resolved.collect()
    };
    findings.iter().map(of_one).collect()
}

fn resolved(fix: &Fix, edits: Vec<Edit>) -> Resolved {
    Resolved { title: fix.title.clone(), safety: fix.safety, edits, elsewhere: Vec::new() }
}
