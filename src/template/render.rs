//! A chart rendered, as `helm template` does.

use std::cmp::Reverse;
use std::rc::Rc;

use crate::hash::HashMap;
use crate::sort;

use super::again::{Sets, Templates, Watching};
use super::chart::{Chart, Nodes};
use super::eval::{Body, Engine, Halt, Namespace, holes, is_partial};
use super::object::{FILES, KUBE_VERSION, TEMPLATE, VERSION_SET};
use super::origin::BodyId;
use super::parse::{ParseError, parse};
use super::syntax::Template;
use super::text::Text;
use super::value::{Holds, Kind, Log, Map, MapId, Unknown, Value};
use crate::text::Span;

/// What helm is told about the cluster and the release.
#[derive(Debug, Clone)]
pub struct Release {
    /// The name of the release.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Kubernetes' version: its minor number.
    pub kubernetes_minor: u32,
}

impl Release {
    /// What `helm template` takes, for that minor version of Kubernetes.
    #[must_use]
    pub fn of(kubernetes_minor: u32) -> Self {
        Self { name: "release-name".to_owned(), namespace: "default".to_owned(), kubernetes_minor }
    }
}

/// What came of a chart.
pub(crate) struct Rendering {
    pub(crate) engine: Engine,
    /// In helm's order.
    pub(crate) files: Vec<RenderedFile>,
    pub(crate) unparsed: Vec<(BodyId, ParseError)>,
    pub(super) stage: Stage,
}

/// What templates are run on.
pub(super) struct Stage {
    chart: Chart,
    /// The values as they are given; who runs a template may change them.
    pub(super) values: Value,
    pub(super) release: Release,
    /// What is known of the cluster, which no template changes.
    capabilities: Value,
    /// In helm's order, by the number of the body.
    templates: Vec<Renderable>,
    pub(super) namespace: Rc<Namespace>,
    /// Who watches what templates see.
    pub(super) log: Rc<Log>,
}

/// What came of a template.
pub(crate) struct RenderedFile {
    pub(crate) body: BodyId,
    pub(crate) result: Result<Text, Halt>,
    /// What of it nobody knows.
    pub(crate) unknown: Vec<Span>,
}

/// A template.
struct Renderable {
    name: String,
    text: Text,
    base: String,
    /// The number of its chart, counted from the outermost down.
    chart: usize,
}

/// Templates that were read, by name and number: what is rendered several times is read once.
#[derive(Debug, Default)]
pub(crate) struct Library(HashMap<(String, BodyId), Read>);

/// A text, and the templates in it.
#[derive(Debug)]
struct Read {
    text: Text,
    templates: Result<Vec<Rc<Template>>, ParseError>,
}

impl Library {
    fn read(&mut self, template: &Renderable, id: BodyId) -> &Result<Vec<Rc<Template>>, ParseError> {
        let Renderable { name, text, .. } = template;
        let read = || Read { text: text.clone(), templates: parse(name, id, text.shared()) };
        let known = self.0.entry((name.clone(), id)).or_insert_with(read);
        if known.text != *text {
            *known = read();
        }
        &known.templates
    }
}

/// Renders a chart whose subcharts are settled; where that is done with one set of values after the other, what may print
/// something else than with the first. `None`, where that is not known.
pub(crate) fn render(
    chart: Chart,
    (values, nodes): (Map, &Rc<Nodes>),
    release: &Release,
    (library, sets): (&mut Library, Option<&mut Sets>),
) -> Option<Rendering> {
    let templates = templates(&chart);
    let log = Log::behind(OF_CHART * chart.count(), templates.len() as u32);
    values.watch(&log);
    chart.watch(&log);
    let pristine = Value::map(values.snapshot());
    let body = |template: &Renderable| Body { name: Rc::from(&*template.name), text: template.text.clone() };
    let mut engine = Engine::new(templates.iter().map(body).collect());
    engine.lacks_charts = chart.lacks();
    engine.has_no_values = chart.is_unseen;
    let mut namespace = Namespace::default();
    let mut unparsed = Vec::new();
    for (id, template) in templates.iter().enumerate() {
        let id = BodyId(id as u32);
        match library.read(template, id) {
            Ok(read) => namespace.add(read, template.text.as_str()),
            Err(error) => unparsed.push((id, error.clone())),
        }
    }
    let (capabilities, release, namespace) = (capabilities(release), release.clone(), Rc::new(namespace));
    engine.log = Rc::clone(&log);
    engine.remembers(&namespace);
    let stage = Stage { chart, values: pristine, release, capabilities, templates, namespace, log };
    let seen = stage.seen(values);
    let of = Templates { names: engine.names().cloned().collect(), lacks_charts: engine.lacks_charts };
    let mut watching = sets.as_deref().map(|sets| sets.watching(&of, (&seen, nodes)));
    let files = stage.run(&mut engine, &seen, watching.as_mut());
    let (looks, is_unknown) = watching.map(|watching| watching.outcome(&stage.log)).unwrap_or_default();
    if is_unknown {
        return None;
    }
    if let Some(sets) = sets {
        sets.keep(looks, of, (seen, nodes));
    }
    Some(Rendering { engine, files, unparsed, stage })
}

