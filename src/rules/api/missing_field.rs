//! `missing-field`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/missing-field"), Check::Api(Topic::Required));
