//! `security-context-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/security-context-not-allowed.md"), Check::Api(Topic::Security));
