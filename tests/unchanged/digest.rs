//! How much came out by name, and a digest of all of it.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};

use batchlint::lint::Report;

/// By name: how many pieces there were, and their digest.
#[derive(Default)]
pub(crate) struct Digests(BTreeMap<String, (usize, Fnv)>);

/// FNV-1a of 64 bits: the same on every machine and with every compiler.
struct Fnv(u64);

impl Digests {
    pub(crate) fn add(&mut self, name: &str, piece: &dyn Debug) {
        let (count, digest) = self.0.entry(name.to_owned()).or_default();
        *count += 1;
        let _ = write!(digest, "{piece:?}");
    }

    /// A text, of which the lines are counted.
    pub(crate) fn add_lines(&mut self, name: &str, text: &str) {
        let (count, digest) = self.0.entry(name.to_owned()).or_default();
        *count += text.lines().count();
        let _ = digest.write_str(text);
    }

    /// Of each finding all that its reader is told, and what its fixes write.
    pub(crate) fn add_findings(&mut self, report: &Report) {
        for (finding, fixes) in report.findings.iter().zip(report.fixes()) {
            let place = (finding.severity, finding.span, &finding.field, &finding.server);
            let words = (&finding.message, &finding.help, &finding.labels);
            self.add(finding.rule, &(place, words, fixes));
        }
    }

    pub(crate) fn table(&self) -> String {
        let width = self.0.keys().map(String::len).max().unwrap_or(0);
        let rows = self.0.iter().map(|(name, (count, Fnv(digest)))| format!("{name:width$} {count:7} {digest:016x}\n"));
        rows.collect()
    }
}

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl std::fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Ok(())
    }
}
