//! The places that misplaced fields are to be moved to: one field each.

use crate::hash::HashMap;

/// Places that are taken.
#[derive(Debug, Default)]
pub(in crate::k8s::validation::decode) struct Claims {
    /// Whether more than one field is to stand at each.
    contested: HashMap<String, bool>,
}

impl Claims {
    /// Whether the place was free; it is taken now, or contested.
    pub(super) fn take(&mut self, path: &str) -> bool {
        if let Some(contested) = self.contested.get_mut(path) {
            *contested = true;
            return false;
        }
        self.contested.insert(path.to_owned(), false);
        true
    }

    /// Whether more than one field is to stand there.
    pub(in crate::k8s::validation::decode) fn is_contested(&self, path: &str) -> bool {
        self.contested.get(path).is_some_and(|contested| *contested)
    }
}
