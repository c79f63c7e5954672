//! The pods of a Job.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use super::{Census, EndedIndexes, News};
use crate::controller::pod::Pod;
use crate::controller::spec;

/// Pods by number, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Pods {
    there: BTreeMap<u32, Pod>,
    /// Those that may have changed since they were counted, once they were.
    changed: Option<Vec<u32>>,
    census: Option<Box<Census>>,
}

impl Pods {
    /// A pod that is going to change.
    pub(crate) fn get_mut(&mut self, id: u32) -> Option<&mut Pod> {
        self.note(id);
        self.there.get_mut(&id)
    }

    pub(crate) fn insert(&mut self, id: u32, pod: Pod) -> &mut Pod {
        self.note(id);
        self.there.entry(id).or_insert(pod)
    }

    pub(crate) fn remove(&mut self, id: u32) -> Option<Pod> {
        self.note(id);
        self.there.remove(&id)
    }

    fn note(&mut self, id: u32) {
        if let Some(changed) = &mut self.changed
            && changed.last() != Some(&id)
        {
            changed.push(id);
        }
    }

    /// The account as it is now, of pods of a Job in whose status these indexes have ended. It is to be given back.
    pub(crate) fn count(&mut self, spec: &Rc<spec::Job>, ended: &EndedIndexes) -> Box<Census> {
        let changed = self.changed.replace(Vec::new());
        let known = self.census.take().filter(|census| Rc::ptr_eq(&census.spec, spec));
        let census = match (known, changed) {
            (Some(mut census), Some(changed)) => {
                changed.into_iter().for_each(|id| census.note(id, self.there.get(&id)));
                census.see();
                census
            }
            _ => Box::new(Census::of(spec, &self.there, ended)),
        };
        debug_assert!(
            self.there.len() > 32 || *census == Census::of(spec, &self.there, ended),
            "{census:#?} is not the account of {self:#?}"
        );
        census
    }

    /// Takes back an account whose news have been told.
    pub(crate) fn keep(&mut self, mut census: Box<Census>) {
        census.news = News::default();
        self.census = Some(census);
    }

    /// Nobody asks for an account any more.
    pub(crate) fn forget(&mut self) {
        (self.changed, self.census) = (None, None);
    }
}

impl FromIterator<(u32, Pod)> for Pods {
    fn from_iter<I: IntoIterator<Item = (u32, Pod)>>(pods: I) -> Self {
        Self { there: pods.into_iter().collect(), ..Self::default() }
    }
}

impl Deref for Pods {
    type Target = BTreeMap<u32, Pod>;

    fn deref(&self) -> &Self::Target {
        &self.there
    }
}

/// Without the account, which is made anew.
impl Clone for Pods {
    fn clone(&self) -> Self {
        Self { there: self.there.clone(), ..Self::default() }
    }
}

impl PartialEq for Pods {
    fn eq(&self, other: &Self) -> bool {
        self.there == other.there
    }
}
