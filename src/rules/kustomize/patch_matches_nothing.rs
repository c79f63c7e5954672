//! `patch-matches-nothing`

use crate::kustomize::Fault;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule = Rule::new(page!("kustomize/patch-matches-nothing"), Check::Patch(Fault::MatchesNothing));
