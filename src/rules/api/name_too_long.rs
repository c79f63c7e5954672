//! `name-too-long`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/name-too-long.md"), Check::Api(Topic::LongName));
