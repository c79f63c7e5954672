//! `number-out-of-range`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/number-out-of-range"), Check::Api(Topic::OutOfRange));
