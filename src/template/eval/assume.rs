//! Values that are assumed: given to a chart in the place of its own.

use crate::template::text::Text;
use crate::template::value::{Kind, Map, Unknown, Value};
use crate::text::Span;

/// A value that is taken to be another one.
#[derive(Debug, Clone)]
pub(crate) struct Assumption {
    /// The way to it from the values of the outermost chart.
    pub(crate) path: Vec<Step>,
    pub(crate) taken: Taken,
    /// The condition that asks for it.
    pub(crate) asked: Span,
}

/// A step of that way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Key(Text),
    /// An item of a list.
    Item(usize),
}

/// What a value is taken for.
#[derive(Debug, Clone)]
pub(crate) enum Taken {
    /// It is there, and true.
    True,
    /// It is not there, or false.
    False,
    /// It is there, and nobody knows what it is.
    Other,
    /// It is this.
    This(Value),
    /// Not a value: a branch is entered, whatever decides it.
    Branch(Branch),
}

/// A side of a condition, or of a `range`: where its first action starts, and whether it is what stands under it, and not
/// what stands under `else`.
pub(crate) type Branch = (u32, bool);

/// Gives values what is assumed.
pub(crate) fn assume(values: &Map, assumptions: &[Assumption]) {
    for assumption in assumptions {
        let Some((Step::Key(last), way)) = assumption.path.split_last() else { continue };
        if let Some(map) = way.iter().try_fold(Value::map(values.clone()), into).as_ref().and_then(entries_of) {
            let before = map.get(last.as_str());
            map.insert(last.clone(), taken(&assumption.taken, before));
        }
    }
}

/// Gives a value at a path, names with dots between them, that is true; it is where the chart's own is written.
pub(crate) fn switch_on(given: &Map, own: &Map, path: &str) {
    let way: Vec<Step> = path.split('.').map(|name| Step::Key(Text::computed(name))).collect();
    let node = [given, own].iter().find_map(|values| value_at(&Value::map((*values).clone()), &way)?.node);
    let Some((Step::Key(last), way)) = way.split_last() else { return };
    let map = way.iter().try_fold(given.clone(), |map, step| {
        let Step::Key(name) = step else { return None };
        if map.get(name.as_str()).as_ref().and_then(Value::as_map).is_none() {
            map.insert(name.clone(), Value::map(Map::default()));
        }
        map.get(name.as_str())?.as_map().cloned()
    });
    if let Some(map) = map {
        map.insert(last.clone(), Value { kind: Kind::Bool(true), node });
    }
}

fn taken(taken: &Taken, before: Option<Value>) -> Value {
    let node = before.as_ref().and_then(|before| before.node);
    let kind = match (taken, before.map(|before| before.kind)) {
        (Taken::True, Some(Kind::Bool(_))) => Kind::Bool(true),
        (Taken::False, Some(Kind::Bool(_))) => Kind::Bool(false),
        (Taken::False, _) => Kind::Nil,
        (Taken::This(value), _) => value.kind.clone(),
        (Taken::Other, _) => Kind::Unknown(Unknown { holds: None, ..Unknown::given() }),
        // What is assumed of its fields already stays.
        (Taken::True, Some(Kind::Unknown(Unknown { fields: Some(fields), .. }))) => {
            Kind::Unknown(Unknown { holds: Some(true), fields: Some(fields) })
        }
        (Taken::True | Taken::Branch(_), _) => Kind::Unknown(Unknown::given()),
    };
    Value { kind, node }
}

/// The value at the end of a way, if there is one.
pub(crate) fn value_at(values: &Value, way: &[Step]) -> Option<Value> {
    way.iter().try_fold(values.clone(), |value, step| match (step, &value.kind) {
        (Step::Item(at), Kind::List(list)) => list.as_slice().get(*at).cloned(),
        (Step::Key(name), _) => entries_of(&value)?.get(name.as_str()),
        _ => None,
    })
}

