//! Templates run, as Go runs them: each byte that is printed knows what printed it.

mod assume;
mod call;
mod field;
mod hole;
mod jobs;
mod memo;
mod method;
mod pipeline;
mod texts;
mod walk;
mod watch;
mod wish;

pub(crate) use assume::{Assumption, Branch, Step, Taken, assume, switch_on, value_at};
pub(crate) use hole::holes;
pub(crate) use watch::{Open, Watch};

use std::rc::Rc;

use super::origin::{BodyId, NodeId, SiteId};
use super::parse::is_blank;
use super::syntax::Template;
use super::text::{Text, TextWriter};
use super::value::{Log, Map, Value};
use crate::hash::HashMap;
use crate::text::Span;

/// What a rendering may cost: parts of templates that are looked at.
const MOST_STEPS: u32 = 2_000_000;
/// Likewise, bytes and items that are made.
const MOST_ROOM: u64 = 64 << 20;
/// Likewise, bytes that are printed.
const MOST_PRINTED: usize = 16 << 20;
/// How deep templates may be in each other: what a thread's stack has room for.
const DEEPEST: u32 = 200;

/// Runs templates. What it prints is told by the tables that it keeps.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    /// The files, and after them the texts that `tpl` was given.
    bodies: Vec<Body>,
    /// How many files there are.
    files: usize,
    sites: Vec<Site>,
    /// The nodes that were read, one site's after the other's.
    reads: Vec<NodeId>,
    included: HashMap<Rc<str>, u32>,
    /// Whether charts are missing, so that a template of any name may be there.
    pub(crate) lacks_charts: bool,
    /// Whether nobody knows any value.
    pub(crate) has_no_values: bool,
    /// How many conditions are around what is run of which nobody knows whether they hold.
    unsure: u32,
    /// What is looked for in a rendering, if anything.
    pub(crate) watch: Option<Watch>,
    steps: u32,
    room: u64,
    depth: u32,
    /// How deep templates were in each other since it was asked last.
    deepest: u32,
    /// Writers that nobody uses.
    spare: Vec<TextWriter>,
    /// Likewise, lists of arguments.
    lists: Vec<Vec<Value>>,
    /// Who watches what templates see.
    pub(crate) log: Rc<Log>,
    /// What the templates of each chart see, by the charts' numbers.
    pub(crate) seen: Vec<Map>,
    /// The files that were run whose branches may be watched, in order.
    ran: Vec<BodyId>,
    memo: memo::Memo,
    texts: texts::Texts,
}

/// The text of a template.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) name: Rc<str>,
    /// Its text; of a file, each byte is the file's own.
    pub(crate) text: Text,
}

/// An action that was run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// The action that led to its template by `include`, `tpl` or `template`.
    pub(crate) parent: SiteId,
    /// The text that it stands in.
    pub(crate) body: BodyId,
    /// Its bytes there, from brace to brace.
    pub(crate) span: Span,
    reads: (u32, u32),
}

/// All templates that are known by their names.
#[derive(Debug, Default)]
pub(crate) struct Namespace {
    templates: HashMap<Rc<str>, Rc<Template>>,
    /// What a `tpl` adds its own to.
    outer: Option<Rc<Self>>,
}

/// Why a rendering stops.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Helm stops, too.
    Stopped(Box<Stopped>),
    /// It takes more than anybody has room for.
    TooMuch,
}

/// What stops helm.
#[derive(Debug)]
pub(crate) struct Stopped {
    /// The innermost of Go's messages.
    pub(crate) message: String,
    /// The text that it is in, and where.
    pub(crate) body: BodyId,
    pub(crate) span: Span,
    /// The action that led there.
    pub(crate) trail: SiteId,
    /// Whether the chart's author wants it to: `required`, `fail`.
    pub(crate) is_meant: bool,
}

type Run<T> = Result<T, Halt>;

/// One template that is being run.
struct Frame<'t> {
    template: &'t Template,
    namespace: &'t Rc<Namespace>,
    variables: Vec<(&'t str, Value)>,
    /// The action that led here.
    trail: SiteId,
    /// The action that is being run.
    site: SiteId,
    out: TextWriter,
}

