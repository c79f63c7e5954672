//! `port-repeated`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/port-repeated.md"), Check::Api(Topic::RepeatedPort));
