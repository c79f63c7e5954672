//! `check --fix` and `--diff`: what becomes of files.

#![expect(clippy::disallowed_methods, reason = "tests look at the files that were fixed")]

#[path = "proof/places.rs"]
mod places;
mod program;
mod shared;
#[path = "fixing/together.rs"]
mod together;

use std::collections::BTreeMap;
use std::process::Stdio;

use batchlint::config::Config;
use batchlint::diagnostic::{Safety, Severity};
use batchlint::lint::lint;
use batchlint::mend::{Mended, mend};
use batchlint::schedule::Instant;
use batchlint::text::{Source, apply_edits};
use batchlint::yaml::parse;
use places::{Moved, reads_otherwise};
use program::{FOUND, Folder, Run};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// Three safe fixes: an old version, a wrong level, a wrong case; and a comment at each.
const OLD: &str = "\
# nightly
apiVersion: batch/v1beta1 # old
kind: CronJob
metadata:
    name: report
spec:
    schedule: '30 4 * * *'   # at night
    jobTemplate:
        spec:
            template:
                spec:
                    RestartPolicy: Never # once
                    containers:
                    -   name: report
                        image: registry.example.com/report:1.4.2
";

fn fixed() -> String {
    OLD.replace("batch/v1beta1", "batch/v1").replace("RestartPolicy", "restartPolicy")
}

#[test]
fn a_file_is_fixed_and_what_is_left_is_reported() {
    let folder = Folder::new("fix").file("a.yaml", OLD).file("b.yaml", FOUND);
    let run = folder.run(["check", "--fix", "--format=concise"]);
    assert_eq!(read(&folder, "a.yaml"), fixed());
    assert_eq!(read(&folder, "b.yaml"), FOUND);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("b.yaml:7:28: error[starting-deadline-never-met]"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.err.contains("fixed 2 findings in 1 file: 1 api-version-removed, 1 unknown-field\n"), "{}", run.err);
    let again = folder.run(["check", "--fix", "a.yaml"]);
    assert_eq!((again.status, read(&folder, "a.yaml")), (0, fixed()), "{}{}", again.out, again.err);
    assert!(!again.err.contains("fixed"), "{}", again.err);
}

