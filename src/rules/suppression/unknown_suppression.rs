//! `unknown-suppression`

use crate::rule::{Check, Misuse, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("suppression/unknown-suppression"), Check::Suppression(Misuse::Unknown));
