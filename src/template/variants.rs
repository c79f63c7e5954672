//! What templates print with other values than are given: the documents that those leave out, and the branches that they
//! do not enter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::eval::{Assumption, Branch, Engine, Open, Step, Taken, Watch, assume, holes, value_at};
use super::origin::BodyId;
use super::place::{FilePlace, Places};
use super::render::Stage;
use super::text::Text;
use super::value::{Kind, Value};
use crate::hash::HashSet;
use crate::text::Span;

/// How often a template is run at the most.
const MOST_RUNS: usize = 64;
/// How many branches are entered one in the other.
const DEEPEST: usize = 4;
/// How often more documents are looked for.
const MOST_ROUNDS: usize = 8;

/// What a template prints with other values than are given.
#[derive(Debug)]
pub struct Variant {
    /// Why it was run.
    pub way: Way,
    pub(super) body: BodyId,
    pub(super) text: Text,
    pub(super) unknown: Vec<Span>,
    pub(super) assumptions: Vec<Assumption>,
    /// The bytes of the template's branches that were entered here first.
    pub(super) branches: Vec<Span>,
}

/// Why a template is run with other values than are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// For documents that are left out else, or where helm stops.
    On,
    /// For a branch that is not entered else.
    Assumed,
}

/// A value that is taken to be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// Its path as templates write it; of what is no value, the words of the condition.
    pub path: String,
    /// What it is taken for: `true`, `given`, `"a"`.
    pub taken: String,
    /// Where it is written, or where it is asked for.
    pub at: FilePlace,
}

/// How far other values of a template were looked for.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) body: BodyId,
    /// Whether there was more to run than is.
    pub(super) is_cut: bool,
    /// Whether there are branches within as many others as are entered.
    pub(super) is_deep: bool,
    /// The bytes of branches that were never entered.
    pub(super) left: Vec<Span>,
}

/// Runs a template that makes Jobs again, and says how far that went; `is_stopped` says that helm stops in it with the values
/// that are given.
pub(super) fn variants(
    engine: &mut Engine,
    stage: &Stage,
    body: BodyId,
    is_stopped: bool,
) -> Option<(Vec<Variant>, Reach)> {
    let name = engine.body(body).name.clone();
    let namespace = &stage.namespace;
    let template = namespace.find(&name).filter(|template| template.body_id == body);
    if !template.is_some_and(|template| engine.makes_jobs(body, namespace, &template.body)) {
        return None;
    }
    let mut search = Search::new(engine, stage, body);
    search.all(is_stopped);
    let Search { extents, known, is_cut, is_deep, .. } = search;
    let left = extents.iter().filter(|(branch, _)| !known.contains(branch)).map(|(_, extent)| *extent).collect();
    Some((search.variants, Reach { body, is_cut, is_deep, left }))
}

/// The branches of one template, as they are entered.
struct Search<'s> {
    engine: &'s mut Engine,
    stage: &'s Stage,
    body: BodyId,
    known: BTreeSet<Branch>,
    extents: BTreeMap<Branch, Span>,
    /// What was printed before; where no values are known, with what of it is not, either.
    texts: HashSet<(Box<str>, Box<[Span]>)>,
    runs: usize,
    /// Whether there was more to run.
    is_cut: bool,
    is_deep: bool,
    variants: Vec<Variant>,
}

impl<'s> Search<'s> {
    fn new(engine: &'s mut Engine, stage: &'s Stage, body: BodyId) -> Self {
        let (known, extents, texts) = (BTreeSet::new(), BTreeMap::new(), HashSet::default());
        Self {
            engine,
            stage,
            body,
            known,
            extents,
            texts,
            runs: 0,
            is_cut: false,
            is_deep: false,
            variants: Vec::new(),
        }
    }

    fn all(&mut self, is_stopped: bool) {
        let mut open = match self.run(&[], None) {
            Some(watch) => watch.open,
            None => return,
        };
        if is_stopped && let Some(watch) = self.run(&[], Some(Way::On)) {
            open.extend(watch.open);
        }
        let base = self.documents(&mut open);
        self.branches(&base, open);
    }

    /// The documents that are left out: all conditions around them are made to hold. What is assumed for that.
    fn documents(&mut self, open: &mut Vec<Open>) -> Vec<Assumption> {
        let mut base = Vec::new();
        let mut tried = BTreeSet::new();
        for _ in 0..MOST_ROUNDS {
            let is_left = |open: &&Open| open.makes_jobs && !tried.contains(&open.branch);
            let left: Vec<Open> =
                open.iter().filter(is_left).filter(|open| !self.known.contains(&open.branch)).cloned().collect();
            if left.is_empty() {
                break;
            }
            tried.extend(left.iter().map(|open| open.branch));
            let mut more = base.clone();
            more.extend(left.iter().flat_map(|open| open.assumptions.iter().cloned()));
            let Some(watch) = self.run(&more, Some(Way::On)) else { break };
            // Of two that exclude each other, the other one is left.
            let entered: BTreeSet<Branch> =
                left.iter().map(|open| open.branch).filter(|one| self.known.contains(one)).collect();
            if entered.is_empty() {
                continue;
            }
            if entered.len() < left.len() {
                tried.retain(|branch| self.known.contains(branch));
            }
            base = more;
            open.extend(watch.open);
        }
        base
    }

