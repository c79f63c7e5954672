//! Go's text/template as helm runs it, with the place of every byte that is printed.
//!
//! A chart is loaded as helm does (`chart`), its templates are read (`lex`, `parse`) and run (`eval`, `functions`), and of
//! what they print each run of bytes has an [`origin`](FileId): text of a template, a scalar of a values file, a
//! literal, something computed. `place` translates: what is found in the text that was printed belongs to the places
//! that its author edits.

mod again;
mod chart;
mod eval;
mod functions;
mod further;
mod given;
mod lex;
mod object;
mod origin;
mod parse;
mod place;
mod render;
mod rewrite;
mod setting;
mod syntax;
mod text;
mod trace;
mod value;
mod variants;

pub use chart::{ChartFile, local_dependencies, name_of_chart};
pub(crate) use functions::{base64, sha256};
pub use further::Tried;
pub use given::Given;
pub use origin::FileId;
pub use place::{FilePlace, Placed, Role};
pub use render::Release;
pub use setting::{Misread, Notation, Setting};
pub use trace::{Trace, Tracer};
pub use variants::{Assumed, Variant, Way};

use std::rc::Rc;
use std::sync::Arc;

use crate::text::{Edit, Source, Span};
use again::Sets;
use chart::{Chart, LoadError, Nodes, Off};
use eval::Halt;
use place::Places;
use render::{Library, Rendering};
use text::Text;
use value::Map;
use variants::Reach;

/// A chart that was rendered with the values that it comes with.
pub struct Rendered {
    chart: String,
    nodes: Rc<Nodes>,
    rendering: Rendering,
    variants: Vec<Variant>,
    reaches: Vec<Reach>,
    off: Vec<Off>,
}

/// What a template printed.
#[derive(Debug, Clone, Copy)]
pub struct Output<'r> {
    /// The file that the template is.
    pub file: FileId,
    /// The template's name, as helm has it: `chart/templates/job.yaml`.
    pub name: &'r str,
    /// The text, `---` lines and all.
    pub text: &'r str,
    /// The bytes of it that stand for what nobody knows; a `#` that is a line of its own for any number of lines.
    pub unknown: &'r [Span],
    at: usize,
}

impl Output<'_> {
    /// What was printed, with what nobody knows of it, as the text of a file of that name.
    #[must_use]
    pub fn source(&self, name: impl Into<Arc<str>>) -> Source {
        Source::new(name, self.text).with_unknown(self.unknown)
    }
}

/// Where helm stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What is there.
    pub at: FilePlace,
    /// The outermost action that led there, where one did.
    pub from: Option<FilePlace>,
    /// Helm's message, without its place.
    pub message: String,
    /// Why.
    pub why: Why,
}

/// Why helm stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It cannot load the chart, or run a template.
    Wrong,
    /// It cannot read a template.
    Unreadable,
    /// The chart's author wants it to: `required`, `fail`.
    Meant,
    /// A chart that it depends on is not there, which may set what is missing.
    Unsure,
    /// It does not: the template makes more than is looked at.
    TooMuch,
}

/// Renders a chart with the values that it comes with.
///
/// # Errors
/// When helm does not load it.
pub fn render(files: &[ChartFile], release: &Release) -> Result<Rendered, Stop> {
    render_given(files, &Given::default(), release)
}

/// The same with what somebody gives it.
///
/// # Errors
/// When helm does not load it, or cannot read what it is given.
pub fn render_given(files: &[ChartFile], given: &Given, release: &Release) -> Result<Rendered, Stop> {
    render_again(files, given, release, &mut Readings::default())
}

/// What was read of charts that are rendered several times: with other values, or with a change of theirs.
#[derive(Debug, Default)]
pub struct Readings {
    library: Library,
    /// Whether the chart does not change.
    is_of_one: bool,
    /// What was read of it, then.
    loaded: Option<(Chart, Rc<Nodes>)>,
    /// What was seen with other sets of values.
    sets: Option<Sets>,
}

