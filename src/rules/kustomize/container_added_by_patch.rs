//! `container-added-by-patch`

use crate::kustomize::Fault;
use crate::rule::{Check, Rule, page};

pub(crate) static RULE: Rule =
    Rule::new(page!("kustomize/container-added-by-patch"), Check::Patch(Fault::AddsContainer));
