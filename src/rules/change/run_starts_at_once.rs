//! `run-starts-at-once`

use crate::rule::{Check, Consequence, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("change/run-starts-at-once"), Check::Change(Consequence::StartsAtOnce));
