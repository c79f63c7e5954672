//! `check --shard` and `merge`: the parts of a run together say what one run says, byte for byte.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "damages parts of runs")]

#[path = "program/mod.rs"]
mod program;
#[path = "shared/mod.rs"]
mod shared;

use std::collections::BTreeSet;

use program::{FOUND, Folder, Run};

const FORMATS: [&str; 14] = [
    "full",
    "concise",
    "json",
    "lsp",
    "markdown",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "azure",
    "teamcity",
];

/// Manifests of every kind: clean ones, faulty ones, some that only say something together, broken ones, and a configuration.
fn folder(name: &str) -> Folder {
    let zoned = FOUND.replace("startingDeadlineSeconds: 0", "timeZone: Europe/Berlin");
    let mut folder = Folder::new(name).file("batchlint.toml", "[[overrides]]\npaths = ['b/**']\npedantic = true\n");
    for number in 0..6 {
        let hourly = FOUND.replace("30 4 * * *", "0 * * * *").replace("name: report", &format!("name: j{number}"));
        folder = folder.file(&format!("b/{number}.yaml"), &hourly);
    }
    folder
        .file("a/unlike.yaml", &zoned.replace("timeZone", "# timeZone").replace("name: report", "name: other"))
        .file("a/zone.yaml", &zoned)
        .file("a/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\n")
        .file("a/wants.yaml", &format!("{FOUND}              envFrom: [{{secretRef: {{name: credentails}}}}]\n"))
        .file("c/ignored.yaml", &FOUND.replace("Seconds: 0", "Seconds: 0 # batchlint: ignore[run] not yet, ’tis fine"))
        .file("c/idle.yaml", &FOUND.replace("kind: CronJob", "# batchlint: ignore-file[fleet] no such\nkind: CronJob"))
        .file("c/template.yaml", "kind: Job\nmetadata: {{ .Values.all }}\n")
        .file("c/broken.yaml", "kind: [Job\n")
        .file("c/crlf.yaml", &FOUND.replace('\n', "\r\n").replace("kind: CronJob", "kind: CronJob # é😀"))
        .bytes("c/binary.yaml", b"\x00\xff\xfe")
        .bytes("d/é b,[%]&.json", br#"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "A"}, "spec": 1}"#)
}

fn parts(folder: &Folder, args: &[&str], of: usize) -> Vec<String> {
    std::fs::create_dir_all(folder.path.join(format!("parts-{of}"))).expect("a folder can be made");
    (1..=of)
        .map(|number| {
            let (shard, file) = (format!("{number}/{of}"), format!("parts-{of}/{number}.jsonl"));
            let run = folder.run([&["check", "--shard", &shard, "--output", &file, "--quiet"], args].concat());
            assert!(matches!(run.status, 0 | 2) && run.out.is_empty(), "{}", run.err);
            file
        })
        .collect()
}

fn merged(folder: &Folder, parts: &[String], args: &[&str]) -> Run {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    folder.run([&["merge"], parts.as_slice(), args].concat())
}

fn same(one: &Run, other: &Run, what: &str) {
    assert_eq!((one.status, &one.out, &one.err), (other.status, &other.out, &other.err), "{what}");
}

#[test]
fn parts_together_say_what_one_run_says_in_every_format() {
    let folder = folder("sharding");
    for (of, formats) in [(1, &FORMATS[..3]), (3, &FORMATS[..]), (20, &FORMATS[..3])] {
        let mut parts = parts(&folder, &["--min-severity", "advice"], of);
        parts.reverse();
        for format in formats {
            for further in [&[][..], &["--show-suppressed", "--fail-on", "never"], &["--verbose"]] {
                let args = [&["--format", format], further].concat();
                let one = folder.run([&["check", "--min-severity", "advice"], args.as_slice()].concat());
                same(&one, &merged(&folder, &parts, &args), &format!("{format} of {of}, {further:?}"));
            }
        }
        let one = folder.run(["check", "--min-severity", "advice"]);
        same(&one, &merged(&folder, &[format!("parts-{of}")], &[]), "a folder of parts");
    }
}

#[test]
fn limits_baselines_and_what_is_excluded_hold_for_all_parts_together() {
    let folder = folder("sharding-limits");
    folder.run(["check", "b", "--write-baseline", "known.json"]);
    std::fs::rename(folder.path.join("b/3.yaml"), folder.path.join("a/3.yaml")).expect("it can be moved");
    for args in [
        &["--max-findings", "1"][..],
        &["--baseline", "known.json"],
        &["--exclude", "c/", "--select", "run,fleet"],
        &["a", "--isolated", "--kubernetes-version", "1.29"],
        &["--exclude", "*"],
    ] {
        let parts = parts(&folder, args, 3);
        for format in ["full", "json"] {
            let one = folder.run([&["check", "--format", format], args].concat());
            same(&one, &merged(&folder, &parts, &["--format", format]), &format!("{args:?} {format}"));
        }
    }
}

#[test]
fn a_file_belongs_to_one_part_and_stays_there() {
    let files = |folder: &Folder, number: usize| -> BTreeSet<String> {
        let run = folder.run(["check", "--quiet", "--shard", &format!("{number}/3")]);
        let lines = run.out.lines().skip(1).map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        lines.map(|line| line["file"]["name"].as_str().expect("a name").to_owned()).collect()
    };
    let before = folder("sharding-stable");
    let parts = [1, 2, 3].map(|number| files(&before, number));
    let all: BTreeSet<&String> = parts.iter().flatten().collect();
    assert_eq!((all.len(), parts.iter().map(BTreeSet::len).sum::<usize>()), (17, 17));
    let after = before.file("a/0-new.yaml", FOUND);
    for (before, number) in parts.iter().zip(1..) {
        assert!(files(&after, number).is_superset(before));
    }
}

#[test]
fn a_pod_of_an_indexed_job_does_the_part_of_its_index() {
    let folder = folder("sharding-index");
    let of_index = |index: &str, shard: &str| {
        let mut command = folder.command(&["check", "--quiet", "--shard", shard]);
        Run::of(command.env("JOB_COMPLETION_INDEX", index).output())
    };
    assert_eq!(
        of_index("2", "auto/3").out.lines().count(),
        folder.run(["check", "--shard", "3/3"]).out.lines().count()
    );
    // Unasked, nobody looks at it.
    assert_eq!(of_index("2", "1/3").out.lines().count(), folder.run(["check", "--shard", "1/3"]).out.lines().count());
    for (index, why) in [("3", "of 3 parts the last has index 2"), ("x", "is `x`"), ("", "only pods of an Indexed Job")]
    {
        let run = of_index(index, "auto/3");
        assert!(run.status == 2 && run.err.contains(why), "{}", run.err);
    }
}

#[test]
fn what_is_no_whole_run_is_refused() {
    let folder = folder("sharding-refused");
    let parts = parts(&folder, &["a"], 3);
    let others = self::parts(&folder, &["b"], 2);
    let refused = |parts: &[String], why: &str| {
        let run = merged(&folder, parts, &[]);
        assert!((run.status, run.out.as_str()) == (2, "") && run.err.contains(why), "{}", run.err);
    };
    refused(&parts[..2], "part 3 of 3 is missing: 2 of them are here");
    refused(&[&parts[..], &parts[..1]].concat(), "are the same part, 1 of 3");
    refused(&[&parts[..], &others[..1]].concat(), "are parts of two runs");
    refused(&["a/zone.yaml".to_owned()], "a/zone.yaml: not a part of a run");
    refused(&["none".to_owned()], "none: ");
    refused(&["a".to_owned()], "there is no part");
    let path = folder.path.join(&parts[0]);
    let text = std::fs::read_to_string(&path).expect("it was written");
    std::fs::write(&path, text.replacen("\"batchlint\":\"", "\"batchlint\":\"9", 1)).expect("it can be written");
    refused(&parts, "wrote it, and this is");
    // A part whose end is missing is told, and the rest is.
    let ends = text.trim_end().rfind('\n').map_or("", |at| &text[..=at]);
    std::fs::write(&path, ends).expect("it can be written");
    let run = merged(&folder, &parts, &["--format", "concise"]);
    assert!(run.status == 2 && run.err.contains("it ends early: 1 of"), "{}", run.err);
    for args in [&["--shard", "1/2", "--since", "HEAD"][..], &["--shard", "1/2", "--fix"], &["--shard", "1/2", "-"]] {
        assert_eq!(folder.run([&["check"], args].concat()).status, 2, "{args:?}");
    }
}

#[test]
fn real_manifests_in_parts_are_one_run() {
    let Some(wild) = shared::find("wild/plain") else { return };
    let folder = Folder::new("sharding-wild");
    let wild = wild.to_str().expect("its name is text");
    let parts = parts(&folder, &[wild, "--pedantic"], 4);
    let one = folder.run(["check", wild, "--pedantic", "--format", "json"]);
    same(&one, &merged(&folder, &parts, &["--format", "json"]), "real manifests");
}
