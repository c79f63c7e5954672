//! What each finding is about: the bytes that a comment above a field covers.

use crate::diagnostic::Finding;
use crate::k8s::{Locator, Manifest};
use crate::sort;
use crate::text::Span;

/// Tells the owners of findings; it remembers what it has looked through.
#[derive(Debug)]
pub struct Owners<'a> {
    /// The objects, in the order of their bytes.
    objects: Vec<(Span, Locator<'a>)>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(manifests: impl Iterator<Item = Manifest<'a>>) -> Self {
        let mut objects: Vec<_> = manifests.map(|manifest| (manifest.root.span(), manifest.locator())).collect();
        // An alias in a list of objects stands behind what it stands for.
        sort::by_key(&mut objects, |(span, _)| *span);
        Self { objects }
    }

    /// The bytes of the entry, key and value, or of the list's item that a finding is at; where it is at an absent field,
    /// those of the object that lacks it. `None` for a finding in no object.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> Option<Span> {
        let behind = self.objects.partition_point(|(span, _)| span.start <= finding.span.start);
        let (_, locator) = self.objects[..behind].last()?;
        locator.owner_of(finding.span, finding.field.as_deref())
    }
}
