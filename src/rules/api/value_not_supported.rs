//! `value-not-supported`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/value-not-supported"), Check::Api(Topic::NotSupported));