impl Namespace {
    /// Takes templates in. A later one of a name wins, unless it prints nothing.
    pub(crate) fn add(&mut self, templates: &[Rc<Template>], text: &str) {
        for template in templates {
            if !is_blank(&template.body, text) || self.find(&template.name).is_none() {
                self.templates.insert(Rc::clone(&template.name), Rc::clone(template));
            }
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Rc<Template>> {
        self.templates.get(name).or_else(|| self.outer.as_ref()?.find(name))
    }
}

impl Engine {
    /// An engine that has these files; each has the id of its place.
    pub(crate) fn new(bodies: Vec<Body>) -> Self {
        let nowhere = Site { parent: SiteId::NONE, body: BodyId(0), span: Span::empty(0), reads: (0, 0) };
        Self { files: bodies.len(), bodies, sites: vec![nowhere], ..Self::default() }
    }

    /// What a template prints, `<no value>` and all.
    pub(crate) fn run(&mut self, template: &Rc<Template>, namespace: &Rc<Namespace>, data: &Value) -> Run<Text> {
        self.steps = MOST_STEPS;
        self.room = MOST_ROOM;
        self.depth = 0;
        self.unsure = 0;
        self.included.clear();
        self.ran.clear();
        self.execute((template, namespace), data, SiteId::NONE, TextWriter::default()).map(TextWriter::finish)
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Rc<str>> {
        self.bodies[..self.files].iter().map(|body| &body.name)
    }

    pub(crate) fn body(&self, body: BodyId) -> &Body {
        &self.bodies[body.0 as usize]
    }

    /// Whether a text is that of a file, and not what `tpl` was given.
    pub(crate) fn is_file(&self, body: BodyId) -> bool {
        (body.0 as usize) < self.files
    }

    /// Whether a text is that of a file that prints something by itself, and no file of helpers.
    fn may_be_watched(&self, body: BodyId) -> bool {
        self.is_file(body) && !is_partial(&self.body(body).name)
    }

    pub(crate) fn site(&self, site: SiteId) -> Site {
        self.sites[site.0 as usize]
    }

    /// An action and those that led to it, up to the first that is known; and that, where there is one.
    pub(crate) fn way_up(&self, site: SiteId, is_known: impl Fn(SiteId) -> bool) -> (Vec<SiteId>, SiteId) {
        let (mut way, mut at) = (Vec::new(), site);
        while at != SiteId::NONE && !is_known(at) {
            way.push(at);
            at = self.site(at).parent;
        }
        (way, at)
    }

    /// The nodes of values files that an action read.
    pub(crate) fn reads(&self, site: SiteId) -> &[NodeId] {
        let (start, end) = self.site(site).reads;
        &self.reads[start as usize..end as usize]
    }

    fn execute(
        &mut self,
        (template, namespace): (&Rc<Template>, &Rc<Namespace>),
        data: &Value,
        trail: SiteId,
        out: TextWriter,
    ) -> Run<TextWriter> {
        if self.may_be_watched(template.body_id) {
            self.ran.push(template.body_id);
        }
        let variables = vec![("$", data.clone())];
        let mut frame = Frame { template, namespace, variables, trail, site: trail, out };
        self.deeper(|engine| engine.walk(&mut frame, data, &template.body))?;
        Ok(frame.out)
    }

    fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        if self.depth == DEEPEST {
            return Err(Halt::TooMuch);
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let result = run(self);
        self.depth -= 1;
        result
    }

    fn step(&mut self) -> Run<()> {
        self.steps = self.steps.checked_sub(1).ok_or(Halt::TooMuch)?;
        Ok(())
    }

    /// Starts an action.
    fn open(&mut self, frame: &mut Frame<'_>, span: Span) -> SiteId {
        let reads = self.reads.len() as u32;
        let site = SiteId(self.sites.len() as u32);
        self.sites.push(Site { parent: frame.trail, body: frame.template.body_id, span, reads: (reads, reads) });
        frame.site = site;
        site
    }

    /// Ends an action: what was read meanwhile, it read.
    fn close(&mut self, site: SiteId) {
        self.sites[site.0 as usize].reads.1 = self.reads.len() as u32;
    }
}

/// Whether a template of that name is one of helpers, and prints nothing by itself.
pub(crate) fn is_partial(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|base| base.starts_with('_'))
}

impl Frame<'_> {
    fn error<T>(&self, span: Span, message: impl Into<String>) -> Run<T> {
        let body = self.template.body_id;
        let stopped = Stopped { message: message.into(), body, span, trail: self.trail, is_meant: false };
        Err(Halt::Stopped(Box::new(stopped)))
    }
}
