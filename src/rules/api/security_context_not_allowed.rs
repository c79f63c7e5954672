//! `security-context-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/security-context-not-allowed"), Check::Api(Topic::Security));
