//! The index of the rules: Rust that is written to match the folder `rules/`.

#![expect(clippy::disallowed_methods, reason = "reads the rulebook and repairs its index on disk")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use batchlint::rules;

use super::page::Page;

/// The rulebook on disk. The first test that asks for it repairs the index.
pub(crate) static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(Rulebook::read);

pub(crate) struct Rulebook {
    pub(crate) pages: Vec<Page>,
    /// Why these tests cannot have looked at all rules: the index was stale, or a rule is not compiled.
    pub(crate) stale: Vec<String>,
}

type Groups<'p> = BTreeMap<&'p str, Vec<&'p Page>>;

impl Rulebook {
    fn read() -> Self {
        let pages = pages();
        let mut groups = Groups::new();
        for page in pages.iter().filter(|page| !text(&page.code()).is_empty()) {
            groups.entry(&page.group).or_default().push(page);
        }
        let mut stale = Vec::new();
        for (group, pages) in &groups {
            repair(&format!("src/rules/{group}.rs"), &group_module(group, pages), &mut stale);
        }
        groups.retain(|group, _| is_declared(group));
        repair("src/rules/index.rs", &index(&groups), &mut stale);
        stale.extend(pages.iter().filter(|page| page.entry.is_none()).map(not_compiled));
        Self { pages, stale }
    }

    /// Pages, code and snapshots that do not belong together.
    pub(crate) fn strays(&self) -> Vec<String> {
        let mut strays = Vec::new();
        for page in &self.pages {
            let (code, title) = (text(&page.code()), format!("//! `{}`", page.name));
            if !code.is_empty() && code.lines().next() != Some(&title) {
                strays.push(format!("{}:1: the first line is not {title}", page.code()));
            }
            if page.entry.is_some_and(|entry| page.body() != Some(entry.rule.page.body())) {
                strays.push(format!("{}: it has another page than its own, {}", page.code(), page.path()));
            }
            let twin = self.pages.iter().find(|other| other.name == page.name && other.group < page.group);
            strays.extend(twin.map(|twin| page.at(1, format!("{} has this name already", twin.path()))));
        }
        let code = files("src/rules", "rs").into_iter().filter(|file| file.matches('/').count() == 3);
        let code = code.filter(|file| !self.pages.iter().any(|page| page.code() == *file));
        strays.extend(code.map(|file| format!("{file}: no page of the same name in the same group")));
        let snapshots = files("tests/snapshots", "snap").into_iter().filter(|file| file.contains("/rulebook__"));
        let snapshots = snapshots.filter(|file| !self.pages.iter().any(|page| page.snapshot() == *file));
        strays.extend(snapshots.map(|file| format!("{file}: no rule has it any more: delete it")));
        strays
    }
}

/// Every page in a group's folder.
fn pages() -> Vec<Page> {
    let read = |path: String| {
        let (group, name) = path.strip_prefix("rules/")?.strip_suffix(".md")?.split_once('/')?;
        let entry = rules::all().find(|entry| entry.group == group && entry.name == name);
        Some(Page { group: group.to_owned(), name: name.to_owned(), text: text(&path), entry })
    };
    files("rules", "md").into_iter().filter_map(read).collect()
}

fn not_compiled(page: &Page) -> String {
    let code = page.code();
    let why = if text(&code).is_empty() {
        format!("no code: write {code}")
    } else if !is_declared(&page.group) {
        format!("a new group: write `mod {};` in src/rules.rs", page.group)
    } else {
        "not compiled yet".to_owned()
    };
    page.at(1, why)
}

fn is_declared(group: &str) -> bool {
    text("src/rules.rs").lines().any(|line| line == format!("mod {group};"))
}

/// Rewrites a generated file that differs; where CI runs, it only says so.
fn repair(path: &str, expected: &str, stale: &mut Vec<String>) {
    if text(path) == expected {
        return;
    }
    if std::env::var_os("CI").is_some() {
        stale.push(format!("{path}: not what rules/ asks for: run `cargo test --test rulebook` and commit"));
        return;
    }
    std::fs::write(root().join(path), expected).expect("the index can be written");
    stale.push(format!("{path}: rewritten to match rules/: run the tests again"));
}

fn index(groups: &Groups<'_>) -> String {
    let count: usize = groups.values().map(Vec::len).sum();
    let mut text = String::from("//! Every rule of the folder `rules/`. Written by `cargo test --test rulebook`.\n\n");
    let names: Vec<&str> = groups.keys().copied().collect();
    let names = if let [name] = names[..] { name.to_owned() } else { format!("{{{}}}", names.join(", ")) };
    let _ = writeln!(text, "use super::{names};\nuse crate::rule::Entry;\n");
    text.push_str("#[rustfmt::skip]\n");
    let _ = writeln!(text, "pub(super) static ALL: [Entry; {count}] = [");
    for page in groups.values().flatten() {
        let (group, name, module) = (&page.group, &page.name, page.module());
        let _ = writeln!(text, "    Entry {{ group: \"{group}\", name: \"{name}\", rule: &{group}::{module}::RULE }},");
    }
    text.push_str("];\n");
    text
}

fn group_module(group: &str, pages: &[&Page]) -> String {
    let mut text = format!("//! The rules of group `{group}`. Written by `cargo test --test rulebook`.\n\n");
    for page in pages {
        let _ = writeln!(text, "pub(super) mod {};", page.module());
    }
    text
}

/// The files below a folder with that extension, in order, as paths from the repository's root.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let files = files.map(|file| file.expect("the repository can be read").into_path());
    let files = files.filter(|file| file.extension().is_some_and(|found| found == extension));
    let slashed = |path: &Path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    files.map(|file| slashed(file.strip_prefix(root()).expect("below the root"))).collect()
}

/// The text of a file; none where there is no such file.
fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
