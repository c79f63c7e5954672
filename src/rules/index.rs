//! Every rule of the folder `rules/`. Written by `cargo test --test rulebook`.

use super::{run, yaml};
use crate::rule::Entry;

#[rustfmt::skip]
pub(super) static ALL: [Entry; 3] = [
    Entry { group: "run", name: "starting-deadline-never-met", rule: &run::starting_deadline_never_met::RULE },
    Entry { group: "yaml", name: "template-not-rendered", rule: &yaml::template_not_rendered::RULE },
    Entry { group: "yaml", name: "yaml-syntax", rule: &yaml::yaml_syntax::RULE },
];
