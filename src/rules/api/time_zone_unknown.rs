//! `time-zone-unknown`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/time-zone-unknown"), Check::Api(Topic::TimeZone));
