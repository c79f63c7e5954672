//! `job-template-changed`

use crate::rule::{Check, Consequence, Rule, page};

pub(crate) static RULE: Rule =
    Rule::new(page!("change/job-template-changed"), Check::Change(Consequence::TemplateRefused));
