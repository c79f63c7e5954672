//! `fraction-of-byte`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/fraction-of-byte"), Check::Api(Topic::FractionOfByte));
