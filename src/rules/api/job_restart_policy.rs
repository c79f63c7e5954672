//! `job-restart-policy`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/job-restart-policy"), Check::Api(Topic::RestartPolicy));
