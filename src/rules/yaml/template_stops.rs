//! `template-stops`

use crate::rule::{Check, Obstacle, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/yaml/template-stops.md"), Check::Helm(Obstacle::Stops));
