//! What is found in charts and kustomizations, mended in charts, and moved to where it is written; recorded ones, those of
//! the rules' examples, and all of those with a piece of another one in them.

use std::path::Path;
use std::sync::Arc;

use batchlint::analysis::analyse;
use batchlint::config::Config;
use batchlint::diagnostic::Safety;
use batchlint::kustomize::build::{InMemory, Written, build};
use batchlint::lint::{self, Builds, chart_given, kustomization, lint};
use batchlint::mend::{ChartMending, mend_chart};
use batchlint::template::{ChartFile, FileId, Given, Notation, Setting};
use batchlint::text::Source;
use walkdir::WalkDir;

use crate::digest::Digests;
use crate::kustomizations::{self, Texts};
use crate::random::Random;
use crate::splice::splice;
use crate::{NOW, charts, examples, faults, shared, wild};

/// Charts: the recorded ones, and those of the examples.
fn all_charts() -> Option<Vec<Vec<ChartFile>>> {
    let mut all = charts::all_below(&shared::find("conformance/templates/hand")?);
    all.extend(charts::all_below(&shared::find("conformance/templates/random")?).into_iter().step_by(12));
    let examples = examples().into_iter().filter(|example| example.contains("Chart.yaml"));
    all.extend(examples.map(|example| {
        let files = files_of(&example);
        let root = files.keys().find_map(|path| path.strip_suffix("Chart.yaml")).unwrap_or_default();
        let file = |(path, text): (&String, &String)| {
            let path = path.strip_prefix(root).unwrap_or(path).to_owned();
            ChartFile { source: Source::new(path.as_str(), text.as_str()), path }
        };
        files.iter().map(file).collect()
    }));
    Some(all)
}

/// Charts of this repository, with their paths.
pub(crate) fn charts_in_folders() -> Vec<(String, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["charts/report", "templates/backup"].into_iter();
    let files = folders.flat_map(|folder| WalkDir::new(fixtures.join(folder)).sort_by_file_name());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&fixtures).ok()?.to_string_lossy().into_owned();
        Some((path, crate::read(entry.path())?))
    };
    files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).filter_map(file).collect()
}

/// The files of an example that has several.
pub(crate) fn files_of(example: &str) -> Texts {
    let files = example.split("# file: ").skip(1).filter_map(|file| file.split_once('\n'));
    files.map(|(path, text)| (path.to_owned(), text.trim_end_matches("---\n").to_owned())).collect()
}

#[test]
fn findings_and_fixes_in_charts() {
    let (Some(charts), mut digests) = (all_charts(), Digests::default()) else { return };
    let texts: Vec<String> = charts.iter().flatten().map(|file| file.source.text().to_owned()).collect();
    let config = Config::at(NOW).with_pedantic(true);
    for number in 0..700 {
        let mut random = Random::new(70, number);
        let mut files = random.pick(&charts).cloned().expect("there are some");
        for _ in 0..random.below(3) {
            let at = random.below(files.len());
            let old = files[at].source.text();
            let is_fault = random.chance(50);
            let text = if is_fault { faults::plant(old, &mut random) } else { splice(old, &texts, &mut random) };
            files[at].source = Source::new(files[at].path.as_str(), text);
        }
        let set = Setting::read(Notation::Plain, ["a=1", "image.tag=2", "enabled=true,job=null"][random.below(3)]);
        let given = Given { settings: set.into_iter().collect(), ..Given::default() };
        let sets = [Given::default(), given];
        let sets = &sets[..1 + random.below(2)];
        let report = chart_given(&files, sets, &config);
        for (at, file) in files.iter().enumerate() {
            let id = FileId::at(at);
            let shown = report.shown(id, |_| true);
            shown.findings.iter().chain(&shown.suppressed).for_each(|finding| digests.add(finding.rule, finding));
            if let Some(report) = report.of_template(id, true) {
                digests.add("(of templates)", &report.findings.len());
                digests.add("(not checked)", &report.documents);
            } else {
                let mut own = lint(&file.source, &config);
                report.add_to(&mut own, id);
                digests.add("(of other files)", &own.findings.len());
            }
            digests.add("(facts)", &report.facts(id));
        }
        digests.add("(tried)", &report.tried());
        if number % 3 == 0 {
            let all = |_: &ChartFile| true;
            let how = ChartMending {
                given: &sets[0],
                config: &config,
                allowed: Safety::Unsafe,
                is_asked: &all,
                may_change: &all,
            };
            let mended = mend_chart(&files, how);
            let texts: Vec<&str> = mended.files.iter().map(|file| file.source.text()).collect();
            digests.add("(mended)", &(texts, mended.applied));
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn findings_in_templates_without_their_charts() {
    let (Some(charts), mut digests) = (all_charts(), Digests::default()) else { return };
    let mut texts: Vec<String> =
        charts.iter().flatten().filter(|file| file.is_template()).map(|file| file.source.text().to_owned()).collect();
    let Some(helm) = shared::find("wild/helm") else { return };
    let wild = WalkDir::new(helm).sort_by_file_name().into_iter().filter_map(Result::ok);
    let wild = wild.filter_map(|file| crate::read(file.path())).filter(|text| (1..crate::LONG).contains(&text.len()));
    texts.extend(wild);
    let config = Config::at(NOW).with_pedantic(true);
    for number in 0..400 {
        let mut random = Random::new(71, number);
        let text = random.pick(&texts).expect("there are some");
        let text = match random.below(3) {
            0 => text.clone(),
            1 => splice(text, &texts, &mut random),
            _ => faults::plant(text, &mut random),
        };
        digests.add_findings(&lint(&Source::new("templates/a.yaml", text), &config));
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn findings_in_kustomizations() {
    let mut cases = kustomizations::recorded();
    let examples = examples().into_iter().filter(|example| example.contains("kustomization.yaml"));
    cases.extend(examples.map(|example| files_of(&example)));
    let texts: Vec<String> = cases.iter().flat_map(|case| case.values().cloned()).collect();
    let (config, mut digests) = (Arc::new(Config::at(NOW).with_pedantic(true)), Digests::default());
    for number in 0..500 {
        let mut random = Random::new(72, number);
        let mut case = random.pick(&cases).cloned().expect("there are some");
        for _ in 0..random.below(3) {
            let at = random.below(case.len());
            let text = case.values_mut().nth(at).expect("a file");
            let is_fault = random.chance(50);
            *text = if is_fault { faults::plant(text, &mut random) } else { splice(text, &texts, &mut random) };
        }
        let files = InMemory::of(case.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let folders: Vec<&str> = case
            .keys()
            .filter(|name| name.ends_with("kustomization.yaml"))
            .map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder))
            .collect();
        let made: Vec<_> = folders.iter().map(|folder| kustomization(build(&files, folder), &config)).collect();
        let builds = Builds::of(&made);
        for (_, Written { source, .. }) in files.iter() {
            let mut report = lint(source, &config);
            builds.add_to(&mut report, source, &config);
            report.findings.iter().for_each(|finding| digests.add(finding.rule, finding));
            digests.add("(suppressed)", &report.suppressed);
        }
    }
    insta::assert_snapshot!(digests.table());
}

#[test]
fn what_is_known_of_texts_to_checks_over_many() {
    let (Some(texts), mut digests) = (wild(), Digests::default()) else { return };
    let config = Config::at(NOW);
    for (name, text) in texts.into_iter().step_by(3) {
        let (report, facts) = lint::report(&analyse(Source::new(name, text), config.settings()), &config);
        digests.add("facts", &facts);
        digests.add("documents", &report.documents);
    }
    insta::assert_snapshot!(digests.table());
}
