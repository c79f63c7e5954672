//! One thing that is wrong in many places, which people see once: findings of one rule, about one field, in one message
//! but for the names that it quotes, with one help.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::Found;
use crate::diagnostic::{Safety, Severity};
use crate::hash::HashMap;
use crate::sort;
use crate::text::Message;

/// What was found, by what it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    groups: HashMap<Key, Group>,
}

/// What findings of one group have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    is_suppressed: bool,
    severity: Severity,
    rule: &'static str,
    field: Box<str>,
    message: Box<str>,
    /// What helps one may not help another.
    help: Option<Box<str>>,
}

/// Findings that say the same.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) is_suppressed: bool,
    pub(super) severity: Severity,
    pub(super) rule: &'static str,
    /// What the first of them says.
    pub(super) message: Message,
    /// How the first of them looks.
    pub(super) picture: Vec<u8>,
    pub(super) count: usize,
    /// The lines where the first ones are.
    pub(super) places: Vec<Place>,
    pub(super) files: BTreeSet<Arc<str>>,
    /// How many of them `--fix` mends.
    pub(super) fixable: usize,
    /// How many groups came before.
    number: usize,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) line: u32,
}

impl Groups {
    /// Adds a finding, which is drawn if it is the first of its group; of a group no more than `most` places are kept.
    pub(super) fn add(&mut self, found: Found<'_>, file: &Arc<str>, most: usize, draw: impl FnOnce() -> Vec<u8>) {
        let finding = found.finding;
        let place = Place { file: Arc::clone(file), line: found.file.point(finding.span.start).line };
        let number = self.groups.len();
        let group = self.groups.entry(Key::of(found)).or_insert_with(|| Group {
            is_suppressed: finding.suppressed.is_some(),
            severity: finding.severity,
            rule: finding.rule,
            message: found.message(),
            picture: draw(),
            count: 0,
            places: Vec::new(),
            files: BTreeSet::new(),
            fixable: 0,
            number,
        });
        group.count += 1;
        group.fixable += usize::from(found.fixes.iter().any(|fix| fix.safety == Safety::Safe));
        if !group.files.contains(file) {
            group.files.insert(Arc::clone(file));
        }
        group.push(place, most);
    }

    /// Adds what was found in the files that come next.
    pub(super) fn append(&mut self, other: Self, most: usize) {
        let mut others: Vec<(Key, Group)> = other.groups.into_iter().collect();
        sort::by_key(&mut others, |(_, group)| group.number);
        for (key, other) in others {
            let number = self.groups.len();
            match self.groups.get_mut(&key) {
                Some(group) => group.append(other, most),
                None => drop(self.groups.insert(key, Group { number, ..other })),
            }
        }
    }

    /// What counts first, of that the worst, then by rule, then by place.
    pub(super) fn in_order(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.values().collect();
        sort::by_key(&mut groups, |group| (group.is_suppressed, Reverse(group.severity), group.rule, group.number));
        groups
    }
}

impl Group {
    fn append(&mut self, other: Self, most: usize) {
        self.count += other.count;
        self.fixable += other.fixable;
        self.files.extend(other.files);
        other.places.into_iter().for_each(|place| self.push(place, most));
    }

    /// A line is a place once, however often it is wrong.
    fn push(&mut self, place: Place, most: usize) {
        if self.places.len() < most && self.places.last() != Some(&place) {
            self.places.push(place);
        }
    }
}

impl Key {
    fn of(found: Found<'_>) -> Self {
        let finding = found.finding;
        let field = finding.field.as_deref().map_or("", last_name);
        let (is_suppressed, severity, rule) = (finding.suppressed.is_some(), finding.severity, finding.rule);
        let message = without_names(&found.message()).into();
        Self { is_suppressed, severity, rule, field: field.into(), message, help: found.help().map(Into::into) }
    }
}

/// The field's own name: of `spec.containers[0].name` that is `name`, of `metadata.labels[a.b/c]` it is `labels`.
fn last_name(field: &str) -> &str {
    let mut depth = 0_u32;
    let mut start = 0;
    for (at, byte) in field.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'.' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    let name = &field[start..];
    name.split_once('[').map_or(name, |(name, _)| name)
}

/// The message without what it quotes; a list of quotations counts as one, be it short or long.
fn without_names(message: &str) -> String {
    let mut words = String::with_capacity(message.len());
    let mut parts = message.split('`');
    words.push_str(parts.next().unwrap_or_default());
    while parts.next().is_some() {
        let rest = parts.next().unwrap_or_default();
        if !matches!(rest, ", " | " and " | " or ") {
            words.push('`');
            words.push_str(without_more(rest));
        }
    }
    words
}

/// What stands behind a list that ends with `and 5 more`.
fn without_more(text: &str) -> &str {
    let number = text.strip_prefix(" and ").map(|rest| rest.trim_start_matches(|char: char| char.is_ascii_digit()));
    number.and_then(|rest| rest.strip_prefix(" more")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::{Group, Place, last_name, without_names};
    use crate::diagnostic::Severity;

    #[test]
    fn of_a_group_each_line_is_kept_once_and_no_more_than_there_is_room_for() {
        let mut group = Group {
            is_suppressed: false,
            severity: Severity::Error,
            rule: "a",
            message: "words".into(),
            picture: Vec::new(),
            count: 0,
            places: Vec::new(),
            files: BTreeSet::new(),
            fixable: 0,
            number: 0,
        };
        let file = Arc::from("a.yaml");
        for line in [1, 1, 2, 3, 4] {
            group.push(Place { file: Arc::clone(&file), line }, 3);
        }
        assert_eq!(group.places.iter().map(|place| place.line).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn messages_are_alike_but_for_what_they_quote() {
        for (one, other) in [
            ("the pod has no volume `data`", "the pod has no volume `tmp`"),
            ("the server sets `uid`, `status` and 5 more itself", "the server sets `uid` itself"),
            ("`a` takes `x`, `y` or `z`, not `q`", "`b` takes `x` or `y`, not `r`"),
        ] {
            assert_eq!(without_names(one), without_names(other));
        }
        for (one, other) in [
            ("hour 24 is above the maximum, 23", "hour 25 is above the maximum, 23"),
            ("`a` needs `b`", "`a` and `b` exclude each other"),
            ("`a` is 1", "a is 1"),
        ] {
            assert_ne!(without_names(one), without_names(other));
        }
    }

    #[test]
    fn the_last_name_of_a_field_has_no_index() {
        for (field, name) in [
            ("spec.containers[0].name", "name"),
            ("metadata.labels[a.b/c]", "labels"),
            ("apiVersion", "apiVersion"),
            ("spec.items[1][x.y]", "items"),
            ("", ""),
        ] {
            assert_eq!(last_name(field), name);
        }
    }
}
