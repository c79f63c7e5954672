//! A chart rendered, as `helm template` does.

use std::rc::Rc;

use crate::sort;

use super::chart::Chart;
use super::eval::{Body, Engine, Halt, Namespace, holes};
use super::object::{FILES, KUBE_VERSION, VERSION_SET};
use super::origin::BodyId;
use super::parse::{ParseError, parse};
use super::text::Text;
use super::value::{Holds, Kind, Map, Unknown, Value};
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
    pub(super) chart: Chart,
    /// The values as they are given; who runs a template may change them.
    pub(super) values: Value,
    pub(super) release: Release,
    pub(super) namespace: Rc<Namespace>,
}

/// What came of a template.
pub(crate) struct RenderedFile {
    pub(crate) body: BodyId,
    pub(crate) result: Result<Text, Halt>,
    /// What of it nobody knows.
    pub(crate) unknown: Vec<Span>,
}

/// A template, and what it sees as `.`.
pub(super) struct Renderable {
    name: String,
    text: Text,
    data: Map,
    base: String,
}

/// Renders a chart whose subcharts are settled.
pub(crate) fn render(chart: Chart, values: Map, release: &Release) -> Rendering {
    let pristine = Value::map(values.clone()).deep_copy();
    let templates = templates(&chart, values, release);
    let body = |template: &Renderable| Body { name: Rc::from(&*template.name), text: template.text.clone() };
    let mut engine = Engine::new(templates.iter().map(body).collect());
    engine.lacks_charts = chart.lacks();
    engine.has_no_values = chart.is_unseen;
    let mut namespace = Namespace::default();
    let mut unparsed = Vec::new();
    for (id, template) in templates.iter().enumerate() {
        let id = BodyId(id as u32);
        match parse(&template.name, id, template.text.as_str()) {
            Ok(parsed) => namespace.add(parsed, template.text.as_str()),
            Err(error) => unparsed.push((id, error)),
        }
    }
    let namespace = Rc::new(namespace);
    let mut files = Vec::new();
    for (id, template) in templates.iter().enumerate() {
        let base = template.name.rsplit('/').next().unwrap_or_default();
        let Some(parsed) = namespace.find(&template.name).filter(|_| !base.starts_with('_')) else { continue };
        let result = engine.run(parsed, &namespace, &template.seen()).map(|text| holes(&text));
        let (result, unknown) = match result {
            Ok((text, unknown)) => (Ok(text), unknown),
            Err(halt) => (Err(halt), Vec::new()),
        };
        files.push(RenderedFile { body: BodyId(id as u32), result, unknown });
    }
    let stage = Stage { chart, values: pristine, release: release.clone(), namespace };
    Rendering { engine, files, unparsed, stage }
}

/// The templates of a chart, in helm's order, with what each sees.
pub(super) fn templates(chart: &Chart, values: Map, release: &Release) -> Vec<Renderable> {
    let top = Map::default();
    top.insert(Text::computed("Release"), Value::map(described(release)));
    top.insert(Text::computed("Capabilities"), capabilities(release));
    let values = values.holding(Holds::Chart);
    let shown = if chart.is_unseen { Value::new(Kind::Unknown(Unknown::of(values))) } else { Value::map(values) };
    top.insert(Text::computed("Values"), shown);
    let mut templates = Vec::new();
    collect(chart, &top, None, &mut templates);
    let depth = |template: &Renderable| template.name.matches('/').count();
    sort::by(&mut templates, |one, other| (depth(other), &other.name).cmp(&(depth(one), &one.name)));
    templates
}

/// The templates of a chart and of its subcharts; and what they see.
fn collect(chart: &Chart, parent: &Map, path: Option<&str>, templates: &mut Vec<Renderable>) -> Map {
    let name = chart.name.as_str();
    let path = path.map_or_else(|| name.to_owned(), |parent| format!("{parent}/charts/{name}"));
    let values = match parent.get("Values").as_ref().and_then(Value::as_map).cloned() {
        Some(values) if path == name => values,
        Some(values) => values.get(name).as_ref().and_then(Value::as_map).cloned().unwrap_or_default(),
        None => Map::default(),
    };
    let subcharts = Map::default();
    let copied = |key: &str| parent.get(key).unwrap_or(Value::NIL);
    let seen = |value: Value| if chart.is_unseen { Value::unknown() } else { value };
    let data: Map = [
        ("Chart", seen(Value::object("chart.Metadata", chart.metadata.clone()))),
        ("Files", seen(Value::object(FILES, chart.files.clone()))),
        ("Release", copied("Release")),
        ("Capabilities", copied("Capabilities")),
        ("Values", if chart.is_unseen { copied("Values") } else { Value::map(values.holding(Holds::Chart)) }),
        ("Subcharts", seen(Value::map(subcharts.clone()))),
    ]
    .into_iter()
    .map(|(key, value)| (Text::computed(key), value))
    .collect();
    for child in &chart.dependencies {
        let seen = collect(child, &data, Some(&path), templates);
        subcharts.insert(child.name.clone(), Value::map(seen));
    }
    let is_partial = |name: &str| name.rsplit('/').next().is_some_and(|base| base.starts_with('_'));
    for (name, text) in &chart.templates {
        if !chart.is_library || is_partial(name) {
            let (name, base) = (format!("{path}/{name}"), format!("{path}/templates"));
            templates.push(Renderable { name, text: text.clone(), data: data.clone(), base });
        }
    }
    data
}

impl Renderable {
    /// What it sees, and of all that its chart's templates see it alone has its own name.
    pub(super) fn seen(&self) -> Value {
        self.data.insert(Text::computed("Template"), Value::map(this(self)));
        Value::map(self.data.clone())
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