#[test]
fn a_diff_shows_what_would_change_and_changes_nothing() {
    let folder = Folder::new("diff").file("a.yaml", OLD).file("b.yaml", FOUND);
    let run = folder.run(["check", "--diff"]);
    insta::assert_snapshot!(run.out);
    assert_eq!((run.status, read(&folder, "a.yaml").as_str()), (1, OLD));
    assert!(run.err.contains("--fix would fix 2 findings in 1 file"), "{}", run.err);
    let nothing = folder.run(["check", "--diff", "b.yaml"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (0, ""));
}

#[test]
fn git_applies_the_diff() {
    let text = OLD.trim_end().replace('\n', "\r\n");
    let folder = Folder::new("git-apply").file("sub/a.yaml", &text);
    let diff = folder.run(["check", "--diff", "sub"]).out;
    std::fs::write(folder.path.join("fix.patch"), &diff).expect("it can be written");
    let mut git = std::process::Command::new("git");
    let applied = git.args(["apply", "-p0", "--whitespace=nowarn", "fix.patch"]).current_dir(&folder.path).output();
    let applied = applied.expect("git is there");
    assert!(applied.status.success(), "{}\n{diff}", String::from_utf8_lossy(&applied.stderr));
    assert_eq!(read(&folder, "sub/a.yaml"), fixed().trim_end().replace('\n', "\r\n"));
}

#[test]
fn standard_input_comes_out_fixed_and_findings_go_beside_it() {
    let folder = Folder::new("filter");
    let run = folder.run_with(["check", "--fix", "-", "--format=concise"], OLD.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (0, fixed().as_str()), "{}", run.err);
    let run = folder.run_with(["check", "--fix", "-", "--format=concise"], FOUND.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (1, FOUND));
    assert!(run.err.contains("error[starting-deadline-never-met]"), "{}", run.err);
    // Nothing that was handed over is lost.
    let run = folder.run_with(["check", "--fix", "-"], b"a: [1\n");
    assert_eq!(run.out, "a: [1\n");
}

#[test]
fn fixes_that_change_what_runs_want_a_word_of_their_own() {
    let text = FOUND.replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 300");
    let text = text.replace("30 4 * * *", "0 30 4 * * *");
    let folder = Folder::new("unsafe").file("a.yaml", &text);
    let run = folder.run(["check", "--fix"]);
    assert_eq!((run.status, read(&folder, "a.yaml")), (1, text.clone()));
    assert!(run.err.contains("1 finding more can be fixed"), "{}", run.err);
    let run = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((run.status, read(&folder, "a.yaml")), (0, text.replace("0 30 4", "30 4")), "{}{}", run.out, run.err);
    assert_eq!(folder.run(["check", "--unsafe-fixes"]).status, 2);
    assert_eq!(folder.run(["check", "--fix", "--diff"]).status, 2);
}

#[test]
fn what_was_refused_is_tried_again_once_the_text_has_changed() {
    // There is no place to move it to before the misspelled key is one.
    let text = OLD
        .replace("            template:", "            templat:")
        .replace("                    RestartPolicy: Never # once\n", "");
    let text = text
        .replace("batch/v1beta1", "batch/v1")
        .replace("    jobTemplate:", "    restartPolicy: Never # once\n    jobTemplate:");
    let mended =
        mend(&Source::new("a.yaml", text.as_str()), &Config::at(NOW), Safety::Safe, None).expect("it is no template");
    assert!(mended.refused.is_empty() && mended.rounds.len() == 2, "{mended:#?}");
    let expected = fixed();
    assert_eq!(mended.source.text(), expected);
    let replayed = mended.rounds.iter().fold(text, |text, edits| apply_edits(&text, edits).expect("they are apart"));
    assert_eq!(replayed, expected);
}

#[test]
fn only_what_was_asked_for_is_fixed() {
    let folder = Folder::new("selected").file("a.yaml", OLD);
    folder.run(["check", "--fix", "--select=api-version-removed"]);
    assert_eq!(read(&folder, "a.yaml"), OLD.replace("batch/v1beta1", "batch/v1"));
}

/// What can happen to a process that writes: it is gone, at any moment.
#[test]
fn a_file_is_old_or_new_whenever_the_program_is_killed() {
    const FILES: usize = 200;
    let (mut old, mut new) = (0, 0);
    for first in [0, 1, 50, 100, 150] {
        let mut folder = Folder::new("killed");
        for number in 0..FILES {
            folder = folder.file(&format!("{number}.yaml"), OLD);
        }
        let mut child = folder.command(&["check", "--fix", "-q"]).stdout(Stdio::null()).spawn().expect("it starts");
        while read(&folder, &format!("{first}.yaml")) == OLD && child.try_wait().expect("it can be asked").is_none() {}
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        for number in 0..FILES {
            let text = read(&folder, &format!("{number}.yaml"));
            assert!(text == OLD || text == fixed(), "{text}");
            *(if text == OLD { &mut old } else { &mut new }) += 1;
        }
    }
    // Else it was killed before or after all of it.
    assert!(old > 0 && new > 0, "{old} old, {new} new");
}

#[test]
fn a_template_is_left_alone() {
    let text = format!("{OLD}---\n{{{{- if .Values.more }}}}\na: 1\n");
    let folder = Folder::new("template").file("a.yaml", &text);
    let run = folder.run(["check", "--fix"]);
    assert_eq!(read(&folder, "a.yaml"), text);
    assert!(run.err.contains("a.yaml: not fixed: a template, as line 17 shows"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_named_and_fails() {
    let folder = Folder::new("linked").file("a.yaml", OLD);
    std::fs::hard_link(folder.path.join("a.yaml"), folder.path.join("other")).expect("a link can be made");
    let run = folder.run(["check", "--fix", "--format=concise"]);
    assert_eq!((run.status, read(&folder, "a.yaml").as_str()), (2, OLD));
    assert!(run.err.contains("a.yaml: not changed: the file has other names (hard links)"), "{}", run.err);
    // What was not fixed is still found.
    assert!(run.out.contains("api-version-removed"), "{}", run.out);
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path.join(name)).expect("the file is there")
}

/// Of the many files beside the checkout, one in so many is looked at.
const STRIDE: usize = 5;

#[test]
fn fixing_comes_to_rest_and_brings_no_error() {
    let config = Config::at(NOW).with_pedantic(true);
    let mut applied: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, text) in texts() {
        for allowed in [Safety::Safe, Safety::Unsafe] {
            let source = Source::new(name.as_str(), text.as_str());
            let Ok(Mended { source: new, applied: of_text, .. }) = mend(&source, &config, allowed, None) else {
                continue;
            };
            of_text.iter().for_each(|one| *applied.entry(one.rule).or_default() += 1);
            if !of_text.is_empty() {
                wrong.extend(flaws(&source, &new, &config, allowed).map(|flaw| format!("{name}, {allowed:?}: {flaw}")));
            }
        }
    }
    assert!(applied.len() > 10, "{applied:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn real_files_that_were_fixed_read_otherwise_only_where_they_were_edited() {
    let Some(wild) = shared::find("wild/plain") else { return };
    let files = walkdir::WalkDir::new(wild).sort_by_file_name().into_iter().filter_map(Result::ok);
    let texts: Vec<String> =
        files.step_by(STRIDE).filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    let name = |number: usize| format!("{number}.yaml");
    let named = texts.iter().enumerate().map(|(number, text)| (name(number), text));
    let folder = named.fold(Folder::new("wild"), |folder, (name, text)| folder.file(&name, text));
    assert!(folder.run(["check", "--fix", "--isolated", "-q"]).status < 2);
    let mut fixed = 0;
    for (number, before) in texts.iter().enumerate() {
        let (name, after) = (name(number), read(&folder, &name(number)));
        if after == *before {
            continue;
        }
        fixed += 1;
        let mended = mend(&Source::new(name.as_str(), before.as_str()), &Config::at(NOW), Safety::Safe, None);
        let mended = mended.expect("it was fixed");
        assert_eq!(after, mended.source.text(), "{name} holds what was proved");
        let mut text = before.clone();
        for edits in &mended.rounds {
            let next = apply_edits(&text, edits).expect("they are apart");
            let (old, new) = (parse(&text), parse(&next));
            // Of a text that could not be read to its end, more may be read now.
            let flaw = if old.errors.is_empty() { reads_otherwise(&old, &new, &Moved::new(edits)) } else { None };
            assert_eq!((flaw, new.errors.len() <= old.errors.len()), (None, true), "{name}:\n{text}\n{next}");
            text = next;
        }
    }
    assert!(fixed > 10, "{fixed} files were fixed");
}

/// What is wrong with a text that was fixed.
fn flaws(old: &Source, new: &Source, config: &Config, allowed: Safety) -> Option<String> {
    let errors = |source: &Source| {
        let findings = lint(source, config).findings;
        findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    if errors(new) > errors(old) {
        return Some("more errors".to_owned());
    }
    match mend(new, config, allowed, None) {
        Ok(again) if again.applied.is_empty() => {}
        Ok(again) => return Some(format!("not at rest: {:?}", again.applied)),
        Err(refusal) => return Some(format!("refused the second time: {refusal}")),
    }
    let ends = |source: &Source| (source.text().contains("\r\n"), source.text().ends_with('\n'));
    let has_lone = |source: &Source| source.text().replace("\r\n", "").contains('\n');
    if ends(old) != ends(new) || old.text().contains("\r\n") && !has_lone(old) && has_lone(new) {
        return Some("other line ends".to_owned());
    }
    None
}

/// The repository's manifests, some of those beside it, and each with Windows' line ends.
fn texts() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![(root.join("fixtures"), 1), (root.join("rules"), 1)];
    folders.extend(shared::find("wild/plain").map(|folder| (folder, STRIDE)));
    let mut texts = Vec::new();
    for (folder, stride) in folders {
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = files.filter(|file| file.file_type().is_file()).step_by(stride);
        for (number, file) in files.enumerate() {
            let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
            let text = if number % 4 == 3 && !text.contains('\r') { text.replace('\n', "\r\n") } else { text };
            texts.push((file.path().display().to_string(), text));
        }
    }
    texts
}

#[cfg(unix)]
#[test]
fn what_fix_would_refuse_no_diff_promises() {
    let folder = Folder::new("promises").file("a.yaml", OLD);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(OLD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = folder.bytes("wide.yaml", &wide);
    std::fs::hard_link(folder.path.join("a.yaml"), folder.path.join("other")).expect("a link can be made");
    for option in ["--fix", "--diff"] {
        let run = folder.run(["check", option, "-q"]);
        assert_eq!(run.status, 2, "{option}");
        assert!(!run.out.contains("+++"), "{}", run.out);
        assert!(run.err.contains("wide.yaml: not changed: UTF-16; save it as UTF-8 first"), "{}", run.err);
        assert!(run.err.contains("a.yaml: not changed: the file has other names"), "{}", run.err);
    }
}

#[test]
fn what_stands_in_for_an_excluded_file_still_comes_out() {
    let folder = Folder::new("stand-in").file("batchlint.toml", "exclude = ['vendor/']\n");
    let args = ["check", "--fix", "-", "-q", "--stdin-filename=vendor/a.yaml", "--force-exclude"];
    assert_eq!(folder.run_with(args, FOUND.as_bytes()).out, FOUND);
}

#[cfg(unix)]
#[test]
fn what_the_shell_hands_over_is_no_place_to_write_to() {
    let folder = Folder::new("handed-over").file("a.yaml", OLD);
    let mut command = folder.command(&["check", "--fix", "-q", "/dev/stdin"]);
    let file = std::fs::File::open(folder.path.join("a.yaml")).expect("it is there");
    let run = Run::of(command.stdin(file).output());
    assert_eq!((run.status, read(&folder, "a.yaml").as_str()), (2, OLD));
    assert!(run.err.contains("/dev/stdin: not changed"), "{}", run.err);
}
