//! Text and places in it: byte spans inside, lines and columns only at the edge.

mod edit;
mod excerpt;
mod grouped;
mod lines;
mod location;
mod message;
mod origins;
mod packed;
mod quote;
mod source;
mod span;
mod visible;
mod word;

pub use edit::{Edit, EditConflict, apply_edits};
pub use excerpt::Excerpt;
pub use grouped::grouped;
pub use lines::{Lines, Point, Position};
pub use location::Location;
pub use message::Message;
pub use origins::{Origin, Origins};
pub(crate) use packed::unpacked;
pub use quote::quote;
pub(crate) use source::wide_encoding;
pub use source::{Role, Source, SourceError};
pub use span::Span;
#[cfg(feature = "cli")]
pub(crate) use visible::is_plain;
pub use visible::{is_hidden, visible};
pub(crate) use word::{Word, kept, some_word, word};