/// The templates of a chart, in helm's order.
fn templates(chart: &Chart) -> Vec<Renderable> {
    let (mut templates, mut charts) = (Vec::new(), 0);
    list(chart, None, &mut charts, &mut templates);
    // The deepest first, and those that stand beside each other from the last to the first.
    let depth = |template: &Renderable| template.name.bytes().filter(|byte| *byte == b'/').count();
    sort::by_cached_key(&mut templates, |template| Reverse((depth(template), template.name.clone())));
    templates
}

/// The templates of a chart and of its subcharts.
fn list(chart: &Chart, path: Option<&str>, charts: &mut usize, templates: &mut Vec<Renderable>) {
    let name = chart.name.as_str();
    let path = path.map_or_else(|| name.to_owned(), |parent| format!("{parent}/charts/{name}"));
    let number = *charts;
    *charts += 1;
    for child in &chart.dependencies {
        list(child, Some(&path), charts, templates);
    }
    for (name, text) in &*chart.templates {
        if !chart.is_library || is_partial(name) {
            let (name, base) = (format!("{path}/{name}"), format!("{path}/templates"));
            templates.push(Renderable { name, text: text.clone(), base, chart: number });
        }
    }
}

impl Stage {
    /// Runs the templates, each on what it sees, but for those that are known to print what they printed.
    fn run(&self, engine: &mut Engine, seen: &[Map], mut watching: Option<&mut Watching<'_>>) -> Vec<RenderedFile> {
        let mut files = Vec::new();
        self.log.start();
        engine.seen = seen.to_vec();
        for (id, template) in self.templates.iter().enumerate() {
            let parsed = self.namespace.find(&template.name).filter(|_| !is_partial(&template.name));
            let Some(parsed) = parsed else { continue };
            if watching.as_ref().is_some_and(|watching| watching.is_as_before(id)) {
                continue;
            }
            let sees = template.sees(id, seen, &self.log);
            let result = engine.run(parsed, &self.namespace, &sees).map(|text| holes(&text));
            let looks = self.log.take();
            if let Some(watching) = &mut watching {
                watching.end(id, looks);
            }
            let (result, unknown) = match result {
                Ok((text, unknown)) => (Ok(text), unknown),
                Err(halt) => (Err(halt), Vec::new()),
            };
            files.push(RenderedFile { body: BodyId(id as u32), result, unknown });
        }
        files
    }

    /// What each chart's templates see as `.`, with these values, by the charts' numbers.
    fn seen(&self, values: Map) -> Vec<Map> {
        let top = Map::default();
        let release = described(&self.release);
        release.watch_as(MapId::of_chart(0, Part::Release), &self.log);
        top.insert(Text::computed("Release"), Value::map(release));
        top.insert(Text::computed("Capabilities"), self.capabilities.clone());
        let (values, is_unseen) = (values.holding(Holds::Chart), self.chart.is_unseen);
        let shown = if is_unseen { Value::new(Kind::Unknown(Unknown::of(values))) } else { Value::map(values) };
        top.insert(Text::computed("Values"), shown);
        let mut seen = Vec::new();
        see(&self.chart, &top, true, (&mut seen, &self.log));
        seen
    }

    /// What a template sees with these values, and what all of its chart's do; nothing, where there is no such template.
    pub(super) fn seen_by(&self, body: BodyId, values: Map) -> Option<(Value, Vec<Map>)> {
        let seen = self.seen(values);
        let id = body.0 as usize;
        Some((self.templates.get(id)?.sees(id, &seen, &self.log), seen))
    }
}

