//! `suppression-without-reason`

use crate::rule::{Check, Misuse, Rule};

pub(crate) static RULE: Rule = Rule::new(
    include_str!("../../../rules/suppression/suppression-without-reason.md"),
    Check::Suppression(Misuse::WithoutReason),
);
