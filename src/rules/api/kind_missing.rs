//! `kind-missing`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/kind-missing"), Check::Api(Topic::KindMissing));
