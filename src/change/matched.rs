//! Which objects are the same: those of one kind, namespace and name.

use std::collections::VecDeque;

use super::Side;
use crate::analysis::Analysis;
use crate::hash::{HashMap, HashSet};
use crate::k8s::Resource;
use crate::text::Lines;

/// What belongs together.
pub(super) struct Pairing<'a> {
    /// Each new object with what was there before.
    pub(super) pairs: Vec<(Side<'a>, Met<'a>)>,
    /// The old objects that are no more.
    pub(super) gone: Vec<Side<'a>>,
}

/// What was there before an object.
#[derive(Clone, Copy)]
pub(super) enum Met<'a> {
    /// The same, as it was.
    Same(Side<'a>),
    /// The same in all but its name, which is no more.
    Renamed(Side<'a>),
    /// Nothing.
    Nothing,
}

/// What an object is known by: kind, namespace, and name. Without a namespace, it is in that of whoever applies it.
type Key<'a> = (Resource, Option<&'a str>, &'a str);

/// Texts with the lines of each.
type Texts<'a> = (&'a [Analysis], &'a [Lines<'a>]);

pub(super) fn pairs<'a>(old: Texts<'a>, new: Texts<'a>) -> Pairing<'a> {
    let (old, new): (Vec<Side<'a>>, Vec<Side<'a>>) = (sides(old).collect(), sides(new).collect());
    let mut left = Left::new(&old);
    // Objects of one name may stand in several files, each for a cluster of its own: those of one file come first.
    let here: Vec<Option<usize>> = new.iter().map(|side| left.take(*side, is_of_one_file)).collect();
    let moved = |(side, here): (&Side<'a>, Option<usize>)| here.or_else(|| left.take(*side, |_, _| true));
    let known: Vec<Option<usize>> = new.iter().zip(here).map(moved).collect();
    let mut specs: HashMap<_, VecDeque<usize>> = HashMap::default();
    for index in left.indexes() {
        if let Some(own) = spec(old[index]) {
            specs.entry(own).or_default().push_back(index);
        }
    }
    let mut renamed = HashSet::default();
    let mut pairs = Vec::with_capacity(new.len());
    for (side, before) in new.into_iter().zip(known) {
        let was = || specs.get_mut(&spec(side)?)?.pop_front();
        let met = match (before, before.map_or_else(was, |_| None)) {
            (Some(before), _) => Met::Same(old[before]),
            (None, Some(was)) => {
                renamed.insert(was);
                Met::Renamed(old[was])
            }
            (None, None) => Met::Nothing,
        };
        pairs.push((side, met));
    }
    let gone = left.indexes().filter(|index| !renamed.contains(index)).map(|index| old[index]);
    Pairing { pairs, gone: gone.collect() }
}

/// The old objects that no new one has taken yet.
struct Left<'o, 'a> {
    old: &'o [Side<'a>],
    known: HashMap<Key<'a>, Vec<usize>>,
    taken: HashSet<usize>,
}

impl<'o, 'a> Left<'o, 'a> {
    fn new(old: &'o [Side<'a>]) -> Self {
        let mut known: HashMap<Key<'a>, Vec<usize>> = HashMap::default();
        for (index, side) in old.iter().enumerate() {
            if let Some(key) = key(*side) {
                known.entry(key).or_default().push(index);
            }
        }
        Self { old, known, taken: HashSet::default() }
    }

    /// The last that is known by the same, as applying them in order leaves it.
    fn take(&mut self, side: Side<'a>, is_meant: impl Fn(Side<'a>, Side<'a>) -> bool) -> Option<usize> {
        let known = self.known.get_mut(&key(side)?)?;
        let at = known.iter().rposition(|index| is_meant(self.old[*index], side))?;
        let index = known.remove(at);
        self.taken.insert(index);
        Some(index)
    }

    fn indexes(&self) -> impl Iterator<Item = usize> {
        (0..self.old.len()).filter(|index| !self.taken.contains(index))
    }
}

/// Whether two objects stand in one file, of which the first may be called by a revision and its name.
fn is_of_one_file(old: Side<'_>, new: Side<'_>) -> bool {
    let [old, new] = [old, new].map(|side| side.analysis.source().name());
    old.strip_suffix(new).is_some_and(|before| before.is_empty() || before.ends_with(':'))
}

fn sides<'a>((all, lines): Texts<'a>) -> impl Iterator<Item = Side<'a>> {
    let both = all.iter().zip(lines);
    both.flat_map(|(analysis, lines)| {
        let head = analysis.head();
        analysis.wholes().map(move |manifest| Side { analysis, lines, head, manifest })
    })
}

fn key(side: Side<'_>) -> Option<Key<'_>> {
    let name = side.manifest.metadata().and_then(|metadata| metadata.name());
    // Without a name, it is the same only where nothing of it changed.
    Some((side.manifest.resource?, side.manifest.namespace(), name.map_or_else(|| side.text(), |name| name.value)))
}

/// What is left of an object without its metadata, where it has a name in them.
fn spec(side: Side<'_>) -> Option<(Resource, &str)> {
    side.manifest.metadata()?.name()?;
    Some((side.manifest.resource?, side.spec()?))
}
