//! `reference-not-found`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/reference-not-found.md"), Check::Api(Topic::NotFound));
