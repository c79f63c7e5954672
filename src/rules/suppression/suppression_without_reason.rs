//! `suppression-without-reason`

use crate::rule::{Check, Misuse, Rule, page};

pub(crate) static RULE: Rule =
    Rule::new(page!("suppression/suppression-without-reason"), Check::Suppression(Misuse::WithoutReason));
