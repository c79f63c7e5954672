//! `too-many-items`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/too-many-items.md"), Check::Api(Topic::TooMany));
