//! What kustomizations build is what kustomize builds, with the place of every byte.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read files, ask kustomize, and say what differs"
)]

#[path = "yaml/plain.rs"]
mod plain;
mod program;
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use batchlint::kustomize::build::{Built, Files, Unbuilt, Written, build};
use batchlint::kustomize::is_file_name;
use batchlint::text::{Source, Span};
use batchlint::yaml::{self, Document};
use plain::json_of;
use program::{FOUND, Folder};
use serde_json::Value;

/// The disk as it is.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Option<Arc<Written>> {
        let source = Source::decode(path, fs::read(path).ok()?).ok()?;
        let yaml = yaml::parse(source.text());
        Some(Arc::new(Written { source, yaml }))
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(path).ok()
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }
}

/// The Jobs and CronJobs of a text, by what they are called.
fn objects(text: &str) -> BTreeMap<String, Value> {
    let file = yaml::parse(text);
    assert!(file.errors.is_empty(), "{:?} in {text}", file.errors);
    let all = file.documents.iter().filter_map(Document::root).map(json_of);
    let ours = all.filter(|object| {
        let is_batch = object["apiVersion"].as_str().is_some_and(|version| version.starts_with("batch/"));
        is_batch && matches!(object["kind"].as_str(), Some("Job" | "CronJob"))
    });
    ours.map(|object| {
        let metadata = &object["metadata"];
        (
            format!("{} {} {} {}", object["kind"], metadata["namespace"], metadata["name"], metadata["generateName"]),
            object,
        )
    })
    .collect()
}

/// Each byte that is said to be copied is the byte where it is said to come from.
fn places_hold(built: &Built) {
    let whole = Span::new(0, built.text.len() as u32);
    let mut at = 0;
    for part in built.origins.parts(whole) {
        let source = built.sources[part.source as usize].text();
        let there = source.get(part.span.range()).unwrap_or_else(|| panic!("{part:?} is no place"));
        if part.is_verbatim {
            assert_eq!(&built.text[at..at + part.length as usize], there);
        }
        at += part.length as usize;
    }
    assert_eq!(at, built.text.len());
}

#[test]
fn every_recorded_overlay_is_built_as_kustomize_builds_it() {
    let Some(root) = shared::find("conformance/templates/kustomize") else { return };
    let mut cases = 0;
    for case in fs::read_dir(root).expect("cases").map(|case| case.expect("a case").path()) {
        let expected = fs::read_to_string(case.join("built.yaml")).expect("what kustomize built");
        let built = built(&case.join("overlay")).unwrap_or_else(|why| panic!("{}: {}", case.display(), why.message));
        places_hold(&built);
        assert_eq!(objects(&built.text), objects(&expected), "{}\n{}", case.display(), built.text);
        cases += 1;
    }
    assert!(cases > 20, "{cases}");
}

/// Files that are nowhere but in a recorded case.
struct Recorded {
    files: BTreeMap<String, Arc<Written>>,
}

impl Files for Recorded {
    fn read(&self, path: &str) -> Option<Arc<Written>> {
        self.files.get(path).cloned()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        Some(self.read(path)?.source.text().as_bytes().to_vec())
    }

    fn is_folder(&self, path: &str) -> bool {
        self.files.keys().any(|file| file.starts_with(&format!("{path}/")))
    }
}

/// Whatever kustomize does, as kustomize 5.8.2 did it; where it stops, nothing is recorded, and nothing must be built.
#[test]
fn each_transformation_is_done_as_kustomize_does_it() {
    let cases = include_str!("../fixtures/kustomize/built.jsonl").lines();
    for case in cases.map(|case| serde_json::from_str::<Value>(case).expect("a line is a case")) {
        let written = |(name, text): (&String, &Value)| {
            let text = text.as_str().expect("a file is a text");
            let (source, yaml) = (Source::new(name.as_str(), text), yaml::parse(text));
            (name.clone(), Arc::new(Written { source, yaml }))
        };
        let files = Recorded { files: case["files"].as_object().expect("files").iter().map(written).collect() };
        match (build(&files, "overlay"), case["built"].as_str()) {
            (Ok(built), Some(expected)) => {
                places_hold(&built);
                assert_eq!(objects(&built.text), objects(expected), "{}\n{}", case["case"], built.text);
            }
            (Err(unbuilt), Some(_)) => {
                assert!(UNBUILT.contains(&case["case"].as_str().expect("a name")), "{unbuilt:?}")
            }
            (Ok(built), None) => panic!("{}: kustomize stops here\n{}", case["case"], built.text),
            (Err(_), None) => {}
        }
    }
}

/// What kustomize builds, and nobody here.
const UNBUILT: [&str; 1] = ["m5"];

fn built(folder: &Path) -> Result<Built, Unbuilt> {
    build(&Disk, folder.to_str().expect("UTF-8"))
}

