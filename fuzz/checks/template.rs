//! Any text as a chart: what its templates print, and what is found in it, leads to places that are there.

use batchlint::schedule::Instant;
use batchlint::template::{ChartFile, FileId, FilePlace, Given, Notation, Release, Setting, render_given};
use batchlint::text::{Source, Span};
use batchlint::{Config, lint};

/// What stands between the parts of a text, and what each of them is.
const BETWEEN: &str = "\n%%\n";
const PARTS: [&str; 4] = ["templates/job.yaml", "values.yaml", "templates/_helpers.tpl", "ci/test-values.yaml"];

pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), source: Source::new(path, text) };
    let mut files = vec![file("Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n")];
    let mut parts = text.split(BETWEEN);
    files.extend(PARTS.iter().zip(&mut parts).map(|(path, text)| file(path, text)));
    let setting = parts.next().unwrap_or_default();
    let settings = [Notation::Plain, Notation::Text, Notation::Json]
        .into_iter()
        .filter_map(|way| Setting::read(way, setting).ok());
    let mut given = Given { settings: settings.collect(), ..Given::default() };
    if files.len() > PARTS.len() {
        given.files.push(FileId::at(PARTS.len()));
    }
    if let Ok(rendered) = render_given(&files, &given, &Release::of(35)) {
        for stop in rendered.stops() {
            stands(&files, stop.at);
            stop.from.into_iter().for_each(|from| stands(&files, from));
        }
        for output in rendered.outputs() {
            let words = output.text.match_indices(' ').map(|(at, _)| at as u32).take(200);
            for (start, end) in words.scan(0, |start, end| Some((std::mem::replace(start, end), end))) {
                let Some(placed) = rendered.place(output, Span::new(start, end)) else { continue };
                stands(&files, placed.at);
                placed.via.into_iter().for_each(|place| stands(&files, place));
                placed.related.into_iter().for_each(|(place, _)| stands(&files, place));
            }
        }
    }
    let report = lint::chart_given(&files, &[Given::default(), given], &Config::at(Instant::from_unix(0)));
    for (at, file) in files.iter().enumerate() {
        for finding in report.shown(FileId::at(at), |_| true).findings {
            assert!(file.source.text().get(finding.span.range()).is_some(), "{finding:?} is not in {}", file.path);
        }
    }
}

fn stands(files: &[ChartFile], (file, span): FilePlace) {
    let text = files[file.index()].source.text();
    assert!(text.get(span.range()).is_some(), "{span:?} is not in {}", files[file.index()].path);
}
