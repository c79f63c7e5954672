//! `api-version-removed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/api-version-removed"), Check::Api(Topic::ApiVersionRemoved));
