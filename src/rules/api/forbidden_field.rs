//! `forbidden-field`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/forbidden-field"), Check::Api(Topic::Forbidden));
