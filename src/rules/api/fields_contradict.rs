//! `fields-contradict`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/fields-contradict.md"), Check::Api(Topic::Contradiction));
