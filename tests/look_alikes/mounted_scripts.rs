//! Of scripts in ConfigMaps that a pod mounts and runs: what stands there is read as in a command line, and nothing else is.

use batchlint::diagnostic::{Finding, Label};
use batchlint::lint::lint;
use batchlint::text::{Source, Span};

use super::command::scripts::SCRIPTS;
use super::{config, count, job};

/// A script that `failure-masked` speaks of, by whatever shell.
const LOST: &str = "pg_dump a > /out\necho done\n";
const VOLUME: &str = "volumes: [{name: s, configMap: {name: scripts}}], ";
const MOUNT: &str = "volumeMounts: [{name: s, mountPath: /scripts}]";
const RUN: &str = "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /scripts}]";

fn map(key: &str, text: &str, more: &str) -> String {
    let text = serde_json::to_string(text).expect("a string");
    format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: scripts{more}}}, data: {{{key}: {text}}}}}\n---\n")
}

fn with(map: &str, volumes: &str, container: &str) -> String {
    format!("{map}{}", job("", &format!("{volumes}containers: [{{name: a, image: 'a:1', {container}}}]")))
}

#[test]
fn what_a_pod_mounts_and_runs_is_read() {
    let own = map("run.sh", LOST, "");
    let started = map("run.sh", &format!("#!/bin/sh\n{LOST}"), "");
    let items = "volumes: [{name: s, configMap: {name: scripts, items: [{key: run.sh, path: bin/a}]}}], ";
    let projected = "volumes: [{name: s, projected: {sources: [{secret: {name: b, items: [{key: x, path: x}]}}, {configMap: {name: \
                     scripts}}, {downwardAPI: {items: []}}]}}], ";
    let two = format!(
        "{}{}",
        map("run.sh", "exec bash -e /scripts/work.sh", ""),
        map("work.sh", LOST, "").replace("name: scripts", "name: more")
    );
    let of_two =
        "volumes: [{name: s, projected: {sources: [{configMap: {name: scripts}}, {configMap: {name: more}}]}}], ";
    for (map, volumes, container) in [
        (&own, VOLUME, RUN),
        (&own, VOLUME, &format!("args: [/bin/sh, /scripts/run.sh, a], {MOUNT}")),
        (&own, VOLUME, &format!("command: [timeout, '60', nice, bash, -u, /scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [env, -S, 'sh -u', /scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [env, -S, 'sh -u /scripts/run.sh'], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, run.sh], workingDir: /scripts/, {MOUNT}")),
        (&own, VOLUME, "command: [sh, /a/run.sh], volumeMounts: [{name: s, mountPath: /a/run.sh, subPath: run.sh}]"),
        (&own, items, &format!("command: [sh, /scripts/bin/a], {MOUNT}")),
        (&own, items, "command: [sh, /x/a], volumeMounts: [{name: s, mountPath: /x, subPath: bin}]"),
        (&own, projected, RUN),
        (&own, VOLUME, &format!("command: [sh, -c, 'sh /scripts/run.sh'], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, -ec, 'date; sh /scripts/run.sh; date'], {MOUNT}")),
        (&started, VOLUME, &format!("command: [/scripts/run.sh], {MOUNT}")),
        (&started, VOLUME, &format!("command: [./run.sh], workingDir: /scripts, {MOUNT}")),
        (&started, VOLUME, &format!("command: [sh, -c, /scripts/run.sh], {MOUNT}")),
        (
            &map("run.sh", &format!("#! /usr/bin/env -S bash -u\n{LOST}"), ""),
            VOLUME,
            &format!("command: [/scripts/run.sh], {MOUNT}"),
        ),
        (
            &map("run.sh", &format!("#!/usr/bin/env sh\n{LOST}"), ""),
            VOLUME,
            &format!("command: [/scripts/run.sh], {MOUNT}"),
        ),
        (&two, of_two, RUN),
    ] {
        let text = with(map, volumes, container);
        // With `-e`, the other script is told that it ends at the first failure.
        let wanted = usize::from(!container.is_empty() && map != &two);
        assert_eq!(count("failure-masked", &text, &config()), wanted, "{text}");
    }
    let text = with(&two.replace("bash -e", "bash"), of_two, RUN);
    assert_eq!(count("failure-masked", &text, &config()), 1, "{text}");
}

