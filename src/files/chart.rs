//! Helm charts: the folders that have a Chart.yaml.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::paths::{named_in, shortest};
use super::{Input, Size, has_manifest_name, normal, read, whole};
use crate::config::ChartValues;
use crate::sort;
use crate::template::{ChartFile, FileId, Given, local_dependencies};

/// Files of a chart that are read at the most.
const MOST_FILES: usize = 10_000;
/// Charts in each other that are climbed at the most.
const DEEPEST: usize = 10;

/// The folder of the chart that a template or values file belongs to, and the file's path from there on; of charts in
/// each other, the outermost.
#[must_use]
pub fn chart_of(path: &Path) -> Option<(PathBuf, String)> {
    if !may_be_of_chart(path) {
        return None;
    }
    let whole = whole(path);
    let mut root = own_chart_of(&whole)?;
    for _ in 0..DEEPEST {
        let Some(parent) = parent_chart_of(root) else { break };
        root = parent;
    }
    Some((named_in(path, root), inside(&whole, root)?))
}

/// Whether a file of that name says something of a chart, or of its values: it is no manifest.
#[must_use]
pub(super) fn describes_chart(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_of_values = name.contains("values") && has_manifest_name(path);
    if !is_of_values && !matches!(name, "Chart.yaml" | "requirements.yaml") {
        return false;
    }
    let whole = whole(path);
    let folder = whole.parent();
    let around_tests = folder.filter(|folder| folder.ends_with("ci")).and_then(Path::parent);
    [folder, around_tests].into_iter().flatten().any(is_chart)
}

/// Whether a file of another name than a manifest's is a template of a chart: what is found in others may stand there.
#[must_use]
pub fn is_template_of_chart(path: &Path) -> bool {
    let is_said = path.file_name().is_some_and(|name| name == "NOTES.txt");
    !is_said && !has_manifest_name(path) && may_be_of_chart(path) && own_chart_of(&whole(path)).is_some()
}

/// The files of a chart at which something of it may be found, in order.
#[must_use]
pub fn places_in_chart(root: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    collect(root, &mut paths);
    let mut paths: Vec<PathBuf> = paths.iter().map(|path| shortest(path)).collect();
    paths.retain(|path| may_be_of_chart(path) && own_chart_of(&whole(path)).is_some());
    sort::ascending(&mut paths);
    paths
}

/// The files elsewhere at which something of a chart may be found: those of charts that it depends on, the values that
/// it is given, and those that it is tested with.
#[must_use]
pub fn places_beside_chart(root: &Path, values: &ChartValues, most: Size) -> Vec<PathBuf> {
    let description = ["Chart.yaml", "requirements.yaml"].into_iter();
    let description: Vec<ChartFile> = description.filter_map(|name| file(&root.join(name), root, most)).collect();
    let folders = dependencies(root, &description).into_iter();
    let mut places: Vec<PathBuf> = folders.flat_map(|(_, folder)| places_in_chart(&folder)).collect();
    places.extend(values.files.iter().map(PathBuf::from));
    let mut tested = Vec::new();
    collect(&root.join("ci"), &mut tested);
    tested.retain(|path| inside(path, root).is_some_and(|path| is_for_tests(&path)));
    sort::ascending(&mut tested);
    places.extend(tested.iter().map(|path| shortest(path)));
    places
}

/// A chart as it lies there.
#[derive(Debug, Clone, Default)]
pub struct ChartOnDisk {
    /// All texts of it and of what it is given, in order of their paths; what is no text is left out.
    pub files: Vec<ChartFile>,
    /// What it is rendered with, one after the other: first what is wanted, then the values that it is tested with.
    pub sets: Vec<Given>,
}

impl ChartOnDisk {
    /// Puts a text in the place of the file of the same path, or among the others.
    pub fn stand_in(&mut self, file: ChartFile) {
        match self.files.binary_search_by(|one| one.path.cmp(&file.path)) {
            Ok(at) => self.files[at] = file,
            Err(at) => {
                self.files.insert(at, file);
                let behind = self.sets.iter_mut().flat_map(|set| &mut set.files).filter(|id| id.index() >= at);
                behind.for_each(|id| *id = FileId::at(id.index() + 1));
            }
        }
    }
}

