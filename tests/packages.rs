//! What is repeated of the program in packages and pipelines is what it is.

#![expect(clippy::disallowed_methods, reason = "reads what is packaged")]

use std::collections::BTreeSet;
use std::path::Path;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn what_is_pinned_is_this_version() {
    let mut pinned = 0;
    let mut files: Vec<String> = ["pyproject.toml", "templates/batchlint.yml"].map(str::to_owned).to_vec();
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines")).expect("it is there");
    files.extend(folder.map(|entry| format!("pipelines/{}", entry.expect("it can be read").file_name().display())));
    for file in files {
        let text = text(&file);
        let marks = ["batchlint==", "/batchlint:", "batchlint/batchlint@", "batchlint/v", "      default: 0"];
        for (at, mark) in marks.into_iter().flat_map(|mark| text.match_indices(mark)) {
            let behind = if mark.ends_with('0') { &text[at + mark.len() - 1..] } else { &text[at + mark.len()..] };
            // What a component is told stands in its place.
            if behind.starts_with("$[[") {
                continue;
            }
            assert!(behind.starts_with(VERSION), "{file}: {mark}{}", behind.lines().next().unwrap_or_default());
            pinned += 1;
        }
    }
    assert!(pinned >= 10, "{pinned}");
}

#[test]
fn the_module_for_javascript_is_of_this_version() {
    let manifest = text("packages/wasm/Cargo.toml");
    assert!(manifest.contains(&format!("name = \"batchlint-wasm\"\nversion = \"{VERSION}\"\n")));
}

#[test]
fn npm_publishes_every_package_and_each_tells_where_it_comes_from() {
    for file in ["packages/npm/batchlint/package.json", "packages/wasm/npm/package.json"] {
        let package: serde_json::Value = serde_json::from_str(&text(file)).expect("it is JSON");
        // `packages/build` puts the place in.
        assert_eq!(package["repository"]["url"], "git+https://github.com/OWNER/batchlint.git", "{file}");
    }
    let workflow = text(".github/workflows/release.yml");
    for name in ["batchlint-cli-*", "batchlint-[0-9]*", "batchlint-wasm-*"] {
        // Without the dot, npm takes it for a repository of GitHub's.
        assert!(workflow.contains(&format!("./packages/{name}.tgz")), "{name}");
    }
}

#[test]
fn the_extension_is_of_this_version_and_all_of_its_settings_are_explained() {
    let package: serde_json::Value = serde_json::from_str(&text("editors/vscode/package.json")).expect("it is JSON");
    assert_eq!(package["version"], VERSION);
    let readme = text("editors/vscode/README.md");
    let settings = package["contributes"]["configuration"]["properties"].as_object().expect("it has settings");
    for setting in settings.keys().map(|name| name.trim_start_matches("batchlint.")) {
        assert!(readme.contains(setting), "editors/vscode/README.md says nothing of {setting}");
    }
    // What a folder that nobody trusts must not choose.
    let restricted = &package["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"];
    assert_eq!(restricted, &serde_json::json!(["batchlint.path"]));
}

#[test]
fn every_platform_is_built_packaged_and_in_the_plugin() {
    let platforms = text("packages/platforms.tsv");
    let targets: BTreeSet<&str> = platforms.lines().filter_map(|line| line.split('\t').next()).collect();
    let workflow = text(".github/workflows/release.yml");
    let built: BTreeSet<&str> =
        workflow.lines().filter_map(|line| line.trim().strip_prefix("- { target: ")?.split(',').next()).collect();
    let krew = text("packages/krew.yaml");
    let offered: BTreeSet<&str> = krew.lines().filter_map(|line| line.trim().strip_prefix("sha256: SHA256 ")).collect();
    assert_eq!((&built, &offered), (&targets, &targets));
}
