//! `template-stops`

use crate::rule::{Check, Obstacle, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/template-stops"), Check::Helm(Obstacle::Stops));