#[test]
fn what_no_pod_runs_from_a_config_map_is_left_alone() {
    let own = map("run.sh", LOST, "");
    let directly = &*format!("command: [/scripts/run.sh], {MOUNT}");
    let of = |key: &str| format!("volumes: [{{name: s, configMap: {{name: scripts, {key}}}}}], ");
    let silent: &[(&str, &str, &str)] = &[
        // Another name, namespace, key, path, volume.
        (&own.replace("name: scripts", "name: others"), VOLUME, RUN),
        (&map("run.sh", LOST, ", namespace: other"), VOLUME, RUN),
        (&map("other.sh", LOST, ""), VOLUME, RUN),
        (&own, VOLUME, "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /other}]"),
        (&own, VOLUME, "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /script}]"),
        (&own, VOLUME, "command: [sh, /scripts/run.sh]"),
        (&own, "volumes: [{name: s, emptyDir: {}}], ", RUN),
        (&own, "volumes: [{name: s, secret: {secretName: scripts}}], ", RUN),
        (&own, &of("items: [{key: run.sh, path: other.sh}]"), RUN),
        (&own, &of("items: [{key: other, path: run.sh}]"), RUN),
        (&own, &of("items: []"), RUN),
        (&own.replace("kind: ConfigMap", "kind: Secret"), VOLUME, RUN),
        (&own.replace("data: ", "binaryData: "), VOLUME, RUN),
        (&own.replace("apiVersion: v1", "apiVersion: example.com/v1"), VOLUME, RUN),
        // Something else is mounted over it, or nobody knows what.
        (
            &own,
            "volumes: [{name: s, configMap: {name: scripts}}, {name: t, emptyDir: {}}], ",
            "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /}, {name: t, mountPath: /scripts}]",
        ),
        (
            &own,
            VOLUME,
            "command: [sh, /scripts/run.sh], volumeMounts: [{name: s, mountPath: /scripts, subPathExpr: a}]",
        ),
        (
            &own,
            "volumes: [{name: s, projected: {sources: [{configMap: {name: scripts}}, {secret: {name: b}}]}}], ",
            RUN,
        ),
        (
            &own,
            "volumes: [{name: s, projected: {sources: [{configMap: {name: scripts}}, {configMap: {name: b}}]}}], ",
            RUN,
        ),
        // No shell reads it, or one that is not known.
        (&own, VOLUME, directly),
        (&map("run.sh", &format!("#!/usr/bin/python3\n{LOST}"), ""), VOLUME, directly),
        (&map("run.sh", &format!("#!/usr/bin/env bash -u\n{LOST}"), ""), VOLUME, directly),
        (&map("run.sh", &format!(" #!/bin/sh\n{LOST}"), ""), VOLUME, directly),
        (&own, VOLUME, &format!("command: [python, /scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [cat, /scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, $(SCRIPT)], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, run.sh], {MOUNT}")),
        (&map("run.sh", &format!("#!/bin/sh\n{LOST}"), ""), VOLUME, &format!("args: [/scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [busybox, env, -S, 'sh -u', /scripts/run.sh], {MOUNT}")),
        // How it ends counts for nothing.
        (&own, VOLUME, &format!("command: [sh, -c, 'sh /scripts/run.sh || true'], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, -c, 'sh /scripts/run.sh & /work'], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, -c, 'x=$(sh /scripts/run.sh)x /work'], {MOUNT}")),
        (&own, VOLUME, &format!("command: [sh, -c, 'cp /scripts/run.sh /tmp'], {MOUNT}")),
        // It is as it should be.
        (&own, VOLUME, &format!("command: [sh, -e, /scripts/run.sh], {MOUNT}")),
        (&own, VOLUME, &format!("command: [env, -S, 'sh -e', /scripts/run.sh], {MOUNT}")),
        (&map("run.sh", &format!("#!/bin/bash -e\n{LOST}"), ""), VOLUME, directly),
        (&map("run.sh", &format!("#!/usr/bin/env -S bash -e\n{LOST}"), ""), VOLUME, directly),
        (&map("run.sh", &format!("set -e\n{LOST}"), ""), VOLUME, RUN),
    ];
    for (map, volumes, container) in silent {
        let text = with(map, volumes, container);
        assert_eq!(count("failure-masked", &text, &config()), 0, "{text}");
    }
}

fn found(text: &str) -> Vec<Finding> {
    lint(&Source::new("a.yaml", text), &config()).findings
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.range()]
}

/// Of the rules on commands and waits: the rule, the words, and what is underlined.
fn told(text: &str) -> Vec<(&'static str, String, String)> {
    let of_scripts = |one: &Finding| one.group == "command" || one.rule == "sleep-as-schedule";
    let told = |one: Finding| (one.rule, one.message.as_str().to_owned(), slice(text, one.span).to_owned());
    found(text).into_iter().filter(of_scripts).map(told).collect()
}

