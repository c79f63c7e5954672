//! `value-too-long`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/value-too-long"), Check::Api(Topic::TooLong));
