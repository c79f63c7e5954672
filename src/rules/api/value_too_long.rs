//! `value-too-long`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/value-too-long.md"), Check::Api(Topic::TooLong));
