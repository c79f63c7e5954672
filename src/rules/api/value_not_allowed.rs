//! `value-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/value-not-allowed.md"), Check::Api(Topic::Invalid));
