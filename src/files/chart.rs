//! Helm charts: the folders that have a Chart.yaml.

#![expect(clippy::disallowed_methods, reason = "this is the floor that touches the disk")]

use std::fs;
use std::path::{Path, PathBuf};

use super::{Input, Size, has_manifest_name, read};
use crate::template::ChartFile;

/// Files of a chart that are read at the most.
const MOST_FILES: usize = 10_000;
/// Charts in each other that are climbed at the most.
const DEEPEST: usize = 10;

/// The folder of the chart that a template or values file belongs to, and the file's path from there on; of charts in
/// each other, the outermost.
#[must_use]
pub fn chart_of(path: &Path) -> Option<(PathBuf, String)> {
    let mut root = own_chart_of(path)?;
    for _ in 0..DEEPEST {
        let Some(parent) = parent_chart_of(root) else { break };
        root = parent;
    }
    let inside = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    Some((root.to_owned(), parts?.join("/")))
}

/// Whether a file of another name than a manifest's is a template of a chart: what is found in others may stand there.
#[must_use]
pub fn is_template_of_chart(path: &Path) -> bool {
    let is_said = path.file_name().is_some_and(|name| name == "NOTES.txt");
    !is_said && !has_manifest_name(path) && own_chart_of(path).is_some()
}

/// All texts of a chart, in order of their paths; what is no text is left out.
#[must_use]
pub fn files_of_chart(root: &Path, most: Size) -> Vec<ChartFile> {
    let mut files = Vec::new();
    collect(root, (root, most), &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
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

fn collect(folder: &Path, (root, most): (&Path, Size), files: &mut Vec<ChartFile>) {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(here) else { return };
    for entry in entries.flatten() {
        let path = folder.join(entry.file_name());
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if !matches!(entry.file_name().to_str(), Some(".git" | "node_modules")) {
                collect(&path, (root, most), files);
            }
            continue;
        }
        let is_wanted = files.len() < MOST_FILES && (kind.is_file() || kind.is_symlink());
        let Some(inside) = path.strip_prefix(root).ok().filter(|_| is_wanted) else { continue };
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        if let (Some(parts), Ok(source)) = (parts, read(&Input::Found(path.clone()), most)) {
            files.push(ChartFile { path: parts.join("/"), source });
        }
    }
}
