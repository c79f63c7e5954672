//! Of scripts in ConfigMaps of other files than those of the pods that run them: found where it is certain which ConfigMap a
//! pod mounts, and only there.

use batchlint::analysis::{Settings, analyse};
use batchlint::diagnostic::{Late, Place};
use batchlint::lint::{over_all, report};
use batchlint::project::{Project, Scope};
use batchlint::text::Source;

use super::{NOW, config, job};

const LOST: &str = "pg_dump a > /out\necho done\n";
const VOLUME: &str = "volumes: [{name: s, configMap: {name: scripts}}], ";
const MOUNT: &str = "volumeMounts: [{name: s, mountPath: /scripts}]";
const RUN: &str = "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /scripts}]";

/// A ConfigMap with a script, at some depth of a file.
fn map(more: &str) -> String {
    format!(
        "# written by hand\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: scripts{more}}}\ndata:\n  run.sh: |\n    \
         pg_dump a > /out\n    echo done\n"
    )
}

fn runner(volumes: &str, container: &str) -> String {
    job("", &format!("{volumes}containers: [{{name: a, image: 'a:1', {container}}}]"))
}

/// What is found over files, and not in one of them.
fn late(files: &[(&str, &str)]) -> Vec<Late> {
    let mut project = Project::new();
    for (name, text) in files {
        project.add(report(&analyse(Source::new(*name, *text), &Settings::at(NOW)), &config()).1);
    }
    let mut all = over_all(&project, &config(), Scope::Whole);
    all.retain(|late| late.finding().rule == "failure-masked");
    all
}

fn places(files: &[(&str, &str)]) -> Vec<String> {
    let place = |late: &Late| format!("{}:{}:{}", late.at().file, late.at().start.line, late.at().start.column);
    late(files).iter().map(place).collect()
}

#[test]
fn what_pods_run_of_other_files_is_read() {
    let (own, list) = (map(""), format!("apiVersion: v1\nkind: List\nitems:\n- {}", map("").replace('\n', "\n  ")));
    let started = own.replace("    pg_dump", "    #!/bin/bash\n    pg_dump");
    let json = format!(
        "{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"scripts\"}},\n \"data\": {{\"run.sh\": {}}}}}\n",
        serde_json::to_string(LOST).expect("a string")
    );
    let second = format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\n---\n{own}");
    let twice = format!("{}---\n{own}", own.replace("pg_dump", "true || pg_dump"));
    let items =
        "volumes: [{name: s, configMap: {name: scripts, items: [{key: run.sh, path: bin/a}], defaultMode: 0755}}], ";
    let two = "volumes: [{name: s, projected: {sources: [{configMap: {name: b}}, {configMap: {name: scripts}}]}}], ";
    let inner = format!("command: [sh, -ec, 'date; sh /scripts/run.sh; date'], {MOUNT}");
    for (text, volumes, container, place) in [
        (&own, VOLUME, RUN, "7:5"),
        (&second, VOLUME, RUN, "11:5"),
        (&twice, VOLUME, RUN, "16:5"),
        (&list.replace("- # written by hand\n  api", "- api"), VOLUME, RUN, "9:7"),
        (&json, VOLUME, RUN, "2:22"),
        (&own, two, RUN, "7:5"),
        (&own, items, &format!("command: [sh, /scripts/bin/a], {MOUNT}"), "7:5"),
        (&own, VOLUME, "command: [sh, /a], volumeMounts: [{name: s, mountPath: /a, subPath: run.sh}]", "7:5"),
        (&own, VOLUME, &inner, "7:5"),
        (&started, VOLUME, &format!("command: [/scripts/run.sh], {MOUNT}"), "8:5"),
        (&own.replace('\n', "\r\n"), VOLUME, RUN, "7:5"),
    ] {
        let text = text.replace("\r\n    ", "\n    ").replace("done\r\n", "done\n");
        let job = runner(volumes, container);
        let wanted = format!("scripts/map.yaml:{place}");
        assert_eq!(places(&[("jobs/job.yaml", &job), ("scripts/map.yaml", &text)]), [wanted], "{job}{text}");
    }
}

