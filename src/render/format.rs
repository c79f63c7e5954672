//! The formats of a check, and what each has to say for itself.

use std::io;

use super::file::Found;
use super::writer::{Printer, Whole};
use super::{Checked, concise, full, json, lsp};

/// How the findings of a check are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For people, with the lines.
    #[default]
    Full,
    /// A line each.
    Concise,
    /// One JSON object.
    Json,
    /// A JSON array of the Language Server Protocol's `PublishDiagnosticsParams`.
    Lsp,
}

impl Format {
    /// Every format, the commonest first.
    pub const ALL: &'static [Self] = &[Self::Full, Self::Concise, Self::Json, Self::Lsp];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.output().name()
    }

    /// What it is good for, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.output().about()
    }

    /// The one place that knows which file writes which format.
    pub(super) fn output(self) -> &'static dyn Output {
        match self {
            Self::Full => &full::Full,
            Self::Concise => &concise::Concise,
            Self::Json => &json::Json,
            Self::Lsp => &lsp::Lsp,
        }
    }
}

/// What is particular to one format. A [`Writer`](super::Writer) puts the pieces together.
pub(super) trait Output: Sync {
    /// The word for it.
    fn name(&self) -> &'static str;

    /// What it is good for, in a line.
    fn about(&self) -> &'static str;

    /// Whether each cause that the API server names is told, also where several say the same of one place.
    fn tells_every_cause(&self) -> bool {
        false
    }

    /// Whether fixes are shown, which have to be proved before.
    fn shows_fixes(&self) -> bool {
        false
    }

    /// Whether the findings of a file must stand together, so that none is written before all are known.
    fn groups_by_file(&self) -> bool {
        false
    }

    /// What stands before a piece: a finding, or what is said of a file's documents.
    fn before(&self, _is_first: bool) -> &'static [u8] {
        b""
    }

    /// Writes one finding.
    fn finding(&self, found: Found<'_>, printer: &Printer, out: &mut Vec<u8>) -> io::Result<()>;

    /// Writes what is said of a file's documents, which stands behind all findings.
    fn documents(&self, _checked: Checked<'_>, _printer: &Printer, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands before everything else.
    fn begin(&self, _printer: &Printer, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands behind all findings; `aside` reaches people where `out` is read by a program.
    fn end(&self, whole: &Whole<'_>, out: &mut dyn io::Write, aside: &mut dyn io::Write) -> io::Result<()>;
}
