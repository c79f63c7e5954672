//! Where text comes from: of every byte that a template prints, the bytes that somebody wrote.

use crate::text::Span;

/// A file of the chart, by its place in the chart's list of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The file that stands there in the list, counted from 0.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Where it stands in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The text of a template, as helm names it: a file, or what `tpl` was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BodyId(pub(crate) u32);

/// A key or scalar that was written in a values file, by its place in the table of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// The action that printed something, and through which includes, by its place in the table of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct SiteId(pub(crate) u32);

impl SiteId {
    /// Nobody has printed it yet; of a template's own text: no include led there.
    pub(crate) const NONE: Self = Self(0);
}

/// Where a run of bytes comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    /// What its bytes are.
    pub(crate) source: Provenance,
    /// What printed them.
    pub(crate) site: SiteId,
}

/// What the bytes of a run are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Provenance {
    /// A function made them.
    Computed,
    /// They are a file's own, one to one, from `at` on.
    Template {
        /// The file.
        file: FileId,
        /// Where the first of them stands.
        at: u32,
    },
    /// A string literal in an action says so.
    Literal {
        /// The template.
        body: BodyId,
        /// The literal with its quotes.
        span: Span,
        /// How many bytes of its text stand before them.
        skip: u32,
    },
    /// They are the key of a node, from the byte `skip` of its text on.
    Key {
        /// The node.
        node: NodeId,
        /// How many bytes of the key stand before them.
        skip: u32,
    },
    /// They print the scalar of a node, from the byte `skip` of its text on.
    Value {
        /// The node.
        node: NodeId,
        /// How many bytes of the scalar stand before them.
        skip: u32,
    },
    /// Nobody knows what is printed here.
    Hole,
}

impl Origin {
    /// What a function makes.
    pub(crate) const COMPUTED: Self = Self { source: Provenance::Computed, site: SiteId::NONE };

    /// Of the bytes of a run that has this origin, those from `by` on.
    pub(crate) const fn skip(self, by: u32) -> Self {
        let source = match self.source {
            Provenance::Template { file, at } => Provenance::Template { file, at: at + by },
            Provenance::Literal { body, span, skip } => Provenance::Literal { body, span, skip: skip + by },
            Provenance::Key { node, skip } => Provenance::Key { node, skip: skip + by },
            Provenance::Value { node, skip } => Provenance::Value { node, skip: skip + by },
            other => other,
        };
        Self { source, site: self.site }
    }
}
