//! `update-refused`

use crate::rule::{Check, Consequence, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/change/update-refused.md"), Check::Change(Consequence::Refused));
