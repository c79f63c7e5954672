//! `update-refused`

use crate::rule::{Check, Consequence, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("change/update-refused"), Check::Change(Consequence::Refused));
