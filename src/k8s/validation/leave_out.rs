//! Fields that may not stand where they stand: the change that takes them out.

use crate::diagnostic::Fix;
use crate::k8s::Problem;
use crate::text::Span;
use crate::yaml::{Entry, Value};

/// Changes that are worked out for an object, since each one is proved by reading its whole document again.
pub(super) const MOST_CHANGES: usize = 16;

/// Adds to the problems of fields that are too much how to take them out.
pub(super) fn offer(root: Value<'_>, problems: &mut [Problem]) {
    let superfluous = problems.iter_mut().filter(|problem| problem.superfluous);
    for (count, problem) in superfluous.enumerate() {
        if problem.help.is_none() {
            problem.help("leave it out");
        }
        if count >= MOST_CHANGES || !problem.fixes.is_empty() {
            continue;
        }
        let Some((owner, entry)) = entry_at(root, problem.span) else { continue };
        if let Some(edits) = owner.take_out(entry) {
            problem.fix(Fix::unsafe_(format!("leave out `{}`", entry.key), edits));
        }
    }
}

/// The entry whose key or value has these bytes, with the mapping it stands in.
fn entry_at<'a>(root: Value<'a>, part: Span) -> Option<(Value<'a>, Entry<'a>)> {
    let mut at = root;
    loop {
        if let Some(entry) = at.entries().find(|entry| entry.key_span == part || entry.value.place() == part) {
            return Some((at, entry));
        }
        let mut below = at.entries().map(|entry| entry.value).chain(at.items());
        at = below.find(|value| value.place().contains(part))?;
    }
}
