//! `patch-matches-nothing`

use crate::kustomize::Fault;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/kustomize/patch-matches-nothing.md"), Check::Patch(Fault::MatchesNothing));
