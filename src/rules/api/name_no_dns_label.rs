//! `name-no-dns-label`

use crate::k8s::Topic;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("api/name-no-dns-label"), Check::Api(Topic::NoDnsLabel));
