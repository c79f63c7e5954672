//! Packs the texts that few runs need: the rulebook's pages, what Kubernetes says of its fields, and when clocks change.
//! `src/text/packed.rs` unpacks them once somebody asks. And writes down by which words time zones are known.

#![expect(clippy::disallowed_methods, reason = "cargo says by variables where to read and where to write")]

#[path = "src/schedule/claims/zones/keys.rs"]
mod keys;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use miniz_oxide::deflate::compress_to_vec;

/// What else is packed than the rulebook, by the names that it has then.
const TEXTS: [(&str, &str); 2] =
    [("documentation", "src/k8s/schema/documentation.txt"), ("clock-changes", CLOCK_CHANGES)];

const CLOCK_CHANGES: &str = "src/schedule/zone/changes.txt";

/// The best there is: it is done once.
const LEVEL: u8 = 10;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let (pages, bodies) = rulebook();
    write("pages.rs", pages.as_bytes());
    write("bodies", &compress_to_vec(bodies.as_bytes(), LEVEL));
    for (name, path) in TEXTS {
        println!("cargo::rerun-if-changed={path}");
        write(name, &compress_to_vec(text(Path::new(path)).as_bytes(), LEVEL));
    }
    write("zone-sums", &sums(&text(Path::new(CLOCK_CHANGES))));
}

/// The sums of the words by which zones are known, in order.
fn sums(clock_changes: &str) -> Vec<u8> {
    let names = clock_changes.lines().filter_map(|line| line.split('\t').next());
    let sums: BTreeSet<[u8; 4]> = names.flat_map(keys::of).map(|key| keys::sum(&key)).collect();
    sums.into_iter().flatten().collect()
}

/// The macro by which a rule has its page, `page!("run/starting-deadline-never-met")`, and what stands behind the front
/// matter of all pages, one after the other. Whether a front matter is as it should be is `Page::new`'s to say.
fn rulebook() -> (String, String) {
    let (mut arms, mut bodies) = (String::new(), String::new());
    for group in listed(Path::new("rules")) {
        for page in listed(&group).into_iter().filter(|page| page.extension().is_some_and(|kind| kind == "md")) {
            let name = page.with_extension("");
            let place =
                [&group, &name].map(|part| part.file_name().expect("it has a name").to_string_lossy()).join("/");
            let text = text(&page);
            let (front, body) = parts(&text).unwrap_or_default();
            let start = bodies.len();
            bodies.push_str(body);
            let page = format!("$crate::rule::Page::new({front:?}, {start}..{})", bodies.len());
            writeln!(arms, "    ({place:?}) => {{ {page} }};").expect("a string takes all");
        }
    }
    arms.push_str("    ($other:literal) => { compile_error!(concat!(\"there is no rules/\", $other, \".md\")) };\n");
    (format!("macro_rules! page {{\n{arms}}}\n"), bodies)
}

/// The lines between the first `---` and the next, and all that follows.
fn parts(page: &str) -> Option<(&str, &str)> {
    let rest = page.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")? + 1;
    Some((&rest[..end], &rest[end + "---\n".len()..]))
}

/// What is in a folder, in order of names; nothing in what is none.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn write(name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where to write"));
    fs::write(folder.join(name), bytes).expect("cargo's folder can be written to");
}
