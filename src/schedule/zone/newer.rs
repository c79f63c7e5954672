//! What newer IANA data say of a zone, where it is not what the built-in data say.

#[path = "newer_table.rs"]
mod table;

pub use table::NEWER_IANA_VERSION;

use super::Zone;

/// A stretch of time in which the newer data have another offset than the built-in ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewerOffset {
    /// The first instant, in Unix seconds.
    pub from: i64,
    /// The instant after the last one, in Unix seconds.
    pub until: i64,
    /// Seconds east of UTC by the newer data.
    pub offset: i32,
}

impl Zone {
    /// When the zone's clocks go otherwise than the built-in data say, until the end of 2031; nothing for most zones.
    #[must_use]
    pub fn newer_offsets(self) -> &'static [NewerOffset] {
        let found = table::NEWER.binary_search_by(|(name, _)| name.cmp(&self.name()));
        found.map_or(&[], |index| table::NEWER[index].1)
    }
}
