//! `run-starts-at-once`

use crate::rule::{Check, Consequence, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/change/run-starts-at-once.md"), Check::Change(Consequence::StartsAtOnce));
