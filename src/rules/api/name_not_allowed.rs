//! `name-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/name-not-allowed"), Check::Api(Topic::Name));
