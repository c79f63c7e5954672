//! `variable-repeated`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/variable-repeated.md"), Check::Api(Topic::RepeatedVariable));
