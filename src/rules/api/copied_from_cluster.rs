//! `copied-from-cluster`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/copied-from-cluster.md"), Check::Api(Topic::Copied));
