//! The models behind `simulate`: what is simulated, on which assumptions, and what comes of it in figures.

mod assumed;
mod forecast;
mod plan;
mod script;
mod summary;
mod table;

pub use assumed::{Assumed, Claim, Premises, Trait, World};
pub use forecast::Forecast;
pub use plan::{Plan, Unfit, plans};
pub use script::{Fault, Script};
pub use summary::{Kept, Summary};
pub use table::{Answer, End, First, Question, Row, Table, Way};
