//! `reference-not-found`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/reference-not-found"), Check::Api(Topic::NotFound));
