//! Every place of the API's validation that reports a problem, read out of the code: what there is to be found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each as `src/k8s/validation/…rs:line`. Who asks others to report (`#[track_caller]`) is no such place itself, but all
/// who call it are.
pub(crate) fn all() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src/k8s/validation", "src/k8s/problem.rs"].map(|path| walkdir::WalkDir::new(root.join(path)));
    let files = files.into_iter().flatten().map(|file| file.expect("the sources can be read"));
    let files = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"));
    let sources: Vec<(String, String)> = files
        .map(|file| {
            let path = file.path().strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
            (path, fs::read_to_string(file.path()).expect("a source is text"))
        })
        .collect();
    let reporters: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| reporters(text)).collect();
    sources.iter().flat_map(|(path, text)| calls(text, &reporters).map(move |line| format!("{path}:{line}"))).collect()
}

/// The functions of a source that report on behalf of who calls them, and make a problem to do so.
fn reporters(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let tracked = lines.iter().enumerate().filter(|(number, _)| is_tracked(&lines, *number));
    let names = tracked.filter(|(_, line)| !line.contains("&mut self, value")).filter_map(|(_, line)| name(line));
    names.collect()
}

/// The lines of a source that call one of them, outside of them.
fn calls<'t>(text: &'t str, reporters: &BTreeSet<&str>) -> impl Iterator<Item = usize> + 't {
    let lines: Vec<&str> = text.lines().collect();
    let own: Vec<&str> =
        (0..lines.len()).filter(|at| !is_tracked(&lines, *at)).filter_map(|at| name(lines[at])).collect();
    let reporters = reporters.iter().copied().filter(|name| !own.contains(name)).collect();
    let mut is_reporter = false;
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        if name(line).is_some() {
            is_reporter = is_tracked(&lines, number);
        } else if !is_reporter && !line.trim_start().starts_with("//") && calls_one(line, &reporters) {
            found.push(number + 1);
        }
    }
    found.into_iter()
}

fn calls_one(line: &str, reporters: &BTreeSet<&str>) -> bool {
    let mut before = line;
    while let Some((start, _)) = before.rsplit_once('(') {
        let at = start.rfind(|letter: char| !letter.is_alphanumeric() && letter != '_').map_or(0, |at| at + 1);
        let (path, called) = start.split_at(at);
        let is_reporter = match called {
            // Others have methods and functions of these names, too; a chain of calls starts with the context.
            "report" | "warn" => path.ends_with("context.") || path.trim() == ".",
            "new" => path.ends_with("Problem::"),
            _ => reporters.contains(called),
        };
        if is_reporter {
            return true;
        }
        before = start;
    }
    false
}

/// Whether a line starts a function that is marked so.
fn is_tracked(lines: &[&str], number: usize) -> bool {
    let before = lines[..number].iter().rev().take_while(|line| line.trim_start().starts_with("#["));
    name(lines[number]).is_some() && before.into_iter().any(|line| line.trim() == "#[track_caller]")
}

/// The name of the function that starts in a line.
fn name(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let is_start = before.split_whitespace().all(|word| word.starts_with("pub") || word == "const");
    is_start.then(|| rest.split(['(', '<']).next()).flatten()
}
