//! Go's text/template as helm runs it, with the place of every byte that is printed.
//!
//! A chart is loaded as helm does (`chart`), its templates are read (`lex`, `parse`) and run (`eval`, `functions`), and of
//! what they print each run of bytes has an [`origin`](FileId): text of a template, a scalar of a values file, a
//! literal, something computed. `place` translates: what is found in the text that was printed belongs to the places
//! that its author edits.

mod chart;
mod eval;
mod functions;
mod lex;
mod object;
mod origin;
mod parse;
mod place;
mod render;
mod syntax;
mod text;
mod value;

pub use chart::ChartFile;
pub(crate) use functions::{base64, sha256};
pub use origin::FileId;
pub use place::{FilePlace, Placed, Role};
pub use render::Release;

use crate::text::Span;
use chart::{Chart, LoadError, Nodes};
use eval::Halt;
use origin::Provenance;
use place::Places;
use render::Rendering;
use value::Map;

/// A chart that was rendered with the values that it comes with.
pub struct Rendered {
    chart: String,
    nodes: Nodes,
    rendering: Rendering,
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
    /// Whether something may stand in it that nobody knows: what it lacks may be there.
    pub has_gaps: bool,
    at: usize,
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
    let mut nodes = Nodes::default();
    let mut chart: Chart = chart::load(files, &mut nodes).map_err(|error| unloaded(files, &error))?;
    let values = chart.settle(&Map::default());
    let name = chart.name.as_str().to_owned();
    Ok(Rendered { chart: name, rendering: render::render(&chart, values, release), nodes })
}

fn unloaded(files: &[ChartFile], error: &LoadError) -> Stop {
    let (file, message) = match error {
        LoadError::NoChart => (FileId(0), "helm finds no Chart.yaml here".to_owned()),
        LoadError::Unreadable(file) => {
            let path = files.get(file.0 as usize).map_or("it", |file| file.path.as_str());
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
            let (name, has_gaps) = (&*self.rendering.engine.body(file.body).name, file.has_gaps);
            Some(Output { file: id, name, text, has_gaps, at })
        })
    }

    /// Where bytes of an output are written.
    #[must_use]
    pub fn place(&self, output: Output<'_>, span: Span) -> Option<Placed> {
        let text = self.rendering.files.get(output.at)?.result.as_ref().ok()?;
        self.places().place(text, span.range())
    }

    /// Whether bytes of an output stand for what nobody knows, all or some of them.
    #[must_use]
    pub fn is_unknown(&self, output: Output<'_>, span: Span) -> bool {
        let text = self.rendering.files.get(output.at).and_then(|file| file.result.as_ref().ok());
        text.is_some_and(|text| {
            text.runs().any(|(bytes, origin)| {
                origin.source == Provenance::Hole && bytes.start < span.range().end && span.range().start < bytes.end
            })
        })
    }

    /// Where a value would stand in an output that nobody gives: nothing is printed there.
    #[must_use]
    pub fn empty(&self, output: Output<'_>) -> &[u32] {
        self.rendering.files.get(output.at).map_or(&[], |file| &file.empty)
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
