//! `assumption-not-understood`

use crate::rule::{Check, Misuse, Rule};

pub(crate) static RULE: Rule = Rule::new(
    include_str!("../../../rules/suppression/assumption-not-understood.md"),
    Check::Suppression(Misuse::Assumption),
);
