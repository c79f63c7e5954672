//! What there is to check, and what holds for each of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::changing::Changing;
use super::overlays::Overlay;
use super::{Args, Product};
use crate::analysis::Settings;
use crate::cli::configuration::{Configurations, Faults, Named, shown, whole};
use crate::cli::surroundings;
use crate::config::Config;
use crate::files::{self, Before, Input, Patches, Size, Texts};
use crate::hash::HashSet;
use crate::project::Scope;
use crate::render::STDIN;
use crate::text::Role;

/// What there is to check.
pub(super) struct Plan {
    pub(super) inputs: Vec<Planned>,
    /// Files of charts that are not among them, and in which those of their charts that are may show something.
    pub(super) beside: Vec<Planned>,
    /// The kustomizations to build, and the texts that they are built of.
    pub(super) overlays: Vec<Overlay>,
    pub(super) texts: Texts,
    /// How many were left out.
    pub(super) excluded: usize,
    /// What holds for findings over all files.
    pub(super) whole: Arc<Config>,
    /// How much of what belongs together is checked.
    pub(super) scope: Scope,
    /// The file that knows what was there before.
    pub(super) baseline: Option<Named>,
    /// What else changed, where it is asked what changes do.
    pub(super) changing: Option<Changing>,
}

pub(super) struct Planned {
    pub(super) input: Result<Input, files::Error>,
    pub(super) config: Arc<Config>,
    /// What it is by what other files say.
    pub(super) role: Role,
    /// What it held before, where only what changed counts.
    pub(super) before: Option<Before>,
}

impl Args {
    /// What there is to check, each with its configuration; and the one that holds for all of it together.
    pub(super) fn plan(&self) -> Result<Plan, Faults> {
        let settings = Settings::at(surroundings::now());
        let mut configurations = Configurations::new(&self.configuration, settings, self.layer())?;
        let changes = self.changes()?;
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        let first = if first.as_os_str() == "-" { Path::new("") } else { first };
        let baseline = match self.baseline.named() {
            Some(named) => Some(Named { path: whole(named), place: String::new() }),
            None => configurations.baseline(first)?,
        };
        // What did not change, or is known, is left out before anything is counted.
        let is_all = changes.is_none() && baseline.is_none();
        configurations.reads_charts = true;
        configurations.most = self.most().filter(|_| is_all);
        configurations.is_given_only = self.no_assumptions;
        let of_all = configurations.of_all(first)?;
        let least = of_all.min_severity();
        if let Some(why) = self.unreachable(least, &format!("`min-severity = \"{}\"`", least.name())) {
            return Err(vec![why]);
        }
        let own = Own::new(self.outputs(), baseline.as_ref())?;
        let (mut inputs, mut excluded) = (Vec::new(), 0);
        for input in configurations.find(&self.paths, &self.stdin_filename, changes.as_ref())? {
            let path = path(&input);
            let is_named = input.as_ref().is_ok_and(Input::is_named);
            if own.is_met(path, is_named)? {
                continue;
            }
            // A text that has no name, or is to come out again, is wanted, whatever it stands in for.
            let is_wanted =
                path.as_os_str() == STDIN || matches!(input, Ok(Input::Stdin(_))) && self.product() == Product::Text;
            let config =
                if is_wanted { Some(configurations.of(path)?) } else { configurations.of_wanted(path, is_named)? };
            match config {
                Some(config) => inputs.push(Planned { input, config, role: Role::Manifest, before: None }),
                None => excluded += 1,
            }
        }
        let patches = Patches::around(inputs.iter().map(Planned::path), self.reading.max_file_size);
        inputs.iter_mut().for_each(|planned| planned.role = patches.role(planned.path()));
        let mut changing = None;
        if let Some(changes) = changes {
            self.compare(&mut inputs, &changes)?;
            if of_all.selection().asks_for_changes() {
                let known: Vec<&Path> = inputs.iter().map(Planned::path).collect();
                changing = Some(self.changing(&changes, &known, &mut configurations)?);
            }
        }
        let stream = self.chart_of_stream();
        let mut beside = beside((&inputs, stream), &mut configurations, self.reading.max_file_size)?;
        let has_some = patches.have_kustomizations();
        let given = inputs.iter().filter_map(|planned| planned.input.as_ref().ok()).filter(|_| has_some);
        let texts = Texts::around(given, self.reading.max_file_size);
        let overlays = overlays(&patches, &texts, &mut beside, &mut configurations)?;
        let (whole, scope) = (of_all, self.scope());
        Ok(Plan { inputs, beside, overlays, texts, excluded, whole, scope, baseline, changing })
    }
}

