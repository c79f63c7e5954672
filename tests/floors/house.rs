//! The modules of `src/`, and which of them name each other.

#![expect(clippy::disallowed_methods, reason = "tests read the sources from disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::paths::{Named, paths};

/// A module's place in the crate: `yaml`, `edit`. The crate itself has none.
pub(crate) type Module = Vec<String>;

/// For each child of a module the other children that it names, with one place each.
pub(crate) type Naming = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Default)]
pub(crate) struct House {
    /// Every module with a file of its own.
    pub(crate) modules: BTreeSet<Module>,
    /// The paths that a module names, and where: `src/yaml.rs:7`.
    paths: Vec<(Module, Vec<String>, String)>,
    /// What a module's own `use` lines bring, by name: what its children name as `super::name`.
    brought: BTreeMap<Module, BTreeMap<String, Vec<String>>>,
}

impl House {
    pub(crate) fn read() -> Self {
        let files: Vec<PathBuf> = sources().into_iter().filter(|file| !file.ends_with("main.rs")).collect();
        let modules = files.iter().map(|file| module(file)).collect();
        let mut house = Self { modules, ..Self::default() };
        for file in files {
            let own = module(&file);
            for path in paths(&text(&Path::new("src").join(&file))) {
                let place = format!("src/{}:{}", file.display(), path.line);
                house.add(&own, path, place);
            }
        }
        assert!(house.modules.len() > 100, "the sources were found");
        house
    }

    fn add(&mut self, own: &Module, path: Named, place: String) {
        let inner = [own.as_slice(), &path.around].concat();
        let Some(steps) = self.absolute(&inner, path.steps) else { return };
        if let Some(name) = path.name.filter(|_| path.around.is_empty()) {
            self.brought.entry(own.clone()).or_default().insert(name, steps.clone());
        }
        self.paths.push((own.clone(), steps, place));
    }

    /// A path as it is from the crate's root; none where it leads out of the crate or begins at a name of the file's own.
    fn absolute(&self, module: &Module, steps: Vec<String>) -> Option<Vec<String>> {
        let mut base = module.clone();
        let rest = match steps[0].as_str() {
            "crate" => {
                base.clear();
                &steps[1..]
            }
            "self" => &steps[1..],
            "super" => {
                let up = steps.iter().take_while(|step| *step == "super").count();
                base.truncate(base.len().checked_sub(up)?);
                &steps[up..]
            }
            _ => {
                let child = [base.as_slice(), &steps[..1]].concat();
                self.modules.contains(&child).then_some(&steps[..])?
            }
        };
        base.extend_from_slice(rest);
        Some(base)
    }

    /// Which children of a module name which.
    pub(crate) fn naming(&self, parent: &[String]) -> Naming {
        let mut naming = Naming::new();
        for (by, path, place) in &self.paths {
            let Some(child) = by.strip_prefix(parent).and_then(|inside| inside.first()) else { continue };
            for named in self.children(parent, path) {
                if named != child {
                    naming.entry(child.clone()).or_default().entry(named.clone()).or_insert_with(|| place.clone());
                }
            }
        }
        naming
    }

    /// The children of a module that a path names: one that it goes through, or that the module has the named item from.
    fn children<'h>(&'h self, parent: &[String], path: &'h [String]) -> Vec<&'h String> {
        let Some(next) = path.strip_prefix(parent).and_then(|inside| inside.first()) else { return Vec::new() };
        if self.modules.contains(&[parent, std::slice::from_ref(next)].concat()) {
            return vec![next];
        }
        let Some(brought) = self.brought.get(parent) else { return Vec::new() };
        let items = brought.iter().filter(|(name, item)| (*name == next || next == "*") && *item != path);
        items.flat_map(|(_, item)| self.children(parent, item)).collect()
    }
}

/// Every file of `src/`, from there, in order.
pub(crate) fn sources() -> Vec<PathBuf> {
    let root = root().join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    let files = files.map(|file| file.expect("the sources can be read").into_path());
    let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.map(|file| file.strip_prefix(&root).expect("below src").to_owned()).collect()
}

/// The text of a file of the repository.
pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).expect("the repository can be read")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn module(file: &Path) -> Module {
    let names = file.with_extension("");
    let names = names.iter().map(|name| name.to_string_lossy().into_owned()).collect::<Module>();
    if names == ["lib"] { Module::new() } else { names }
}
