//! `kind-unknown`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/kind-unknown"), Check::Api(Topic::ApiVersion));
