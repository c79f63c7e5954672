//! `unknown-suppression`

use crate::rule::{Check, Misuse, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/suppression/unknown-suppression.md"), Check::Suppression(Misuse::Unknown));
