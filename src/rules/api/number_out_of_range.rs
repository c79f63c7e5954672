//! `number-out-of-range`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/number-out-of-range.md"), Check::Api(Topic::OutOfRange));
