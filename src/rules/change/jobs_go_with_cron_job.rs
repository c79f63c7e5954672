//! `jobs-go-with-cron-job`

use crate::rule::{Check, Consequence, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/change/jobs-go-with-cron-job.md"), Check::Change(Consequence::JobsGo));
