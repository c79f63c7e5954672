//! What comes in with the binary is counted, so that nobody adds to it unawares. Where it may come from, and under which
//! licences, is in `deny.toml`.

#![expect(clippy::disallowed_methods, reason = "a test reads CONTRIBUTING.md")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn contributing_says_how_many_crates_are_in_the_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("CONTRIBUTING.md")).expect("it can be read");
    let said =
        text.split_once("The binary is made of ").and_then(|(_, rest)| rest.split_once(" crates")).expect("it says");
    let crates = crates(root);
    assert_eq!(said.0, crates.len().to_string(), "{crates:#?}");
}

/// Those of Linux on x86-64, whatever the machine: on others there are some more.
fn crates(root: &Path) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--edges=normal", "--target=x86_64-unknown-linux-gnu", "--prefix=none"]);
    let output = tree.args(["--no-dedupe", "--format={p}"]).current_dir(root).output().expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("names are UTF-8");
    // Behind the name and the version stands what kind of crate it is, or where.
    lines.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
}