#[test]
fn a_script_is_read_alike_in_a_command_line_and_in_a_config_map() {
    let mut compared = 0;
    for script in SCRIPTS.iter().flat_map(|(_, scripts)| *scripts).chain(&[LOST, "/work\nexit 0", "a | xargs rm"]) {
        if script.contains("$$") {
            continue;
        }
        let quoted = serde_json::to_string(script).expect("a string");
        let in_words = with("", VOLUME, &format!("command: [bash, -c, {quoted}], {MOUNT}"));
        let in_map = with(&map("run.sh", script, ""), VOLUME, &format!("command: [bash, /scripts/run.sh], {MOUNT}"));
        assert_eq!(told(&in_words), told(&in_map), "{script}");
        compared += 1;
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn a_finding_in_a_config_map_is_the_config_maps_and_names_who_runs_it() {
    let text = format!(
        "{}{}",
        with(&map("run.sh", LOST, ", namespace: web"), VOLUME, RUN).replace("{name: a}", "{name: a, namespace: web}"),
        "---\n".to_owned()
            + &job("", &format!("{VOLUME}containers: [{{name: b, image: 'b:1', {RUN}}}]"))
                .replace("{name: a}", "{name: b, namespace: web}")
    );
    let all = found(&text);
    let of_script: Vec<&Finding> = all.iter().filter(|one| one.rule == "failure-masked").collect();
    let [finding] = of_script[..] else { panic!("it is said once: {of_script:?}") };
    let object = finding.object.as_ref().expect("there is one");
    assert_eq!((object.label().as_str(), finding.document), ("ConfigMap/web/scripts", Some(0)));
    assert_eq!(finding.field.as_deref(), Some("data[run.sh]"));
    assert_eq!(finding.happens_to().1.map(|object| object.label()).as_deref(), Some("Job/web/a"));
    assert_eq!(slice(&text, finding.span), "pg_dump");
    let here = |label: &Label| match label.place {
        batchlint::diagnostic::Place::Here(span) => slice(&text, span).to_owned(),
        _ => String::new(),
    };
    let labels = finding.labels.iter().map(|label| (here(label), label.message.as_str().to_owned()));
    assert_eq!(
        labels.collect::<Vec<_>>(),
        [
            ("/scripts/run.sh".to_owned(), "container `a` of Job `a` runs it".to_owned()),
            ("echo done".to_owned(), "this decides how the run ends".to_owned())
        ]
    );
    // Who else runs it, and where, changes nothing of what it is known by.
    let alone =
        with(&map("run.sh", LOST, ", namespace: web"), VOLUME, RUN).replace("{name: a}", "{name: c, namespace: web}");
    let known = |text: &str| found(text).into_iter().find(|one| one.rule == "failure-masked")?.fingerprint;
    assert_eq!(known(&alone), finding.fingerprint);
    assert!(finding.fingerprint.is_some());
}

#[test]
fn suppressions_and_fixes_work_in_a_config_map() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scripts\ndata:\n  run.sh: |\n    set -e\n    /work\n    \
                curl -X POST http://a/b\n---\n";
    let text = with(text, VOLUME, RUN);
    let report = lint(&Source::new("a.yaml", text.as_str()), &config());
    let at = report.findings.iter().position(|one| one.rule == "curl-without-fail").expect("it is found");
    let fixes = report.fixes();
    let [fix] = &fixes[at][..] else { panic!("one fix: {:?}", fixes[at]) };
    let mended = batchlint::text::apply_edits(&text, &fix.edits).expect("they apply");
    assert!(mended.contains("    curl --fail -X POST http://a/b\n"), "{mended}");
    assert_eq!(count("curl-without-fail", &mended, &config()), 0);
    let ignored = [
        text.replace("  run.sh: |", "  # batchlint: ignore[curl-without-fail] it answers at once\n  run.sh: |"),
        text.replace(
            "  name: scripts\n",
            "  name: scripts\n  annotations:\n    batchlint.dev/ignore: \"curl-without-fail: so be it\"\n",
        ),
        format!("# batchlint: ignore-file[command] it is an example\n{text}"),
    ];
    for text in ignored {
        let report = lint(&Source::new("a.yaml", text.as_str()), &config());
        let rules: Vec<_> = report.findings.iter().map(|one| one.rule).collect();
        assert!(
            !rules.contains(&"curl-without-fail") && !rules.contains(&"suppression-without-effect"),
            "{text}: {rules:?}"
        );
        assert_eq!(report.suppressed.iter().filter(|one| one.rule == "curl-without-fail").count(), 1, "{text}");
    }
}

#[test]
fn carriage_returns_in_a_file_are_told_even_where_no_shell_could_read_it() {
    let crlf = map("run.sh", "#!/bin/sh\r\nif true; then\r\n/work\r\nfi\r\n", "");
    let text = with(&crlf, VOLUME, &format!("command: [/scripts/run.sh], {MOUNT}"));
    assert_eq!(count("carriage-return-in-script", &text, &config()), 1, "{text}");
    let unused = with(&crlf, VOLUME, &format!("command: [/other/run.sh], {MOUNT}"));
    assert_eq!(count("carriage-return-in-script", &unused, &config()), 0, "{unused}");
}
