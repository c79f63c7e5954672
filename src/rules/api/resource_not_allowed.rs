//! `resource-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/resource-not-allowed.md"), Check::Api(Topic::Resources));