/// The kustomizations that build something that was asked for; what else they are made of comes beside that.
fn overlays(
    patches: &Patches,
    texts: &Texts,
    beside: &mut Vec<Planned>,
    configurations: &mut Configurations<'_>,
) -> Result<Vec<Overlay>, Faults> {
    let mut known: HashSet<PathBuf> = beside.iter().map(|planned| planned.path().to_owned()).collect();
    let mut overlays = Vec::new();
    for (folder, files) in patches.roots(texts) {
        let others = files.iter().filter(|file| !texts.are_given(file)).map(|file| PathBuf::from(texts.name(file)));
        for path in others.filter(|path| known.insert(path.clone())) {
            if let Some(config) = configurations.of_wanted(&path, false)? {
                beside.push(Planned { input: Ok(Input::Found(path)), config, role: Role::Manifest, before: None });
            }
        }
        let config = configurations.of(&folder.join("kustomization.yaml"))?;
        overlays.push(Overlay { folder, config });
    }
    Ok(overlays)
}

/// The other files of the charts that some belong to, and those around them, but for those that are left out;
/// and those of the chart that standard input was printed of.
fn beside(
    (inputs, stream): (&[Planned], Option<PathBuf>),
    configurations: &mut Configurations<'_>,
    most: Size,
) -> Result<Vec<Planned>, Faults> {
    let mut roots = BTreeMap::new();
    roots.extend(stream.zip(inputs.first().map(|planned| &planned.config)));
    for planned in inputs {
        if let Some((root, _)) = files::chart_of(planned.path()) {
            roots.entry(root).or_insert(&planned.config);
        }
    }
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let mut known: HashSet<PathBuf> = inputs.iter().map(|planned| whole(planned.path())).collect();
    let own = roots.keys().flat_map(|root| files::places_in_chart(root));
    let mut paths: Vec<PathBuf> = own.filter(|path| known.insert(whole(path))).collect();
    // What is checked itself may be a part of other charts.
    let around = roots.iter().flat_map(|(root, config)| files::places_beside_chart(root, config.chart_values(), most));
    let mut known: HashSet<PathBuf> = paths.iter().map(|path| whole(path)).collect();
    paths.extend(around.filter(|path| known.insert(whole(path))));
    let mut beside = Vec::new();
    for path in paths {
        if let Some(config) = configurations.of_wanted(&path, false)? {
            beside.push(Planned { input: Ok(Input::Found(path)), config, role: Role::Manifest, before: None });
        }
    }
    Ok(beside)
}

/// The files of findings, from the root on: they are no manifests.
struct Own<'p> {
    outputs: Vec<PathBuf>,
    baseline: Option<&'p Path>,
}

impl<'p> Own<'p> {
    fn new(outputs: Vec<PathBuf>, baseline: Option<&'p Named>) -> Result<Self, Faults> {
        let baseline = baseline.map(|baseline| baseline.path.as_path());
        match baseline.filter(|path| outputs.iter().any(|output| output == path)) {
            Some(path) => Err(taken(&shown(path), "is the baseline")),
            None => Ok(Self { outputs, baseline }),
        }
    }

    /// Whether a folder has one of them; what else is to be checked, findings must not be written over.
    fn is_met(&self, path: &Path, is_named: bool) -> Result<bool, Faults> {
        let place = whole(path);
        let (is_output, is_baseline) = (self.outputs.contains(&place), self.baseline == Some(&place));
        // What was written last time: findings in other formats are not named as manifests are.
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        match is_output && (is_named || !is_json) {
            true => Err(taken(path, "is to be checked")),
            false => Ok(!is_named && (is_output || is_baseline)),
        }
    }
}

fn taken(path: &Path, what: &str) -> Faults {
    vec![format!("{} {what}: findings cannot take its place", path.display())]
}

impl Planned {
    pub(super) fn path(&self) -> &Path {
        path(&self.input)
    }
}

fn path(input: &Result<Input, files::Error>) -> &Path {
    input.as_ref().map_or_else(|error| Path::new(&error.path), Input::path)
}

impl Plan {
    /// Why there is nothing to check, if there is not; who asked for quiet knows what is excluded.
    pub(super) fn nothing(&self, args: &Args) -> Option<String> {
        if !self.inputs.is_empty() {
            return None;
        }
        let paths: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
        let paths = paths.join(", ");
        let why = match (self.excluded, &args.since) {
            (0, None) => return Some(format!("no *.yaml, *.yml or *.json file below {paths}")),
            (0, Some(revision)) => format!("no manifest below {paths} changed since {revision}"),
            (1, _) => format!("the one file below {paths} is excluded"),
            (excluded, _) => format!("all {excluded} files below {paths} are excluded"),
        };
        (!args.telling.quiet).then(|| format!("nothing is checked: {why}"))
    }
}
