//! Commands: how a command line starts a program, what Kubernetes makes of its words, and the scripts that shells read
//! among them, as trees whose parts know where they are written.
//!
//! Without the feature `commands` no script is read.

mod duration;
mod flow;
mod outline;
pub mod programs;
#[cfg(feature = "commands")]
mod read;
mod script;
mod shell;
mod split;
mod starters;
mod text;
mod tree;

pub use duration::seconds;
pub use flow::{Flow, Role, Run, ends_well};
pub use script::{Call, Script};
pub use shell::{Operand, Options, Shell, Start, interpreter, shell};
pub use split::as_list;
pub use starters::{Known, base_name, program, split_by_env};
pub use text::Text;
pub use tree::{
    Assignment, Command, Comment, Item, Join, Kind, List, Part, PartKind, Pipeline, Place, Redirection, Simple, Word,
};
