//! `assumption-not-understood`

use crate::rule::{Check, Misuse, Rule, page};

pub(crate) static RULE: Rule =
    Rule::new(page!("suppression/assumption-not-understood"), Check::Suppression(Misuse::Assumption));
