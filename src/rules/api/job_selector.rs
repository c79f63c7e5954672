//! `job-selector`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/job-selector.md"), Check::Api(Topic::JobSelector));
