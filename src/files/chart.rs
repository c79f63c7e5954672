//! Helm charts: the folders that have a Chart.yaml.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::paths::{named_in, shortest};
use super::{Input, Size, has_manifest_name, read, whole};
use crate::sort;
use crate::template::ChartFile;

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

/// All texts of a chart, in order of their paths; what is no text is left out.
#[must_use]
pub fn files_of_chart(root: &Path, most: Size) -> Vec<ChartFile> {
    let mut paths = Vec::new();
    collect(root, &mut paths);
    let file = |path: PathBuf| {
        let inside = inside(&path, root)?;
        Some(ChartFile { path: inside, source: read(&Input::Found(shortest(&path)), most).ok()? })
    };
    let mut files: Vec<ChartFile> = paths.into_iter().filter_map(file).collect();
    sort::by(&mut files, |one, other| one.path.cmp(&other.path));
    files
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