/// Reads a chart, the charts in folders that it depends on, and the values that it is given.
#[must_use]
pub fn read_chart(root: &Path, values: &ChartValues, most: Size) -> ChartOnDisk {
    let mut files = files_of_chart(root, most, 0);
    for (at, path) in values.files.iter().enumerate() {
        // What cannot be read was refused before.
        let source = read(&Input::Named(PathBuf::from(path)), most);
        files.extend(source.map(|source| ChartFile { path: format!("/{at:04}"), source }));
    }
    sort::by(&mut files, |one, other| one.path.cmp(&other.path));
    let named = |is_meant: fn(&str) -> bool| {
        let meant = files.iter().enumerate().filter(move |(_, file)| is_meant(&file.path));
        meant.map(|(at, _)| FileId::at(at))
    };
    let wanted = Given { files: named(|path| path.starts_with('/')).collect(), settings: values.settings.clone() };
    let tried = named(is_for_tests).map(|file| Given { files: vec![file], ..Given::default() });
    let sets = [wanted].into_iter().chain(tried).collect();
    ChartOnDisk { files, sets }
}

/// Whether a file has values that a chart is tested with.
fn is_for_tests(path: &str) -> bool {
    path.strip_prefix("ci/").is_some_and(|name| name.ends_with("-values.yaml") && !name.contains('/'))
}

/// All texts of a chart, and of those that it depends on as if they lay in it.
fn files_of_chart(root: &Path, most: Size, depth: usize) -> Vec<ChartFile> {
    let mut paths = Vec::new();
    collect(root, &mut paths);
    let mut files: Vec<ChartFile> = paths.iter().filter_map(|path| file(path, root, most)).collect();
    if depth == DEEPEST {
        return files;
    }
    for (name, folder) in dependencies(root, &files) {
        let inside = format!("charts/{name}/");
        if files.len() < MOST_FILES && !files.iter().any(|file| file.path.starts_with(&inside)) {
            let others = files_of_chart(&folder, most, depth + 1).into_iter();
            files.extend(others.map(|other| ChartFile { path: format!("{inside}{}", other.path), ..other }));
        }
    }
    sort::by(&mut files, |one, other| one.path.cmp(&other.path));
    files
}

fn file(path: &Path, root: &Path, most: Size) -> Option<ChartFile> {
    let inside = inside(path, root)?;
    Some(ChartFile { path: inside, source: read(&Input::Found(shortest(path)), most).ok()? })
}

/// The charts in folders of their own that a chart depends on, by name.
fn dependencies(root: &Path, files: &[ChartFile]) -> Vec<(String, PathBuf)> {
    let folder = |way: &str| {
        let folder = root.join(way);
        if root.is_absolute() { normal(&folder) } else { folder }
    };
    let local = local_dependencies(files).into_iter().map(|(name, way)| (name, folder(&way)));
    local.filter(|(_, folder)| is_chart(folder)).collect()
}

/// The path of a file in a folder.
fn inside(path: &Path, root: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Whether a file's name, and what is known of the folder it starts from, do not rule it out.
fn may_be_of_chart(path: &Path) -> bool {
    static STARTS_AMONG_TEMPLATES: LazyLock<bool> = LazyLock::new(|| is_among_templates(&whole(Path::new(""))));
    let is_values = path.file_name().is_some_and(|name| name == "values.yaml");
    is_values || is_among_templates(path) || !path.is_absolute() && *STARTS_AMONG_TEMPLATES
}

fn is_among_templates(path: &Path) -> bool {
    path.iter().any(|part| part == "templates")
}

fn own_chart_of(path: &Path) -> Option<&Path> {
    if path.file_name().is_some_and(|name| name == "values.yaml") {
        return path.parent().filter(|folder| is_chart(folder));
    }
    let folders = path.ancestors().skip(1).filter(|folder| folder.file_name().is_some_and(|name| name == "templates"));
    folders.filter_map(Path::parent).find(|folder| is_chart(folder))
}

fn parent_chart_of(root: &Path) -> Option<&Path> {
    let charts = root.parent().filter(|folder| folder.file_name().is_some_and(|name| name == "charts"))?;
    charts.parent().filter(|folder| is_chart(folder))
}

fn is_chart(folder: &Path) -> bool {
    folder.join("Chart.yaml").is_file()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(here) else { return };
    for entry in entries.flatten() {
        let path = folder.join(entry.file_name());
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if !matches!(entry.file_name().to_str(), Some(".git" | "node_modules")) {
                collect(&path, paths);
            }
        } else if paths.len() < MOST_FILES && (kind.is_file() || kind.is_symlink()) {
            paths.push(path);
        }
    }
}
