//! `schedule-syntax`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/schedule-syntax"), Check::Api(Topic::Schedule));
