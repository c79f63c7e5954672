//! `field-dropped`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/field-dropped.md"), Check::Api(Topic::DroppedField));
