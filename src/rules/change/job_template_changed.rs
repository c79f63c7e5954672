//! `job-template-changed`

use crate::rule::{Check, Consequence, Rule};

pub(crate) static RULE: Rule = Rule::new(
    include_str!("../../../rules/change/job-template-changed.md"),
    Check::Change(Consequence::TemplateRefused),
);
