//! `time-zone-unknown`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/time-zone-unknown.md"), Check::Api(Topic::TimeZone));
