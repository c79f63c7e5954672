//! Changes that leave each other alone.

use std::collections::BTreeMap;

use crate::sort;
use crate::text::Edit;

/// Those of the changes, in order of place, whose edits neither overlap nor touch those of one before; the others wait for
/// another round, in which there may be no need for them.
pub(super) fn compatible<T>(mut changes: Vec<T>, edits: impl Fn(&T) -> &[Edit]) -> Vec<T> {
    sort::by_key(&mut changes, |change| edits(change).iter().map(|edit| edit.span).min());
    // The start and end of what is changed already.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    changes.retain(|change| {
        let is_free = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            before.is_none_or(|(_, end)| *end < edit.span.start)
        };
        let is_compatible = !edits(change).is_empty() && edits(change).iter().all(is_free);
        if is_compatible {
            taken.extend(edits(change).iter().map(|edit| (edit.span.start, edit.span.end)));
        }
        is_compatible
    });
    changes
}

#[cfg(test)]
mod tests {
    use super::compatible;
    use crate::text::{Edit, Span};

    fn kept(changes: &[&[(u32, u32)]]) -> Vec<usize> {
        let edits = |spans: &&[(u32, u32)]| -> Vec<Edit> {
            spans.iter().map(|(start, end)| Edit::delete(Span::new(*start, *end))).collect()
        };
        let changes = changes.iter().map(edits).enumerate().collect();
        compatible(changes, |(_, edits): &(usize, Vec<Edit>)| edits).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn what_overlaps_or_touches_waits() {
        assert_eq!(kept(&[&[(0, 2)], &[(1, 3)], &[(4, 5)]]), [0, 2]);
        assert_eq!(kept(&[&[(0, 2)], &[(2, 3)]]), [0]);
        assert_eq!(kept(&[&[(5, 9)], &[(0, 1), (7, 8)]]), [1]);
        assert_eq!(kept(&[&[(3, 3)], &[(3, 3)]]), [0]);
        assert_eq!(kept(&[&[(0, 9)], &[(2, 3)], &[(11, 12)]]), [0, 2]);
        assert_eq!(kept(&[&[]]), [0; 0]);
    }
}
