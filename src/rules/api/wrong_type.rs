//! `wrong-type`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/wrong-type"), Check::Api(Topic::WrongType));
