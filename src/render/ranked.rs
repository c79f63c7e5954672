//! Of many findings the worst, for readers that take no more than some.

use crate::diagnostic::{Finding, Severity};

/// The first findings of each severity, as they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranked {
    /// By severity, the least first.
    findings: [Vec<Vec<u8>>; 3],
}

impl Ranked {
    /// Adds a finding, which is drawn if there is room; what does not count is not told.
    pub(super) fn add(&mut self, finding: &Finding, most: usize, draw: impl FnOnce() -> Vec<u8>) {
        let of_severity = &mut self.findings[finding.severity as usize];
        if finding.suppressed.is_none() && of_severity.len() < most {
            of_severity.push(draw());
        }
    }

    /// Adds what was found in the files that come next, if there is room.
    pub(super) fn append(&mut self, other: Self, most: usize) {
        for (all, others) in self.findings.iter_mut().zip(other.findings) {
            let room = most.saturating_sub(all.len());
            all.extend(others.into_iter().take(room));
        }
    }

    /// Those of a severity, in order of place.
    pub(super) fn of(&self, severity: Severity) -> &[Vec<u8>] {
        &self.findings[severity as usize]
    }
}
