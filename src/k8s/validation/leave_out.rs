//! Fields that may not stand where they stand: the change that takes them out.

use std::collections::HashMap;

use crate::diagnostic::Fix;
use crate::k8s::Problem;
use crate::text::Span;
use crate::yaml::{Entry, Value};

/// Adds to the problems of fields that are too much how to take them out.
pub(super) fn offer(root: Value<'_>, problems: &mut [Problem]) {
    if problems.iter().all(|problem| problem.superfluous.is_none()) {
        return;
    }
    let entries = entries_by_place(root);
    for problem in problems {
        let Some(place) = problem.superfluous else { continue };
        if problem.help.is_none() {
            problem.help("leave it out");
        }
        if let (true, Some(found)) = (problem.aside().fixes.is_empty(), entries.get(&place)) {
            let (owner, entry) = with_what_is_empty_then(*found, &entries);
            problem.fix(Fix::unsafe_(format!("leave out `{}`", entry.key), owner.remove(entry)));
        }
    }
}

/// An entry with the mapping that it stands in.
type Found<'a> = (Value<'a>, Entry<'a>);

/// The entry, or the mapping that holds nothing else, where an empty one says the same as none.
fn with_what_is_empty_then<'a>(found: Found<'a>, entries: &HashMap<Span, Found<'a>>) -> Found<'a> {
    let (owner, _) = found;
    let holder = entries.get(&owner.place()).filter(|(_, holder)| holder.key == "securityContext");
    holder.filter(|_| owner.entries().len() == 1).map_or(found, |holder| *holder)
}

/// The entries of an object, with the mapping that each stands in, by the bytes of their keys and of their values.
fn entries_by_place(root: Value<'_>) -> HashMap<Span, Found<'_>> {
    let mut places = HashMap::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        for entry in value.entries() {
            places.entry(entry.key_span).or_insert((value, entry));
            places.entry(entry.value.place()).or_insert((value, entry));
        }
        // What an alias leads to stands elsewhere.
        let below = value.entries().map(|entry| entry.value).chain(value.items());
        open.extend(below.filter(|below| below.place() == below.span()));
    }
    places
}
