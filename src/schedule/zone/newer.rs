//! What newer IANA data say of a zone, where it is not what the built-in data say.

#[path = "newer_table.rs"]
mod table;

pub use table::NEWER_IANA_VERSION;

use crate::schedule::time::Instant;

/// A stretch of time in which the newer data have another offset than the built-in ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewerOffset {
    /// The first instant.
    pub from: Instant,
    /// The instant after the last one.
    pub until: Instant,
    /// Seconds east of UTC by the newer data.
    pub offset: i32,
}

/// The stretches of a zone, in order.
pub(super) fn offsets(name: &str) -> impl Iterator<Item = NewerOffset> + use<> {
    let found = table::NEWER.binary_search_by(|(known, _)| (*known).cmp(name));
    let stretches = found.map_or(&[][..], |index| table::NEWER[index].1);
    stretches.iter().map(|&(from, until, offset)| NewerOffset {
        from: Instant::from_unix(from),
        until: Instant::from_unix(until),
        offset,
    })
}
