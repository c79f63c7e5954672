//! `template-syntax`

use crate::rule::{Check, Obstacle, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/yaml/template-syntax.md"), Check::Helm(Obstacle::Unreadable));
