//! `too-many-items`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/too-many-items"), Check::Api(Topic::TooMany));
