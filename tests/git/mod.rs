//! git, as tests ask it.

use std::path::Path;
use std::process::Command;

/// Has git do something in a folder, whoever runs the tests.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    let about = ["user.name=a", "user.email=a@example.com", "commit.gpgsign=false", "protocol.file.allow=always"];
    git.args(about.iter().flat_map(|setting| ["-c", setting]));
    let output = git.args(arguments).current_dir(folder).output().expect("git is there");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
