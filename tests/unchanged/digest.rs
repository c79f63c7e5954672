//! How much came out by name, and a digest of all of it. Where `BATCHLINT_PIECES` names a folder, all of it is written
//! there, too, a line for each piece: `diff -r` of two versions' folders shows what became another.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::path::PathBuf;

use batchlint::lint::Report;

/// By name: how many pieces there were, and their digest.
#[derive(Default)]
pub(crate) struct Digests {
    all: BTreeMap<String, (usize, Fnv)>,
    /// By name, the pieces themselves, where somebody wants them.
    pieces: BTreeMap<String, String>,
}

/// FNV-1a of 64 bits: the same on every machine and with every compiler.
struct Fnv(u64);

impl Digests {
    pub(crate) fn add(&mut self, name: &str, piece: &dyn Debug) {
        self.take(name, 1, format_args!("{piece:?}"));
    }

    /// A text, of which the lines are counted.
    pub(crate) fn add_lines(&mut self, name: &str, text: &str) {
        self.take(name, text.lines().count(), format_args!("{text}"));
    }

    fn take(&mut self, name: &str, pieces: usize, text: std::fmt::Arguments<'_>) {
        let (count, digest) = self.all.entry(name.to_owned()).or_default();
        *count += pieces;
        let _ = digest.write_fmt(text);
        if folder().is_some() {
            let _ = writeln!(self.pieces.entry(name.to_owned()).or_default(), "{text}");
        }
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
        if let Some(folder) = folder() {
            self.write_to(folder);
        }
        let width = self.all.keys().map(String::len).max().unwrap_or(0);
        let rows =
            self.all.iter().map(|(name, (count, Fnv(digest)))| format!("{name:width$} {count:7} {digest:016x}\n"));
        rows.collect()
    }

    /// Into the folder of the test.
    fn write_to(&self, folder: PathBuf) {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let folder = folder.join(test);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (name, pieces) in &self.pieces {
            let name = name.replace(['/', ':'], "-").chars().take(100).collect::<String>();
            std::fs::write(folder.join(name), pieces).expect("the folder can be written to");
        }
    }
}

fn folder() -> Option<PathBuf> {
    std::env::var_os("BATCHLINT_PIECES").map(PathBuf::from)
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
