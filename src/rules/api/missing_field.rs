//! `missing-field`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/missing-field.md"), Check::Api(Topic::Required));
