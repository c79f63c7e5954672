//! `name-no-dns-label`

use crate::k8s::Topic;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/api/name-no-dns-label.md"), Check::Api(Topic::NoDnsLabel));
