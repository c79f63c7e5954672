//! The models behind `simulate`: what is simulated, on which assumptions, and what comes of it in figures.

mod assumed;
mod claim;
mod course;
mod fleet;
mod forecast;
mod gathered;
mod peak;
mod plan;
mod reasons;
mod script;
mod shared;
mod spread;
mod standing;
mod summary;
mod table;
mod volume;

pub use assumed::{Assumed, Held, Premises, World};
pub use claim::{Claim, Source};
pub use course::{State, Stretch};
pub use fleet::{Fleet, Gathering};
pub use forecast::Forecast;
pub use gathered::gathered;
pub use peak::Peak;
pub use plan::{MOST_PODS, Plan, Unfit, plans};
pub use script::{Fault, Script};
pub use shared::{Shared, mounted};
pub use standing::{Learned, Standing};
pub use summary::{Kept, Summary};
pub use table::{Answer, End, First, Question, Row, Table, Way};
pub use volume::Volume;
