//! `kind-missing`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/kind-missing.md"), Check::Api(Topic::KindMissing));
