//! What charts print, and where it is written, of recorded ones and of those with a piece of another one in them.

use std::path::Path;

use batchlint::template::{self, ChartFile, Release};
use batchlint::text::{Source, Span};
use serde_json::Value;
use walkdir::WalkDir;

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;

/// Stretches of so many bytes are asked for, each by its place.
const STRETCH: usize = 11;

/// Renders the charts below a folder, and so many that are damaged.
pub(crate) fn render(folder: &Path, damaged: u64, digests: &mut Digests) {
    let charts = all_below(folder);
    let texts: Vec<String> = charts.iter().flatten().map(|file| file.source.text().to_owned()).collect();
    charts.iter().for_each(|chart| add(chart, "recorded", digests));
    for number in 0..damaged {
        let mut random = Random::new(2, number);
        let mut chart = random.pick(&charts).cloned().expect("there are some");
        let at = random.below(chart.len());
        let text = splice(chart[at].source.text(), &texts, &mut random);
        chart[at].source = Source::new(chart[at].path.as_str(), text);
        add(&chart, "damaged", digests);
    }
}

/// The charts below a folder, each in one that is named so.
pub(crate) fn all_below(folder: &Path) -> Vec<Vec<ChartFile>> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let charts = entries.filter(|entry| entry.file_type().is_dir() && entry.file_name() == "chart");
    charts.map(|entry| files(entry.path())).collect()
}

/// Calls functions with what others are called with, so many times.
pub(crate) fn call_functions(count: u64, digests: &mut Digests) {
    let recorded = include_str!("../../fixtures/templates/functions.jsonl").lines();
    let templates: Vec<String> = recorded
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["template"].as_str().expect("text").to_owned())
        .collect();
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let chart = "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: \"4.5\"\n";
    let values = include_str!("../../fixtures/templates/values.yaml");
    for number in 0..count {
        let mut random = Random::new(9, number);
        let template = random.pick(&templates).expect("there are some");
        let template = splice(template, &templates, &mut random);
        let files = [file("Chart.yaml", chart), file("values.yaml", values), file("templates/t", &template)];
        add(&files, "called", digests);
    }
}

fn add(chart: &[ChartFile], what: &str, digests: &mut Digests) {
    let rendered = match template::render(chart, &Release::of(35)) {
        Ok(rendered) => rendered,
        Err(stop) => return digests.add(&format!("{what}: not read"), &stop),
    };
    digests.add(&format!("{what}: stops"), &rendered.stops());
    for output in rendered.outputs() {
        let end = u32::try_from(output.text.len()).expect("small");
        // What is random is another text each time.
        if rendered.is_unknown(output, Span::new(0, end)) {
            continue;
        }
        digests.add(&format!("{what}: printed"), &(output.name, output.text));
        for start in (0..end).step_by(STRETCH) {
            let span = Span::new(start, end.min(start + 7));
            digests.add(&format!("{what}: places"), &rendered.place(output, span));
        }
    }
}

fn files(chart: &Path) -> Vec<ChartFile> {
    let entries = WalkDir::new(chart).sort_by_file_name().into_iter().filter_map(Result::ok);
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(chart).ok()?.to_string_lossy().into_owned();
        Some(ChartFile { source: Source::new(path.as_str(), std::fs::read_to_string(entry.path()).ok()?), path })
    };
    entries.filter(|entry| entry.file_type().is_file()).filter_map(file).collect()
}
