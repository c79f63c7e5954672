//! `suppression-without-effect`

use crate::rule::{Check, Misuse, Rule};

pub(crate) static RULE: Rule = Rule::new(
    include_str!("../../../rules/suppression/suppression-without-effect.md"),
    Check::Suppression(Misuse::WithoutEffect),
);
