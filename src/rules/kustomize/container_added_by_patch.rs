//! `container-added-by-patch`

use crate::kustomize::Fault;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/kustomize/container-added-by-patch.md"), Check::Patch(Fault::AddsContainer));
