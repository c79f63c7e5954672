//! Sets of names, of which most are small.

use std::collections::BTreeSet;

const FEW: usize = 8;
/// How many names are kept to choose from.
const CHOICE: usize = 64;

/// A set of names in the order in which they came: looked through while there are few, and still fast with many.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    list: Vec<&'a str>,
    /// All of them, once there are more than a few.
    many: Option<BTreeSet<&'a str>>,
}

impl<'a> Names<'a> {
    /// Adds a name; tells whether it is new.
    pub(super) fn insert(&mut self, name: &'a str) -> bool {
        if self.contains(name) {
            return false;
        }
        self.list.push(name);
        match &mut self.many {
            Some(many) => {
                many.insert(name);
            }
            None if self.list.len() > FEW => self.many = Some(self.list.iter().copied().collect()),
            None => {}
        }
        true
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.many.as_ref().map_or_else(|| self.list.contains(&name), |many| many.contains(name))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first names, to choose the likeliest from.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.list.iter().take(CHOICE).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_new_once_however_many_there_are() {
        let texts: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let mut names = Names::default();
        assert!(names.is_empty());
        assert!(texts.iter().all(|name| names.insert(name)));
        assert!(!texts.iter().any(|name| names.insert(name)));
        assert!(names.contains("99") && !names.contains("100"));
        assert!(names.iter().eq(texts.iter().take(64).map(String::as_str)));
    }
}