impl Readings {
    /// Those of a chart that does not change, and is rendered with one set of values after the other: after the first, what
    /// prints the same at the same places may be left out.
    #[must_use]
    pub fn of_several_sets() -> Self {
        Self { sets: Some(Sets::default()), ..Self::of_one_chart() }
    }

    /// Those of a chart that does not change.
    #[must_use]
    pub fn of_one_chart() -> Self {
        Self { is_of_one: true, ..Self::default() }
    }

    /// The chart that these files make, and the nodes in it, behind which others can be read.
    fn load(&mut self, files: &[ChartFile]) -> Result<(Chart, Nodes), LoadError> {
        if self.loaded.is_none() {
            let mut nodes = Nodes::default();
            let chart = chart::load(files, &mut nodes)?;
            if !self.is_of_one {
                return Ok((chart, nodes));
            }
            self.loaded = Some((chart, Rc::new(nodes)));
        }
        let (chart, nodes) = self.loaded.as_ref().ok_or(LoadError::NoChart)?;
        Ok((chart.clone(), Nodes::behind(nodes)))
    }
}

/// The same, where templates that were read before need not be read again.
///
/// # Errors
/// Likewise.
pub fn render_again(
    files: &[ChartFile],
    given: &Given,
    release: &Release,
    readings: &mut Readings,
) -> Result<Rendered, Stop> {
    rendered(files, (given, &[]), release, readings)
}

/// The same with charts in it that values switch off.
fn rendered(
    files: &[ChartFile],
    (asked, on): (&Given, &[Off]),
    release: &Release,
    readings: &mut Readings,
) -> Result<Rendered, Stop> {
    let (mut chart, mut nodes) = readings.load(files).map_err(|error| unloaded(files, &error))?;
    let given = asked.values(files, &mut nodes).map_err(|error| unloaded(files, &error))?;
    on.iter().for_each(|off| eval::switch_on(&given, &chart.values, &off.value));
    let (values, off) = chart.settle(&given);
    let (name, nodes) = (chart.name.as_str().to_owned(), Rc::new(nodes));
    let Readings { library, sets, .. } = &mut *readings;
    // With charts that are switched on, other templates are there.
    let sets = sets.as_mut().filter(|_| on.is_empty());
    let Some(rendering) = render::render(chart, (values, &nodes), release, (library, sets)) else {
        readings.sets = None;
        return rendered(files, (asked, on), release, readings);
    };
    Ok(Rendered { chart: name, rendering, nodes, variants: Vec::new(), reaches: Vec::new(), off })
}

/// Renders a template that stands without its chart: whatever its values are, and whatever other templates define, is
/// not known. Nothing, where its text is no template as helm reads one.
#[must_use]
pub fn render_alone(source: &Source, release: &Release) -> Option<Rendered> {
    if OTHERS_MARKS.iter().any(|mark| source.text().contains(mark)) {
        return None;
    }
    let chart = Chart::unseen(chart::text_of(FileId::at(0), source.text()));
    let name = chart.name.as_str().to_owned();
    let nodes = Rc::default();
    let rendering = render::render(chart, (Map::default(), &nodes), release, (&mut Library::default(), None))?;
    let is_read = rendering.unparsed.is_empty();
    is_read.then(|| Rendered {
        chart: name,
        rendering,
        nodes,
        variants: Vec::new(),
        reaches: Vec::new(),
        off: Vec::new(),
    })
}

/// What templates of other programs have, which are no YAML where those are filled in by helm alone.
const OTHERS_MARKS: [&str; 3] = ["{%", "<%", "${{"];

fn unloaded(files: &[ChartFile], error: &LoadError) -> Stop {
    let (file, message) = match error {
        LoadError::NoChart => (FileId::at(0), "helm finds no Chart.yaml here".to_owned()),
        LoadError::Unreadable(file) => {
            let path = files.get(file.index()).map_or("it", |file| file.path.as_str());
            (*file, format!("helm cannot read {path} as a YAML mapping"))
        }
    };
    Stop { at: (file, Span::empty(0)), from: None, message, why: Why::Wrong }
}