/// One step down; what is not there is taken to be.
fn into(value: Value, step: &Step) -> Option<Value> {
    match (step, &value.kind) {
        (Step::Item(at), Kind::List(list)) => list.as_slice().get(*at).cloned(),
        (Step::Key(name), _) => {
            let map = entries_of(&value)?;
            let inner = map
                .get(name.as_str())
                .filter(|inner| entries_of(inner).is_some() || matches!(inner.kind, Kind::List(_)));
            Some(inner.unwrap_or_else(|| {
                let inner = Value::new(Kind::Unknown(Unknown::given()));
                map.insert(name.clone(), inner.clone());
                inner
            }))
        }
        _ => None,
    }
}

/// The map in which fields of a value are given.
pub(super) fn entries_of(value: &Value) -> Option<Map> {
    holds_fields(value).cloned()
}

fn holds_fields(value: &Value) -> Option<&Map> {
    match &value.kind {
        Kind::Map(map) => Some(map),
        Kind::Unknown(unknown) => unknown.fields.as_ref(),
        _ => None,
    }
}

/// The way to a map among values.
pub(super) fn way_to(values: &Map, sought: &Map) -> Option<Vec<Step>> {
    // What nobody has looked into yet has no map that somebody could have.
    way(values, &|value| holds_fields(value).is_some_and(|map| map.is(sought)), &Map::is_made)
}

/// The way to the value that is what a values file says there.
pub(super) fn way_to_node(values: &Map, sought: &Value) -> Option<Vec<Step>> {
    let node = sought.node?;
    way(values, &|value| value.node == Some(node), &|_| true)
}

/// The way to the first value that is sought, from the last of a level down; one may be seen in several places.
fn way(values: &Map, is_sought: &dyn Fn(&Value) -> bool, has_some: &dyn Fn(&Map) -> bool) -> Option<Vec<Step>> {
    let top = Value::map(values.clone());
    if is_sought(&top) {
        return Some(Vec::new());
    }
    let mut search = Search { is_sought, has_some, budget: MOST_LOOKED_AT };
    let mut way = search.below(&top, 0).ok()??;
    way.reverse();
    Some(way)
}

struct Search<'s> {
    is_sought: &'s dyn Fn(&Value) -> bool,
    /// Whether there may be one in a map.
    has_some: &'s dyn Fn(&Map) -> bool,
    budget: usize,
}

/// Too much would have to be looked at.
struct TooMany;

impl Search<'_> {
    /// The way from a value down, its last step first.
    fn below(&mut self, value: &Value, depth: usize) -> Result<Option<Vec<Step>>, TooMany> {
        if let Kind::List(list) = &value.kind {
            return self.among(|| list.iter().enumerate(), depth, &Step::Item);
        }
        let Some(map) = holds_fields(value).filter(|map| (self.has_some)(map)) else { return Ok(None) };
        let entries = map.unwatched();
        self.among(|| entries.iter(), depth, &|key: &Text| Step::Key(key.clone()))
    }

    /// Likewise, by way of one of these.
    fn among<'v, K, I>(
        &mut self,
        children: impl Fn() -> I,
        depth: usize,
        step: &dyn Fn(K) -> Step,
    ) -> Result<Option<Vec<Step>>, TooMany>
    where
        I: DoubleEndedIterator<Item = (K, &'v Value)>,
    {
        for (key, child) in children() {
            self.budget = self.budget.checked_sub(1).ok_or(TooMany)?;
            if (self.is_sought)(child) {
                return Ok(Some(vec![step(key)]));
            }
        }
        if depth + 1 == DEEPEST {
            return Ok(None);
        }
        for (key, child) in children().rev() {
            if let Some(mut way) = self.below(child, depth + 1)? {
                way.push(step(key));
                return Ok(Some(way));
            }
        }
        Ok(None)
    }
}

/// Values that are looked at for one.
const MOST_LOOKED_AT: usize = 100_000;
/// How deep they may be.
const DEEPEST: usize = 60;
