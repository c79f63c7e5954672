//! `field-of-other-system`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/field-of-other-system"), Check::Api(Topic::OperatingSystem));
