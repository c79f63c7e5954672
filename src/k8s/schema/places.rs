//! Where in an object a field of a name can stand.

use std::fmt;
use std::sync::LazyLock;

use crate::hash::{HashMap, HashSet};
use crate::sort;

use super::table;
use super::types::{Field, Kind, Type};
use super::version::Version;

/// A place in a document where the API has a certain field: the fields that lead to it, and the field itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From the document's root; the last is the field looked for. Never empty.
    pub steps: Vec<&'static Field>,
}

impl Place {
    /// How far the object with the field is from the one that the field names `from` lead to: up to the common level,
    /// and down.
    #[must_use]
    pub fn steps_from(&self, from: &[&str]) -> usize {
        let down = self.steps.len() - 1;
        let common = from.iter().zip(self.steps.iter().take(down)).take_while(|(a, b)| **a == b.name).count();
        (from.len() - common) + (down - common)
    }
}

impl fmt::Display for Place {
    /// The path in Kubernetes' form, every element of a list as `[]`: `spec.template.spec.containers[].image`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            let element = if index + 1 < self.steps.len() && matches!(step.kind, Kind::List(_)) { "[]" } else { "" };
            write!(f, "{dot}{}{element}", step.name)?;
        }
        Ok(())
    }
}

/// Every place below `root` where `version` has a field called `name`, for a misplaced field found in the object
/// that the field names `from` lead to: the fewest steps away first, then the nearer to the root.
#[must_use]
pub fn places(root: &'static Type, name: &str, from: &[&str], version: Version) -> Vec<Place> {
    let leading = leading_to(name, version);
    if leading.is_empty() {
        return Vec::new();
    }

    let mut search = Search { name, version, leading, path: Vec::new(), found: Vec::new() };
    search.visit(root);
    sort::by_key(&mut search.found, |place| (place.steps_from(from), place.steps.len()));
    search.found
}

struct Search<'n> {
    name: &'n str,
    version: Version,
    leading: HashSet<&'static str>,
    path: Vec<&'static Field>,
    found: Vec<Place>,
}

impl Search<'_> {
    /// As deep as the API's types nest: the input has no say in it.
    fn visit(&mut self, at: &'static Type) {
        if let Some(field) = at.field(self.name, self.version) {
            self.found.push(Place { steps: self.path.iter().copied().chain([field]).collect() });
        }
        for field in at.fields(self.version) {
            let Some(object) = field.kind.object().filter(|object| self.leading.contains(object.name())) else {
                continue;
            };
            self.path.push(field);
            self.visit(object);
            self.path.pop();
        }
    }
}

/// The names of the types that have the field or lead to one that has it.
fn leading_to(name: &str, version: Version) -> HashSet<&'static str> {
    /// The names of all fields: most that are looked for are none, and there may be many.
    static NAMES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| table::TYPES.iter().flat_map(|one| one.all_fields()).map(|field| field.name).collect());
    /// For each type the fields of that type, each with the type that has it.
    static HOLDERS: LazyLock<HashMap<&str, Vec<(&Type, &Field)>>> = LazyLock::new(|| {
        let mut holders: HashMap<&str, Vec<(&Type, &Field)>> = HashMap::default();
        for holder in table::TYPES {
            for field in holder.all_fields() {
                if let Some(object) = field.kind.object() {
                    holders.entry(object.name()).or_default().push((holder, field));
                }
            }
        }
        holders
    });
    let mut leading = HashSet::default();
    if !NAMES.contains(name) {
        return leading;
    }
    let mut next: Vec<&Type> = table::TYPES.into_iter().filter(|one| one.field(name, version).is_some()).collect();
    while let Some(one) = next.pop() {
        if leading.insert(one.name()) {
            let holders = HOLDERS.get(one.name()).into_iter().flatten();
            next.extend(holders.filter(|(_, field)| field.is_in(version)).map(|(holder, _)| holder));
        }
    }
    leading
}
