//! The models behind `simulate`: what is simulated, on which assumptions, and what comes of it in figures.

mod assumed;
mod claim;
mod course;
mod fleet;
mod forecast;
mod gathered;
mod plan;
mod reasons;
mod script;
mod standing;
mod summary;
mod table;

pub use assumed::{Assumed, Held, Premises, World};
pub use claim::{Claim, Source};
pub use course::{State, Stretch};
pub use fleet::{Fleet, Gathering, Peak};
pub use forecast::Forecast;
pub use gathered::gathered;
pub use plan::{Plan, Unfit, plans};
pub use script::{Fault, Script};
pub use standing::{Learned, Standing};
pub use summary::{Kept, Summary};
pub use table::{Answer, End, First, Question, Row, Table, Way};
