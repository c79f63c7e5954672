//! Where two trees differ.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::k8s::schema::{Kind, Version};

/// What differs, and how.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference<'t> {
    /// As Kubernetes names it.
    pub(super) field: String,
    pub(super) one: Option<&'t Json>,
    pub(super) other: Option<&'t Json>,
}

/// Goes through two trees at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    pub(super) version: Version,
}

impl Walk {
    /// The innermost places where two values of a kind differ.
    pub(super) fn differences<'t>(self, field: &str, pair: (&'t Json, &'t Json), kind: Kind) -> Vec<Difference<'t>> {
        let mut found = Vec::new();
        self.value(field.to_owned(), (Some(pair.0), Some(pair.1)), kind, &mut found);
        found
    }

    fn value<'t>(
        self,
        field: String,
        (one, other): (Option<&'t Json>, Option<&'t Json>),
        kind: Kind,
        found: &mut Vec<Difference<'t>>,
    ) {
        match (one, other) {
            _ if one == other => {}
            (Some(Json::Object(one)), Some(Json::Object(other))) => {
                let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
                for name in names {
                    let (field, kind) = self.below(&field, name, kind);
                    self.value(field, (one.get(name), other.get(name)), kind, found);
                }
            }
            (Some(Json::Array(one)), Some(Json::Array(other))) if one.len() == other.len() => {
                let item = if let Kind::List(item) = kind { *item } else { Kind::Any };
                for (index, pair) in one.iter().zip(other).enumerate() {
                    self.value(format!("{field}[{index}]"), (Some(pair.0), Some(pair.1)), item, found);
                }
            }
            _ => found.push(Difference { field, one, other }),
        }
    }

    fn below(self, field: &str, name: &str, kind: Kind) -> (String, Kind) {
        match kind {
            Kind::Map(value) => (format!("{field}[{name}]"), *value),
            Kind::Object(of) => {
                let kind = of.field(name, self.version).map_or(Kind::Any, |field| field.kind);
                (format!("{field}.{name}"), kind)
            }
            _ => (format!("{field}.{name}"), Kind::Any),
        }
    }
}
