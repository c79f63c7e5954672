//! `path-not-allowed`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/path-not-allowed.md"), Check::Api(Topic::FilePath));