    /// The branches that nobody has entered, one after the other, on top of what is assumed already.
    fn branches(&mut self, base: &[Assumption], open: Vec<Open>) {
        let first = open.into_iter().map(|open| (base.to_vec(), open, 1));
        let mut queue: VecDeque<(Vec<Assumption>, Open, usize)> = first.collect();
        while let Some((mut assumptions, open, depth)) = queue.pop_front() {
            if self.known.contains(&open.branch) {
                continue;
            }
            assumptions.extend(open.assumptions);
            let Some(watch) = self.run(&assumptions, Some(Way::Assumed)) else { break };
            if depth == DEEPEST {
                self.is_deep |= watch.open.iter().any(|open| !self.known.contains(&open.branch));
            } else {
                queue.extend(watch.open.into_iter().map(|open| (assumptions.clone(), open, depth + 1)));
            }
        }
    }

    /// Runs the template; without a way, as it is given.
    fn run(&mut self, assumptions: &[Assumption], way: Option<Way>) -> Option<Watch> {
        if self.runs == MOST_RUNS {
            self.is_cut = true;
            return None;
        }
        self.runs += 1;
        self.stage.log.start();
        let values = self.stage.values.as_map()?.lazy_copy();
        assume(&values, assumptions);
        let (sees, seen) = self.stage.seen_by(self.body, values.clone())?;
        self.engine.seen = seen;
        let branch = |one: &Assumption| if let Taken::Branch(branch) = one.taken { Some(branch) } else { None };
        let taken = assumptions.iter().filter_map(branch).collect();
        let watch =
            Watch { is_tolerant: way.is_some(), taken, known: self.known.clone(), ..Watch::new(self.body, values) };
        self.engine.watch = Some(watch);
        let name = self.engine.body(self.body).name.clone();
        let parsed = self.stage.namespace.find(&name)?;
        let result = self.engine.run(parsed, &self.stage.namespace, &sees);
        let watch = self.engine.watch.take()?;
        self.extents.extend(watch.open.iter().map(|open| (open.branch, open.extent)).chain(watch.shut.iter().copied()));
        let new: Vec<Branch> = watch.entered.iter().filter(|branch| !self.known.contains(branch)).copied().collect();
        self.known.extend(&new);
        self.is_deep |= way.is_some() && result.is_err();
        if let Ok(text) = result {
            let (text, unknown) = holes(&text);
            let holes = if self.engine.has_no_values { unknown.as_slice().into() } else { Box::default() };
            let is_new = self.texts.insert((text.as_str().into(), holes));
            if let Some(way) = way.filter(|_| is_new) {
                let branches = new.iter().filter_map(|branch| self.extents.get(branch).copied()).collect();
                let (assumptions, body) = (assumptions.to_vec(), self.body);
                self.variants.push(Variant { way, body, text, unknown, assumptions, branches });
            }
        }
        Some(watch)
    }
}

impl Variant {
    /// What a template prints whose chart a value switches off.
    pub(super) fn switched_on(body: BodyId, value: &str) -> Self {
        let path = value.split('.').map(|name| Step::Key(Text::computed(name))).collect();
        let assumption = Assumption { path, taken: Taken::True, asked: Span::empty(0) };
        let (text, unknown, branches) = (Text::default(), Vec::new(), Vec::new());
        Self { way: Way::On, body, text, unknown, assumptions: vec![assumption], branches }
    }
}

impl Assumption {
    /// As people are told of it.
    pub(super) fn told(&self, body: BodyId, places: &Places<'_>, values: &Value) -> Option<Assumed> {
        let asked = places.within(body, self.asked)?;
        if let Taken::Branch((_, holds)) = self.taken {
            let words = places.engine.body(body).text.as_str().get(self.asked.range())?;
            return Some(Assumed { path: words.to_owned(), taken: holds.to_string(), at: asked });
        }
        let before = value_at(values, &self.path);
        let written = before
            .as_ref()
            .and_then(|before| before.node)
            .map(|node| (places.nodes.file(node), places.nodes.span(node)));
        let taken = match (&self.taken, before.map(|before| before.kind)) {
            (Taken::True, Some(Kind::Bool(_))) => "true".to_owned(),
            (Taken::True | Taken::Other, _) => "given".to_owned(),
            (Taken::False, Some(Kind::Bool(_))) => "false".to_owned(),
            (Taken::False, _) => "not given".to_owned(),
            (Taken::This(value), _) => match &value.kind {
                Kind::Text(text) => format!("`{}`", text.as_str()),
                Kind::Bool(bool) => bool.to_string(),
                Kind::Int(int) => int.to_string(),
                _ => "another one".to_owned(),
            },
            (Taken::Branch(_), _) => return None,
        };
        Some(Assumed { path: path(&self.path), taken, at: written.unwrap_or(asked) })
    }
}

/// A way as templates write it.
fn path(way: &[Step]) -> String {
    let mut path = ".Values".to_owned();
    for step in way {
        match step {
            Step::Key(key) if key.as_str() == super::value::ITEM => path.push_str("[]"),
            Step::Key(key) => {
                path.push('.');
                path.push_str(key.as_str());
            }
            Step::Item(at) => path.push_str(&format!("[{at}]")),
        }
    }
    path
}