/// `KUSTOMIZE=bin KUSTOMIZATIONS=folder`: whatever is built of a tree of kustomizations, kustomize builds, too.
#[test]
#[ignore = "wants kustomize, and kustomizations"]
fn whatever_is_built_of_a_tree_is_what_kustomize_builds() {
    let (Ok(kustomize), Ok(tree)) = (std::env::var("KUSTOMIZE"), std::env::var("KUSTOMIZATIONS")) else { return };
    let mut folders = Vec::new();
    collect(Path::new(&tree), &mut folders);
    folders.sort();
    let mut counts = BTreeMap::<&str, usize>::new();
    for folder in folders {
        let verdict = match built(&folder) {
            Ok(built) if built.text.is_empty() => "without jobs",
            ours => {
                let mut command = Command::new("timeout");
                let theirs =
                    command.arg("20").arg(&kustomize).arg("build").arg(&folder).output().expect("kustomize runs");
                let text = String::from_utf8_lossy(&theirs.stdout).into_owned();
                compared(&folder, ours, theirs.status.success().then_some(&text))
            }
        };
        *counts.entry(verdict).or_default() += 1;
    }
    println!("{counts:#?}");
    assert!(!counts.contains_key("different"), "{counts:?}");
}

fn compared(folder: &Path, ours: Result<Built, Unbuilt>, theirs: Option<&String>) -> &'static str {
    match (ours, theirs.map(|text| objects(text))) {
        (Ok(built), Some(theirs)) => {
            places_hold(&built);
            let ours = objects(&built.text);
            if ours == theirs {
                return "equal";
            }
            println!("{}\n{ours:#?}\n{theirs:#?}", folder.display());
            "different"
        }
        (Ok(_), None) => "only ours",
        (Err(_), Some(theirs)) if theirs.is_empty() => "only theirs, without jobs",
        (Err(unbuilt), Some(_)) => {
            println!("{}: {}", folder.display(), unbuilt.message);
            "only theirs"
        }
        (Err(_), None) => "neither",
    }
}

fn collect(folder: &Path, folders: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, folders);
        } else if is_file_name(&path.to_string_lossy()) {
            folders.push(folder.to_owned());
        }
    }
}

/// A base with two overlays, of which one changes the schedule, and a file beside it.
fn overlays() -> Folder {
    let patch = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: \"15 3 * * *\"\n";
    let base = FOUND.replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 600");
    Folder::new("kustomize")
        .file("jobs/base/cronjob.yaml", &base)
        .file("jobs/base/kustomization.yaml", "resources: [cronjob.yaml]\n")
        .file("jobs/test/kustomization.yaml", "namespace: test\nresources: [../base]\n")
        .file(
            "jobs/prod/kustomization.yaml",
            "namePrefix: prod-\nresources: [../base]\npatches: [{path: night.yaml}]\n",
        )
        .file("jobs/prod/night.yaml", patch)
        .file("jobs/beside.yaml", &base.replace("name: report", "name: beside").replace("30 4", "45 5"))
}

#[test]
fn runs_are_those_of_what_is_built() {
    let folder = overlays();
    let run = folder.run(["runs", "jobs", "--isolated", "--format=json"]);
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    let mut listed: Vec<String> = said["cronJobs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| format!("{} {} {}:{} {}", one["namespace"], one["name"], one["file"], one["line"], one["schedule"]))
        .collect();
    listed.sort();
    let expected = [
        "\"test\" \"report\" \"jobs/base/cronjob.yaml\":6 \"30 4 * * *\"",
        "null \"beside\" \"jobs/beside.yaml\":6 \"45 5 * * *\"",
        "null \"prod-report\" \"jobs/prod/night.yaml\":6 \"15 3 * * *\"",
    ];
    assert_eq!(listed, expected);
    // Where nothing can be built, files are what they are.
    let folder = folder.file("jobs/test/kustomization.yaml", "resources: [../base, 'https://example.com/x.yaml']\n");
    let folder = folder.file(
        "jobs/prod/kustomization.yaml",
        "resources: ['https://example.com/x.yaml']\npatches: [{path: night.yaml}]\n",
    );
    let run = folder.run(["runs", "jobs", "--isolated", "--format=json"]);
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(said["cronJobs"].as_array().map(Vec::len), Some(2), "{}", run.out);
}

#[test]
fn what_is_built_is_simulated() {
    let run = overlays().run(["simulate", "jobs", "--isolated", "--format=json"]);
    assert_eq!((run.status, &*run.err), (0, ""));
    let said: Value = serde_json::from_str(&run.out).expect("JSON");
    let simulations = said["simulations"].as_array().expect("a list");
    let mut names: Vec<&str> = simulations.iter().filter_map(|one| one["object"]["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["beside", "prod-report", "report"], "{}", run.out);
}
