//! A script in a ConfigMap that a pod of another file runs, through the program: mended, suppressed, known and told where it
//! stands, however the files are checked.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "looks at what was written")]

mod program;

use std::fs;

use program::{FOUND, Folder};

const MAP: &str = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: scripts
data:
  run.sh: |
    set -e
    /work
    curl -X POST http://a/b
";

fn job(name: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {name}\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      \
         restartPolicy: Never\n      volumes: [{{name: s, configMap: {{name: scripts}}}}]\n      containers:\n        \
         - name: a\n          image: registry.example.com/a:1.4.2\n          command: [sh, /scripts/run.sh]\n          \
         volumeMounts: [{{name: s, mountPath: /scripts}}]\n"
    )
}

fn folder(map: &str) -> Folder {
    let jobs = ["a", "b", "c", "d", "e"].into_iter();
    let other = FOUND.replace("Seconds: 0", "Seconds: 300");
    let folder = Folder::new("shared-scripts").file("scripts/map.yaml", map).file("other.yaml", &other);
    jobs.fold(folder, |folder, name| folder.file(&format!("jobs/{name}.yaml"), &job(name)))
}

const CHECK: [&str; 3] = ["check", "--format=concise", "-q"];
const TOLD: &str = "scripts/map.yaml:9:5: warning[curl-without-fail]";

#[test]
fn it_is_told_at_its_line_by_one_run_and_by_parts_of_it() {
    let folder = folder(MAP);
    let run = folder.run(CHECK);
    assert!(run.out.starts_with(TOLD) && run.out.lines().count() == 1, "{}{}", run.out, run.err);
    let parts = ["1", "2", "3"].map(|number| {
        let (shard, file) = (format!("{number}/3"), format!("{number}.jsonl"));
        assert_eq!(folder.run(["check", "-q", "--shard", &shard, "--output", &file]).status, 0);
        file
    });
    let merged = folder.run([&["merge", "--format=concise", "-q"], &parts.each_ref().map(String::as_str)[..]].concat());
    assert_eq!((merged.out, merged.status), (run.out, run.status));
}

#[test]
fn it_is_mended_in_the_file_where_it_stands() {
    let folder = folder(MAP);
    let shown = folder.run(["check", "--diff", "--unsafe-fixes"]);
    assert!(shown.out.contains("+++ scripts/map.yaml") && shown.out.contains("+    curl --fail -X"), "{}", shown.out);
    let run = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert!(run.err.contains("fixed 1 finding in 1 file: 1 curl-without-fail"), "{}{}", run.out, run.err);
    let now = fs::read_to_string(folder.path.join("scripts/map.yaml")).expect("it can be read");
    assert_eq!(now, MAP.replace("curl -X", "curl --fail -X"));
    assert_eq!(folder.run(CHECK).out, "");
}

#[test]
fn it_is_suppressed_where_it_stands_and_that_is_an_effect() {
    let ignored = [
        MAP.replace("run.sh: |", "# batchlint: ignore[curl-without-fail] it answers at once\n  run.sh: |"),
        MAP.replace(
            "  name: scripts\n",
            "  name: scripts\n  annotations: {batchlint.dev/ignore: \"command: so be it\"}\n",
        ),
        format!("# batchlint: ignore-file[curl-without-fail] an example\n{MAP}"),
    ];
    for map in ignored {
        let run = folder(&map).run(["check", "--format=concise"]);
        assert!(run.out.is_empty() && run.err.contains("1 suppressed"), "{map}{}{}", run.out, run.err);
        let fine = map.replace("curl -X", "curl --fail -X");
        let run = folder(&fine).run(CHECK);
        assert!(run.out.contains("suppression-without-effect"), "{fine}{}", run.out);
        // Whether a part of the files has who runs it, nobody knows.
        assert_eq!(folder(&fine).run([&CHECK[..], &["scripts/map.yaml"]].concat()).out, "");
    }
    let folder = folder(MAP);
    folder.run(["check", "--add-ignores", "-q"]);
    let now = fs::read_to_string(folder.path.join("scripts/map.yaml")).expect("it can be read");
    assert!(now.contains("ignore[curl-without-fail]"), "{now}");
    assert_eq!(folder.run(CHECK).out, "");
}

#[test]
fn a_baseline_knows_it() {
    let folder = folder(MAP);
    assert_eq!(folder.run(["check", "-q", "--write-baseline=known.json"]).status, 0);
    assert_eq!(folder.run([&CHECK[..], &["--baseline=known.json"]].concat()).out, "");
    fs::write(
        folder.path.join("scripts/map.yaml"),
        MAP.replace("http://a/b\n", "http://a/b\n    curl -X POST http://c/d\n"),
    )
    .expect("it can be written");
    let run = folder.run([&CHECK[..], &["--baseline=known.json"]].concat());
    assert!(run.out.starts_with("scripts/map.yaml:10:5: warning[curl-without-fail]"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}