/// What the templates of a chart and of its subcharts see; and what they do of the chart itself.
fn see(chart: &Chart, parent: &Map, is_outermost: bool, (seen, log): (&mut Vec<Map>, &Rc<Log>)) -> Map {
    let values = match parent.get("Values").as_ref().and_then(Value::as_map).cloned() {
        Some(values) if is_outermost => values,
        values => {
            let own = values.and_then(|values| values.get(chart.name.as_str())?.as_map().cloned());
            own.unwrap_or_else(|| {
                let none = Map::default();
                none.watch_as(MapId::of_chart(seen.len(), Part::Values), log);
                none
            })
        }
    };
    let subcharts = Map::default();
    let copied = |key: &str| parent.get(key).unwrap_or(Value::NIL);
    let of_it = |value: Value| if chart.is_unseen { Value::unknown() } else { value };
    let data: Map = [
        ("Chart", of_it(Value::object("chart.Metadata", chart.metadata.lazy_copy()))),
        ("Files", of_it(Value::object(FILES, chart.files.clone()))),
        ("Release", copied("Release")),
        ("Capabilities", copied("Capabilities")),
        ("Values", if chart.is_unseen { copied("Values") } else { Value::map(values.holding(Holds::Chart)) }),
        ("Subcharts", of_it(Value::map(subcharts.clone()))),
    ]
    .into_iter()
    .map(|(key, value)| (Text::computed(key), value))
    .collect();
    let number = seen.len();
    let values = data.get("Values").as_ref().and_then(Value::as_map).and_then(Map::watched);
    if let Some(values) = values.filter(|_| is_outermost) {
        log.is_at(values, (MapId::of_chart(0, Part::All), Text::computed("Values")));
    }
    seen.push(data.clone());
    for child in &chart.dependencies {
        subcharts.insert(child.name.clone(), Value::map(see(child, &data, false, (seen, log))));
    }
    subcharts.watch_as(MapId::of_chart(number, Part::Subcharts), log);
    data.watch_as(MapId::of_chart(number, Part::All), log);
    data
}

/// The maps that are made for a chart anew whenever its templates are run, each with its number.
enum Part {
    All,
    Subcharts,
    Template,
    Release,
    /// Where a chart is given none.
    Values,
}

/// How many they are.
const OF_CHART: u32 = 5;

impl MapId {
    fn of_chart(chart: usize, part: Part) -> Self {
        Self(OF_CHART * chart as u32 + part as u32)
    }

    /// The chart whose templates see this map.
    pub(super) fn is_all_of(self) -> Option<usize> {
        let chart = (self.0 / OF_CHART) as usize;
        (self == Self::of_chart(chart, Part::All)).then_some(chart)
    }
}

impl Renderable {
    /// What it sees, the `id`-th template, and of all that its chart's templates see it alone has its own name.
    fn sees(&self, id: usize, seen: &[Map], log: &Rc<Log>) -> Value {
        let (data, this) = (seen.get(self.chart).cloned().unwrap_or_default(), this(self));
        let number = MapId::of_chart(self.chart, Part::Template);
        this.watch_as(number, log);
        log.settles(number, "Name", 1 + id as u32);
        data.put(TEMPLATE, Some(Value::map(this)));
        Value::map(data)
    }
}

fn this(template: &Renderable) -> Map {
    [("Name", &template.name), ("BasePath", &template.base)]
        .into_iter()
        .map(|(key, value)| (Text::computed(key), Value::computed(value)))
        .collect()
}

fn described(release: &Release) -> Map {
    [
        ("Name", Value::computed(&release.name)),
        ("Namespace", Value::computed(&release.namespace)),
        ("IsUpgrade", Value::bool(false)),
        ("IsInstall", Value::bool(true)),
        ("Revision", Value::int(1)),
        ("Service", Value::computed("Helm")),
    ]
    .into_iter()
    .map(|(key, value)| (Text::computed(key), value))
    .collect()
}

/// The group versions that helm takes for granted without a cluster.
const API_VERSIONS: &str = include_str!("api_versions.txt");

fn capabilities(release: &Release) -> Value {
    let minor = release.kubernetes_minor.to_string();
    let version = format!("v1.{minor}.0");
    let fields = |fields: &[(&str, Value)]| -> Map {
        fields.iter().map(|(key, value)| (Text::computed(key), value.clone())).collect()
    };
    let kube = fields(&[
        ("Version", Value::computed(&version)),
        ("Major", Value::computed("1")),
        ("Minor", Value::computed(&minor)),
    ]);
    let versions = API_VERSIONS.lines().map(|line| (Text::computed(line), Value::bool(true))).collect();
    let helm = fields(&[
        ("Version", Value::computed("v3.22")),
        ("GitCommit", Value::computed("")),
        ("GitTreeState", Value::computed("")),
        ("GoVersion", Value::computed("go1.26")),
    ]);
    Value::object(
        "*chartutil.Capabilities",
        fields(&[
            ("KubeVersion", Value::printed(KUBE_VERSION, kube, &version)),
            ("APIVersions", Value::object(VERSION_SET, versions)),
            ("HelmVersion", Value::object("version.BuildInfo", helm)),
        ]),
    )
}
