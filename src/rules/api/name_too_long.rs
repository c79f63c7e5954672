//! `name-too-long`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/name-too-long"), Check::Api(Topic::LongName));