#[test]
fn a_config_map_that_may_be_another_is_left_alone() {
    let (own, run) = (map(""), runner(VOLUME, RUN));
    let files = |map: &str, job: &str| places(&[("jobs/job.yaml", job), ("scripts/map.yaml", map)]);
    let of = |key: &str| runner(&format!("volumes: [{{name: s, configMap: {{name: scripts, {key}}}}}], "), RUN);
    let silent = [
        (map(", namespace: web"), run.clone()),
        (own.clone(), run.replace("{name: a}", "{name: a, namespace: web}")),
        (own.replace("name: scripts", "name: scripts-7b9f5c2k8d"), run.clone()),
        (own.clone(), run.replace("name: scripts", "name: scripts-7b9f5c2k8d")),
        (own.replace("name: scripts", "name: script"), run.clone()),
        (own.replace("run.sh", "other.sh"), run.clone()),
        (own.replace("run.sh", "run.json"), run.replace("run.sh", "run.json")),
        (own.replace("kind: ConfigMap", "kind: Secret"), run.clone()),
        (own.replace("apiVersion: v1", "apiVersion: example.com/v1"), run.clone()),
        (own.replace("data:", "binaryData:"), run.clone()),
        (own.replace("metadata:", "$patch: merge\nmetadata:"), run.clone()),
        (own.replace("  run.sh: |", "  base: &a |\n    x\n  other: *a\n  run.sh: |"), run.clone()),
        (own.clone(), of("items: [{key: run.sh, path: other.sh}]")),
        (own.clone(), of("items: []")),
        (own.clone(), runner(VOLUME, "command: [sh, /scripts/run.sh]")),
        (own.clone(), runner(VOLUME, &format!("command: [cat, /scripts/run.sh], {MOUNT}"))),
        (own.clone(), runner(VOLUME, &format!("command: [/scripts/run.sh], {MOUNT}"))),
        (own.clone(), runner(VOLUME, &format!("command: [sh, -c, 'sh /scripts/run.sh || true'], {MOUNT}"))),
        (own.replace("    pg_dump", "    set -e\n    pg_dump"), run.clone()),
    ];
    for (map, job) in silent {
        assert_eq!(files(&map, &job), [""; 0], "{map}{job}");
    }
    let in_one = format!("{own}---\n{run}");
    // A ConfigMap of the own file is the one that is meant; of two others, the one that stands beside.
    let fine = own.replace("pg_dump", "exec pg_dump");
    let job = ("jobs/job.yaml", run.as_str());
    let [here, there, further] =
        ["jobs/map.yaml", "there/map.yaml", "further/map.yaml"].map(|name| (name, own.as_str()));
    assert_eq!(places(&[("jobs/job.yaml", &format!("{fine}---\n{run}")), there]), [""; 0]);
    assert_eq!(places(&[job, there, further]), [""; 0]);
    assert_eq!(places(&[job, here, there]), ["jobs/map.yaml:7:5"]);
    assert_eq!(places(&[job, here, ("jobs/more.yaml", &own)]), [""; 0]);
    // What is told in the own file of the script is not told again.
    assert_eq!(places(&[job, ("there/map.yaml", &in_one)]), [""; 0]);
}

#[test]
fn a_finding_of_another_file_says_who_runs_it_and_is_said_once() {
    let (own, run) = (map(", namespace: web"), runner(VOLUME, RUN).replace("{name: a}", "{name: a, namespace: web}"));
    let second = run.replace("{name: a, namespace", "{name: b, namespace");
    let all = late(&[("a.yaml", &run), ("b.yaml", &second), ("map.yaml", &own)]);
    let [late] = &all[..] else { panic!("it is said once: {all:?}") };
    let finding = late.finding();
    let object = finding.object.as_ref().expect("there is one");
    assert_eq!((object.label().as_str(), finding.document), ("ConfigMap/web/scripts", Some(0)));
    assert_eq!(object.start as usize, own.find("apiVersion").expect("it is there"));
    assert_eq!(finding.field.as_deref(), Some("data[run.sh]"));
    assert_eq!(finding.happens_to().1.map(|object| object.label()).as_deref(), Some("Job/web/a"));
    let labels = finding.labels.iter().map(|label| match &label.place {
        Place::Elsewhere(at) => (&*at.file, at.words().unwrap_or_default(), label.message.as_str()),
        _ => panic!("its place is not told: {label:?}"),
    });
    assert_eq!(
        labels.collect::<Vec<_>>(),
        [
            ("a.yaml", "/scripts/run.sh", "container `a` of Job `a` runs it"),
            ("map.yaml", "echo done", "this decides how the run ends")
        ]
    );
    // It is known by the same as where all stands in one file.
    let in_one = format!("{own}---\n{run}");
    let (known, _) = report(&analyse(Source::new("a.yaml", in_one), &Settings::at(NOW)), &config());
    let known = known.findings.iter().find(|one| one.rule == "failure-masked").expect("it is found");
    assert_eq!(known.fingerprint, finding.fingerprint);
}
