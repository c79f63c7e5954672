//! The house stands: each floor names only floors below it, and on no floor do two modules name each other.

#[path = "floors/house.rs"]
mod house;
#[path = "floors/paths.rs"]
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use house::{House, Naming, sources, text};

/// From the ground up. Modules on one line are neighbours that may not name each other.
const FLOORS: [&[&str]; 18] = [
    &["hash", "sort"],
    &["text"],
    &["yaml"],
    &["diagnostic"],
    &["schedule", "command"],
    &["template"],
    &["k8s"],
    &["kustomize"],
    &["controller"],
    &["analysis"],
    &["rule"],
    &["rules"],
    &["config"],
    &["project", "fix"],
    &["lint"],
    &["agenda", "change", "foresight", "mend"],
    &["files", "render"],
    &["cli"],
];

/// Modules that name each other, by the module they are in: one module in several files, and no more of them.
const OPEN_CIRCLES: &[(&str, &[&str])] = &[];

#[test]
fn each_floor_names_only_floors_below_it() {
    let mut upwards = Vec::new();
    for (module, names) in House::read().naming(&[]) {
        for (name, place) in names {
            if floor(&name) >= floor(&module) {
                upwards.push(format!("{place}: {module} names {name}"));
            }
        }
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
}

#[test]
fn every_module_has_a_floor_and_every_floor_a_module() {
    let house = House::read();
    let built: BTreeSet<&str> =
        house.modules.iter().filter(|module| module.len() == 1).map(|module| &*module[0]).collect();
    let planned: BTreeSet<&str> = FLOORS.into_iter().flatten().copied().collect();
    assert_eq!(built, planned, "src/ on the left, FLOORS on the right");
}

fn floor(module: &str) -> usize {
    FLOORS.iter().position(|floor| floor.contains(&module)).unwrap_or_else(|| panic!("{module} is on no floor"))
}

#[test]
fn no_two_modules_name_each_other() {
    let house = House::read();
    let mut wrong = Vec::new();
    let mut open: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
    for (parent, members) in OPEN_CIRCLES {
        open.insert(((*parent).to_owned(), members.iter().map(|&member| member.to_owned()).collect()));
    }
    for parent in &house.modules {
        let naming = house.naming(parent);
        for circle in circles(&naming) {
            let circle = (parent.join("::"), circle);
            if !open.remove(&circle) {
                wrong.push(drawn(&circle, &naming));
            }
        }
    }
    for (parent, members) in open {
        wrong.push(format!("OPEN_CIRCLES: {parent} has no such circle any more: {}", members.join(", ")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The modules that name each other, directly or through others.
fn circles(naming: &Naming) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        naming.keys().map(|module| (module, reached(naming, module))).collect();
    let meet = |one: &String, other: &String| reached[one].contains(other) && reached[other].contains(one);
    let circle = |one: &String| naming.keys().filter(|other| meet(one, other)).cloned().collect();
    naming.keys().filter(|module| meet(module, module)).map(circle).collect()
}

/// What a module names, directly or through others.
fn reached<'n>(naming: &'n Naming, from: &'n String) -> BTreeSet<&'n String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(module) = waiting.pop() {
        waiting.extend(naming.get(module).into_iter().flat_map(BTreeMap::keys).filter(|name| reached.insert(*name)));
    }
    reached
}

/// A circle with the places where its modules name each other.
fn drawn((parent, members): &(String, Vec<String>), naming: &Naming) -> String {
    let mut text = format!("{parent} has a circle: {}", members.join(", "));
    for (module, names) in naming.iter().filter(|(module, _)| members.contains(module)) {
        for (name, place) in names.iter().filter(|(name, _)| members.contains(name)) {
            let _ = write!(text, "\n    {place}: {module} names {name}");
        }
    }
    text
}

#[test]
fn the_texts_list_the_floors_in_this_order() {
    let line =
        FLOORS.map(|floor| floor.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")).join(" · ");
    let contributing = text(Path::new("CONTRIBUTING.md"));
    let words: Vec<&str> = contributing.split_whitespace().collect();
    assert!(words.join(" ").contains(&format!(" {line}. ")), "CONTRIBUTING.md lists the floors otherwise than\n{line}");

    let rows = FLOORS.map(|floor| floor.iter().map(|name| format!("[`{name}`]")).collect::<Vec<_>>().join(", "));
    let library = text(Path::new("src/lib.rs"));
    let lines = library.lines().filter_map(|line| line.strip_prefix("//! | "));
    let cells = lines.filter_map(|row| row.split(" | ").next()).filter(|cell| cell.starts_with('['));
    // Of a floor that shares its name with a function, rustdoc wants to know which one is meant.
    let listed: Vec<String> = cells.map(|cell| cell.replace("mod@", "")).collect();
    assert_eq!(listed, rows, "the first column of the table in src/lib.rs on the left, FLOORS on the right");
}

/// Each type that is sorted costs the program seven kilobytes, unless `sort` does it.
#[test]
fn whatever_is_sorted_is_sorted_by_sort() {
    let sorts = [".sort(", ".sort_by(", ".sort_by_key(", ".sort_by_cached_key(", ".sort_unstable"];
    let others = all_but("sort.rs", |own| sorts.iter().any(|sort| own.contains(sort)));
    assert!(others.is_empty(), "write `sort::by_key(&mut items, …)` or what else src/sort.rs has, in {others:?}");
}

/// The standard library's maps take longer over a key.
#[test]
fn whatever_is_hashed_is_hashed_by_hash() {
    let standard = |line: &&str| line.trim_start().starts_with("use std::collections::");
    let others = all_but("hash.rs", |own| {
        own.lines().filter(standard).any(|line| line.contains("HashMap") || line.contains("HashSet"))
    });
    assert!(others.is_empty(), "write `use crate::hash::HashMap` or `HashSet`, in {others:?}");
}

/// The sources, but for one and for tests, of which something holds.
fn all_but(one: &str, holds: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let is_of_tests =
        |source: &Path| source.ends_with("tests.rs") || source.components().any(|part| part.as_os_str() == "tests");
    let is_own = |source: &PathBuf| !is_of_tests(source) && source != Path::new(one);
    let holds = |source: &PathBuf| {
        let all = text(&Path::new("src").join(source));
        holds(all.split("\n#[cfg(test)]").next().unwrap_or_default())
    };
    sources().into_iter().filter(is_own).filter(holds).collect()
}

#[test]
fn every_file_says_first_what_it_is() {
    let is_titled = |source: &PathBuf| text(&Path::new("src").join(source)).starts_with("//! ");
    let untitled = sources().into_iter().filter(|source| !is_titled(source));
    let untitled: Vec<String> =
        untitled.map(|source| format!("src/{}: no `//! ` line stands first", source.display())).collect();
    assert!(untitled.is_empty(), "{}", untitled.join("\n"));
}

#[test]
fn paths_are_read_out_of_code() {
    let code = r##"
        use super::{a, b::{self, C as D}, e::*}; // crate::comment
        use std::fmt;
        pub(in crate::f) fn g<'x>(h: &'x crate::i::J) -> char { let _ = (r#"crate::"text""#, "\"crate::k", '"'); 'l' }
        mod tests { use super::m; }
    "##;
    let found = paths::paths(code).into_iter().map(|path| (path.around.concat(), path.steps.join("::"), path.name));
    let found: Vec<(String, String, String)> =
        found.map(|(around, path, name)| (around, path, name.unwrap_or_default())).collect();
    let expected = [
        ("", "super::a", "a"),
        ("", "super::b", "b"),
        ("", "super::b::C", "D"),
        ("", "super::e::*", "*"),
        ("", "std::fmt", "fmt"),
        ("", "crate::f", ""),
        ("", "crate::i::J", ""),
        ("tests", "super::m", "m"),
    ];
    assert_eq!(found, expected.map(|(around, path, name)| (around.to_owned(), path.to_owned(), name.to_owned())));
}
