//! The models behind `simulate`: what is simulated, on which assumptions, and what comes of it in figures.

mod plan;
mod script;

pub use plan::{Plan, Unfit, plans};
pub use script::{Fault, Script};
