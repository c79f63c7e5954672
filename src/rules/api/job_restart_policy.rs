//! `job-restart-policy`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/job-restart-policy.md"), Check::Api(Topic::RestartPolicy));