impl Rendered {
    /// The chart's name.
    #[must_use]
    pub fn chart(&self) -> &str {
        &self.chart
    }

    /// What the templates printed that could be run, in helm's order.
    pub fn outputs(&self) -> impl Iterator<Item = Output<'_>> {
        let files = self.rendering.files.iter().enumerate();
        files.filter_map(|(at, file)| {
            let text = file.result.as_ref().ok()?.as_str();
            let (id, _) = self.places().within(file.body, Span::empty(0))?;
            let name = &*self.rendering.engine.body(file.body).name;
            Some(Output { file: id, name, text, unknown: &file.unknown, at })
        })
    }

    /// Who tells outputs of it from others.
    #[must_use]
    pub fn tracer(&self) -> Tracer<'_> {
        Tracer::new(self)
    }

    /// Where bytes of an output are written.
    #[must_use]
    pub fn place(&self, output: Output<'_>, span: Span) -> Option<Placed> {
        self.places().place(self.text(output)?, span.range())
    }

    /// The same without what led there.
    #[must_use]
    pub fn at(&self, output: Output<'_>, span: Span) -> Option<FilePlace> {
        self.places().at(self.text(output)?, span.range())
    }

    fn text(&self, output: Output<'_>) -> Option<&Text> {
        match output.at.checked_sub(self.rendering.files.len()) {
            None => self.rendering.files.get(output.at)?.result.as_ref().ok(),
            Some(variant) => Some(&self.variants.get(variant)?.text),
        }
    }

    /// An edit of an output as one of the file that its bytes are written in, where they all are.
    #[must_use]
    pub fn rewritten(&self, output: Output<'_>, edit: &Edit) -> Option<(FileId, Edit)> {
        let text = self.rendering.files.get(output.at)?.result.as_ref().ok()?;
        self.places().rewritten(text, edit)
    }

    /// Whether bytes of an output stand for what nobody knows, all or some of them.
    #[must_use]
    pub fn is_unknown(&self, output: Output<'_>, span: Span) -> bool {
        output.unknown.iter().any(|hole| hole.start < hole.end && hole.start < span.end && span.start < hole.end)
    }

    /// What stops helm, each at its place.
    #[must_use]
    pub fn stops(&self) -> Vec<Stop> {
        let places = self.places();
        let mut stops = Vec::new();
        for (body, error) in &self.rendering.unparsed {
            if let Some(at) = places.within(*body, error.span) {
                let why = if error.message == parse::TOO_DEEP { Why::TooMuch } else { Why::Unreadable };
                stops.push(Stop { at, from: None, message: error.message.clone(), why });
            }
        }
        for file in &self.rendering.files {
            match &file.result {
                Ok(_) => {}
                Err(Halt::TooMuch) => {
                    if let Some((file, _)) = places.within(file.body, Span::empty(0)) {
                        let message = "it makes more than is looked at".to_owned();
                        stops.push(Stop { at: (file, Span::empty(0)), from: None, message, why: Why::TooMuch });
                    }
                }
                Err(Halt::Stopped(stopped)) => {
                    if let Some(at) = places.within(stopped.body, stopped.span) {
                        let from = places.chain(stopped.trail).first().copied();
                        let why = match (stopped.is_meant, self.rendering.engine.lacks_charts) {
                            (true, _) => Why::Meant,
                            (false, true) => Why::Unsure,
                            (false, false) => Why::Wrong,
                        };
                        stops.push(Stop { at, from, message: stopped.message.clone(), why });
                    }
                }
            }
        }
        stops
    }

    fn places(&self) -> Places<'_> {
        Places { engine: &self.rendering.engine, nodes: &self.nodes }
    }
}
