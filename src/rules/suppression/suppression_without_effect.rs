//! `suppression-without-effect`

use crate::rule::{Check, Misuse, Rule, page};

pub(crate) static RULE: Rule =
    Rule::new(page!("suppression/suppression-without-effect"), Check::Suppression(Misuse::WithoutEffect));
