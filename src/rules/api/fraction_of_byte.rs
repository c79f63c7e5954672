//! `fraction-of-byte`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/fraction-of-byte.md"), Check::Api(Topic::FractionOfByte));
