//! A minute in which many start, as programs read it.

use serde::Serialize;

use crate::controller::Hot;
use crate::render::when::When;

#[derive(Serialize)]
pub(in crate::render) struct HotMinute {
    minute: When,
    starts: u32,
    of: Vec<String>,
}

impl HotMinute {
    pub(in crate::render) fn of(hot: &Hot, label: impl Fn(usize) -> String) -> Self {
        let of = hot.of.iter().map(|number| label(*number)).collect();
        Self { minute: When::utc(hot.minute), starts: hot.starts, of }
    }
}
