//! Every rule of the folder `rules/`. Written by `cargo test --test rulebook`.

use super::run;
use crate::rule::Entry;

#[rustfmt::skip]
pub(super) static ALL: [Entry; 1] = [
    Entry { group: "run", name: "starting-deadline-never-met", rule: &run::starting_deadline_never_met::RULE },
];
