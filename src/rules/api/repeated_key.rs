//! `repeated-key`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/repeated-key"), Check::Api(Topic::RepeatedKey));
