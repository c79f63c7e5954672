//! Assignments, alone and as arguments.

use super::{Reader, name_length};
use crate::command::tree::{Assignment, Part, PartKind, Place, Word};

/// How far the end of a subscript is looked for, in `name[…]=`.
const LONGEST_SUBSCRIPT: usize = 200;

impl Reader<'_> {
    /// Whether `name=`, `name+=` or `name[…]=` stands here.
    pub(super) fn is_assignment(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..self.end];
        let length = name_length(rest);
        let Some(behind) = rest.get(length..).filter(|_| length > 0) else {
            return false;
        };
        match behind {
            [b'=', ..] | [b'+', b'=', ..] => true,
            [b'[', subscript @ ..] => {
                let near = &subscript[..subscript.len().min(LONGEST_SUBSCRIPT)];
                let behind = memchr::memchr2(b']', b'\n', near).map_or(&[][..], |end| &subscript[end..]);
                behind.starts_with(b"]=") || behind.starts_with(b"]+=")
            }
            _ => false,
        }
    }

    pub(super) fn assignment(&mut self) -> Option<Assignment> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..self.end];
        let name = Place::new(start..start + name_length(rest));
        self.at += memchr::memchr(b'=', rest)? + 1;
        let value = if self.peek() == Some(b'(') { self.array()? } else { self.word()? };
        Some(Assignment { name, value })
    }

    /// `( … )` behind `name=`, as one word.
    fn array(&mut self) -> Option<Word> {
        let start = self.at;
        let mut parts = Vec::new();
        self.at += 1;
        loop {
            self.lines();
            if self.take(b")") {
                return Some(Word { place: self.since(start), parts });
            }
            let before = self.at;
            let word = self.word()?;
            if self.at == before {
                return None;
            }
            parts.extend(word.into_parts());
        }
    }
}

/// `name=value` as an argument, which is a word whose beginning is text.
pub(super) fn declared(place: Place, assignment: Assignment) -> Word {
    let name = Part {
        place: Place { start: place.start, end: assignment.value.place.start },
        kind: PartKind::Text,
        quoted: false,
    };
    let parts = std::iter::once(name).chain(assignment.value.into_parts()).collect();
    Word { place, parts }
}
