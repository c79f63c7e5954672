//! A claim that one node, or one pod, can use at a time.

use crate::analysis::{Analysis, Other, Referent, Stream};

/// A PersistentVolumeClaim that one node, or one pod, can use at a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Volume {
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<String>,
    /// `metadata.name`.
    pub name: String,
    /// `ReadWriteOnce` or `ReadWriteOncePod`.
    pub mode: String,
}

impl Volume {
    /// Those of a text.
    #[must_use]
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        let others = Stream::of(analysis).others.into_iter();
        let claims = others.filter(|other| other.referent() == Some(Referent::PersistentVolumeClaim));
        let volume = |claim: Other<'_>| {
            let (namespace, name) = (claim.namespace.map(str::to_owned), claim.name.to_owned());
            Some(Self { namespace, name, mode: claim.mode_for_one()?.to_owned() })
        };
        claims.filter_map(volume).collect()
    }

    /// The name as people know it: with its namespace, if it has one.
    #[must_use]
    pub fn label(&self) -> String {
        self.namespace.as_ref().map_or_else(|| self.name.clone(), |namespace| format!("{namespace}/{}", self.name))
    }
}
