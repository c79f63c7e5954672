//! `api-version-removed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/api-version-removed.md"), Check::Api(Topic::ApiVersionRemoved));
