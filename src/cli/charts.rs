//! The charts that files belong to: what their templates print is looked at in the place of the templates.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::complain;
use crate::config::Config;
use crate::files::{self, ChartOnDisk, Input, Size};
use crate::hash::HashMap;
use crate::lint::stops_jobs;
use crate::template::{self, ChartFile, FileId, Output, Release, Rendered, Stop, Why};
use crate::text::{Lines, Location, Source, Span};

/// Charts, as they become known.
pub(super) struct Charts {
    most: Size,
    known: HashMap<PathBuf, Option<Rc<Chart>>>,
}

/// A chart that was rendered.
pub(super) struct Chart {
    files: Vec<ChartFile>,
    rendered: Rendered,
}

/// What a template printed.
#[derive(Clone, Copy)]
pub(super) struct Printed<'c> {
    chart: &'c Chart,
    output: Output<'c>,
}

impl Charts {
    pub(super) fn new(most: Size) -> Self {
        Self { most, known: HashMap::default() }
    }

    /// The chart that a template belongs to, and which of its files that is; of standard input nobody knows.
    pub(super) fn of(&mut self, input: &Input, config: &Config) -> Option<(Rc<Chart>, FileId)> {
        let (root, path) = files::chart_of(input.path()).filter(|_| !matches!(input, Input::Stdin(_)))?;
        let most = self.most;
        let chart = self.known.entry(root).or_insert_with_key(|root| Chart::read(root, config, most).map(Rc::new));
        let chart = Rc::clone(chart.as_ref()?);
        let at = chart.files.binary_search_by(|file| (*file.path).cmp(&path)).ok()?;
        chart.files[at].is_template().then(|| (chart, FileId::at(at)))
    }
}

impl Chart {
    fn read(root: &Path, config: &Config, most: Size) -> Option<Self> {
        let on_disk = files::read_chart(root, config.chart_values(), most);
        let chart = match Self::rendered(on_disk, config) {
            Ok(chart) => chart,
            Err((file, why)) => {
                complain(&format!("{file}: {why}"));
                return None;
            }
        };
        chart.rendered.stops().iter().for_each(|stop| chart.tell_of(stop));
        Some(chart)
    }

    /// A chart with the values that are wanted; or the file at which helm stops before it renders anything, and why. A
    /// release has its chart's name here: where many charts are listed, it is known by that from others.
    pub(super) fn rendered(chart: ChartOnDisk, config: &Config) -> Result<Self, (String, String)> {
        let ChartOnDisk { files, sets } = chart;
        let given = sets.into_iter().next().unwrap_or_default();
        let mut release = Release::of(u32::from(config.settings().kubernetes.minor()));
        release.name = template::name_of_chart(&files).unwrap_or(release.name);
        match template::render_given(&files, &given, &release) {
            Ok(rendered) => Ok(Self { files, rendered }),
            Err(stop) => {
                let file = files.get(stop.at.0.index()).map_or("a chart", |file| file.source.name());
                Err((file.to_owned(), stop.message))
            }
        }
    }

    /// Says what is not read because helm stops, where it may make a Job.
    fn tell_of(&self, stop: &Stop) {
        let makes_jobs = stops_jobs(&self.files, stop);
        if let Some(at) = self.location(stop.at).filter(|_| makes_jobs || stop.why == Why::Unreadable) {
            let (file, line, column, why) = (&at.file, at.start.line, at.start.column, &stop.message);
            complain(&format!("{file}:{line}:{column}: left out, as helm stops here: {why}"));
        }
    }

    /// What one of its templates printed, once for each name that its chart has.
    pub(super) fn printed(&self, file: FileId) -> impl Iterator<Item = Printed<'_>> {
        self.all_printed().filter(move |printed| printed.output.file == file)
    }

    /// What its templates printed.
    pub(super) fn all_printed(&self) -> impl Iterator<Item = Printed<'_>> {
        self.rendered.outputs().map(|output| Printed { chart: self, output })
    }

    fn location(&self, (file, span): (FileId, Span)) -> Option<Location> {
        let source = &self.files.get(file.index())?.source;
        Some(Location::new(source.shared_name(), &Lines::new(source.text()), span))
    }
}

impl Printed<'_> {
    /// The text, under its template's name.
    pub(super) fn source(self) -> Source {
        let template = &self.chart.files[self.output.file.index()];
        self.output.source(template.source.shared_name())
    }

    /// Where something of it is written.
    pub(super) fn written(self, at: &Location) -> Location {
        let placed = self.chart.rendered.place(self.output, at.span());
        let written = placed.and_then(|placed| self.chart.location(placed.at));
        written.or_else(|| self.chart.location((self.output.file, Span::empty(0)))).unwrap_or_else(|| at.clone())
    }

    /// The action that prints what is not known before, on one line.
    pub(super) fn words(self, at: &Location) -> Option<String> {
        let (file, span) = self.chart.rendered.place(self.output, at.span())?.at;
        let text = self.chart.files.get(file.index())?.source.text();
        let before = text.get(..span.start as usize)?;
        // Of nothing, what is printed behind it is all that there is.
        let start = if before.ends_with("}}") && at.span().is_empty() { before.rfind("{{")? } else { before.len() };
        let end = if start < before.len() { before.len() } else { span.end as usize };
        let action = text.get(start..end).filter(|action| action.starts_with("{{"))?;
        Some(action.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
