use std::collections::HashSet;

const FEW: usize = 8;
/// How many names are kept to choose from.
const CHOICE: usize = 64;

/// A set of names: allocates only where there are many, and stays fast there.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    few: [&'a str; FEW],
    count: usize,
    many: HashSet<&'a str>,
    /// The first of the many, in order.
    next: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// Adds a name; tells whether it is new.
    pub(super) fn insert(&mut self, name: &'a str) -> bool {
        if self.contains(name) {
            return false;
        }
        if let Some(place) = self.few.get_mut(self.count) {
            *place = name;
            self.count += 1;
            return true;
        }
        if self.next.len() < CHOICE - FEW {
            self.next.push(name);
        }
        self.many.insert(name)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.few[..self.count].contains(&name) || self.many.contains(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first names in their order, to choose the likeliest from.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.few[..self.count].iter().chain(&self.next).copied()
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
