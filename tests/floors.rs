//! The house stands: each floor names only floors below it.

#![expect(clippy::disallowed_methods, reason = "tests read the sources from disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// From the ground up. Modules on one line are neighbours that may not name each other.
const FLOORS: [&[&str]; 13] = [
    &["text"],
    &["yaml"],
    &["diagnostic"],
    &["schedule"],
    &["k8s"],
    &["controller"],
    &["config"],
    &["rule"],
    &["rules"],
    &["fix"],
    &["lint", "upcoming"],
    &["files", "render"],
    &["lsp", "cli"],
];

#[test]
fn each_floor_names_only_floors_below_it() {
    let mut upwards = Vec::new();
    for (module, names) in imports() {
        let own = floor(&module);
        for (name, place) in names {
            if name != module && floor(&name) >= own {
                upwards.push(format!("{place}: {module} names {name}"));
            }
        }
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
}

fn floor(module: &str) -> usize {
    FLOORS.iter().position(|floor| floor.contains(&module)).unwrap_or_else(|| panic!("{module} is on no floor"))
}

/// For every top-level module the modules its files name, with one place each.
fn imports() -> BTreeMap<String, BTreeMap<String, String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut imports: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in walkdir::WalkDir::new(&source).sort_by_file_name() {
        let file = file.expect("the sources can be read").into_path();
        if file.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let inside = file.strip_prefix(&source).expect("below src");
        let module = inside.iter().next().expect("a file").to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let text = std::fs::read_to_string(&file).expect("the sources can be read");
        for (line, number) in text.lines().zip(1..) {
            for name in named(line) {
                let place = format!("src/{}:{number}", inside.display());
                imports.entry(module.clone()).or_default().entry(name).or_insert(place);
            }
        }
    }
    assert!(imports.len() > 5, "the sources were found");
    imports
}

/// The top-level modules that a line names after `crate::`.
fn named(line: &str) -> BTreeSet<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |text: &str| text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect::<String>();
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let after = &code[at + found.len()..];
        match after.strip_prefix('{') {
            Some(list) => names.extend(list.split(',').map(|item| word(item.trim()))),
            None => drop(names.insert(word(after))),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
