//! `forbidden-field`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/forbidden-field.md"), Check::Api(Topic::Forbidden));
