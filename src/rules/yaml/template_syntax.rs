//! `template-syntax`

use crate::rule::{Check, Obstacle, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/template-syntax"), Check::Helm(Obstacle::Unreadable));
