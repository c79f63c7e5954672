//! `copied-from-cluster`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/copied-from-cluster"), Check::Api(Topic::Copied));
