//! Fields that may not stand where they stand: the change that takes them out.

use crate::diagnostic::Fix;
use crate::hash::{HashMap, with_room_for};
use crate::k8s::Problem;
use crate::sort;
use crate::text::Span;
use crate::yaml::{Entry, Value};

/// Adds to the problems of fields that are too much how to take them out.
pub(super) fn offer(root: Value<'_>, problems: &mut [Problem]) {
    let said = problems.iter().filter(|problem| !problem.is_unsaid());
    let mut places: Vec<Span> = said.filter_map(|problem| problem.superfluous).collect();
    if places.is_empty() {
        return;
    }
    sort::ascending(&mut places);
    let entries = entries_at(&places, root);
    for problem in problems.iter_mut().filter(|problem| !problem.is_unsaid()) {
        let Some(place) = problem.superfluous else { continue };
        if problem.help.is_none() {
            problem.help("leave it out");
        }
        if let (true, Some((owner, entry))) = (problem.aside().fixes.is_empty(), entries.get(&place)) {
            problem.fix(Fix::unsafe_(format!("leave out `{}`", entry.key), owner.remove(*entry)));
        }
    }
}

/// An entry with the mapping that it stands in.
type Found<'a> = (Value<'a>, Entry<'a>);

/// What goes with the entries of an object at some places, sorted, of their keys or of their values.
fn entries_at<'a>(places: &[Span], root: Value<'a>) -> HashMap<Span, Found<'a>> {
    let mut found = with_room_for(places.len());
    let mut open = vec![(root, None)];
    while let Some((value, holder)) = open.pop() {
        for entry in value.entries() {
            for place in [entry.key_span, entry.value.place()] {
                if places.binary_search(&place).is_ok() {
                    found.entry(place).or_insert_with(|| with_what_is_empty_then((value, entry), holder));
                }
            }
        }
        let entries = value.entries().map(|entry| (entry.value, Some((value, entry))));
        let below = entries.chain(value.items().map(|item| (item, None)));
        // What an alias leads to stands elsewhere.
        open.extend(below.filter(|(below, _)| below.place() == below.span()));
    }
    found
}

/// The entry, or the one that holds nothing else, where an empty one says the same as none.
fn with_what_is_empty_then<'a>(found: Found<'a>, holder: Option<Found<'a>>) -> Found<'a> {
    let holder = holder.filter(|(_, holder)| holder.key == "securityContext");
    holder.filter(|_| found.0.entries().len() == 1).unwrap_or(found)
}
