//! The places that misplaced fields are to be moved to: one field each, and not too many.

use crate::k8s::validation::leave_out::MOST_CHANGES;

/// Places that are taken.
#[derive(Debug, Default)]
pub(in crate::k8s::validation::decode) struct Claims {
    taken: Vec<Claim>,
}

#[derive(Debug)]
struct Claim {
    path: String,
    contested: bool,
}

impl Claims {
    /// Whether the place was free; it is taken now, or contested.
    pub(super) fn take(&mut self, path: &str) -> bool {
        if let Some(claim) = self.taken.iter_mut().find(|claim| claim.path == path) {
            claim.contested = true;
            return false;
        }
        let free = self.taken.len() < MOST_CHANGES;
        if free {
            self.taken.push(Claim { path: path.to_owned(), contested: false });
        }
        free
    }

    /// Whether more than one field is to stand there.
    pub(in crate::k8s::validation::decode) fn is_contested(&self, path: &str) -> bool {
        self.taken.iter().any(|claim| claim.contested && claim.path == path)
    }
}
