//! The models behind `simulate`: what is simulated, on which assumptions, and what comes of it in figures.

mod assumed;
mod course;
mod forecast;
mod plan;
mod script;
mod standing;
mod summary;
mod table;

pub use assumed::{Assumed, Claim, Held, Premises, Source, World};
pub use course::{State, Stretch};
pub use forecast::Forecast;
pub use plan::{Plan, Unfit, plans};
pub use script::{Fault, Script};
pub use standing::{Learned, Standing, gathered};
pub use summary::{Kept, Summary};
pub use table::{Answer, End, First, Question, Row, Table, Way};
