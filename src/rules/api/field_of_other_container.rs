//! `field-of-other-container`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/field-of-other-container.md"), Check::Api(Topic::ContainerField));
