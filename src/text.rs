//! Text and places in it: byte spans inside, lines and columns only at the edge.

mod edit;
mod lines;
mod location;
mod source;
mod span;

pub use edit::{Edit, EditConflict, apply_edits};
pub use lines::{Lines, Point, Position};
pub use location::Location;
pub(crate) use source::wide_encoding;
pub use source::{Source, SourceError};
pub use span::Span;
