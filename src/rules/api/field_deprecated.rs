//! `field-deprecated`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/field-deprecated.md"), Check::Api(Topic::Deprecated));
