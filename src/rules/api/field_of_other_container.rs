//! `field-of-other-container`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/field-of-other-container"), Check::Api(Topic::ContainerField));
