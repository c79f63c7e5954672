//! `field-of-other-system`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/field-of-other-system.md"), Check::Api(Topic::OperatingSystem));
