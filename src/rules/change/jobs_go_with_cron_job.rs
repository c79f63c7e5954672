//! `jobs-go-with-cron-job`

use crate::rule::{Check, Consequence, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("change/jobs-go-with-cron-job"), Check::Change(Consequence::JobsGo));
