//! `job-policy-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/job-policy-not-allowed.md"), Check::Api(Topic::JobPolicy));
