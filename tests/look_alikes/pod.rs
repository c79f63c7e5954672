//! Of rules on pods.

use batchlint::lint::lint;
use batchlint::text::Source;

use super::{config, holds, job};

#[test]
fn amounts_that_machines_have_are_not_spoken_of() {
    let with = |cpu: &str, memory: &str| {
        job(
            "",
            &format!(
                "containers: [{{name: a, image: 'a:1', resources: {{requests: {{cpu: {cpu}, memory: {memory}}}}}}}]"
            ),
        )
    };
    holds(
        "amount-no-machine-has",
        with,
        &[("500Mi", "1Gi"), ("1", "512"), ("100k", "1Gi"), ("1", "'128'"), ("1", "9Pi"), ("1", "512k")],
        &[
            ("500m", "1Gi"),
            ("1", "512Mi"),
            ("'2'", "1e9"),
            ("0.5", "1000000000"),
            ("192", "24Ti"),
            ("16k", "1M"),
            ("1", "1Mi"),
            ("0", "0"),
            ("1", "512m"),
            ("1.5", "64G"),
        ],
    );
}

#[test]
fn a_file_that_may_be_run_or_is_read_by_a_shell_needs_no_mode() {
    let volume = |more: &str| format!("volumes: [{{name: s, configMap: {{name: scripts{more}}}}}], ");
    let with = |more: &str, container: &str| {
        let volumes = if more.starts_with("volumes") { more.to_owned() } else { volume(more) };
        let mounts =
            if container.contains("volumeMounts") { "" } else { ", volumeMounts: [{name: s, mountPath: /scripts}]" };
        job("", &format!("{volumes}containers: [{{name: a, image: 'a:1', {container}{mounts}}}]"))
    };
    let run = "command: [/scripts/run.sh]";
    let deeper = "command: [/scripts/bin/run.sh], volumeMounts: [{name: s, mountPath: /scripts}, {name: b, mountPath: /scripts/bin}]";
    holds(
        "script-not-executable",
        with,
        &[
            ("", run),
            (", defaultMode: 0644", run),
            ("", "command: [sh, -c, /scripts/run.sh]"),
            ("", "command: [sh, -c, 'exec /scripts/run.sh --all']"),
            ("", "command: [/run.sh], volumeMounts: [{name: s, mountPath: /run.sh, subPath: run.sh}]"),
            (", defaultMode: 0755, items: [{key: run, path: run.sh, mode: 0644}]", run),
        ],
        &[
            (", defaultMode: 0755", run),
            (", defaultMode: 493", run),
            (", items: [{key: run, path: run.sh, mode: 0755}]", run),
            ("", "command: [sh, /scripts/run.sh]"),
            ("", "command: [sh, -c, 'sh /scripts/run.sh']"),
            ("", "command: [python, /scripts/run.py]"),
            ("", "args: [/scripts/run.sh]"),
            ("", "command: [/other/run.sh]"),
            ("", "command: [/scriptsrun.sh]"),
            ("", "command: [sh, -c, 'cp /scripts/run.sh /tmp && chmod +x /tmp/run.sh && /tmp/run.sh']"),
            ("volumes: [{name: s, emptyDir: {}}], ", run),
            ("volumes: [{name: s, configMap: {name: scripts}}, {name: b, emptyDir: {}}], ", deeper),
            ("", "command: [/scripts/run.sh], volumeMounts: [{name: s, mountPath: /scripts, subPath: scripts}]"),
        ],
    );
}

#[test]
fn a_secret_that_its_reader_may_read_is_not_spoken_of() {
    let with = |mode: &str, security: &str| {
        job(
            "",
            &format!(
                "securityContext: {{{security}}}, volumes: [{{name: k, secret: {{secretName: key{mode}}}}}], containers: [{{name: a, \
                 image: 'a:1', volumeMounts: [{{name: k, mountPath: /k}}]}}]"
            ),
        )
    };
    let items = ", defaultMode: 0400, items: [{key: a, path: a, mode: 0444}]";
    holds(
        "secret-unreadable",
        with,
        &[
            (", defaultMode: 0400", "runAsUser: 1000"),
            (", defaultMode: 256", "runAsUser: 65534, runAsNonRoot: true"),
            (", defaultMode: 0440", "runAsUser: 1000, runAsGroup: 1000"),
        ],
        &[
            (", defaultMode: 0400", "runAsUser: 1000, fsGroup: 1000"),
            (", defaultMode: 0400", "runAsUser: 0"),
            (", defaultMode: 0400", ""),
            (", defaultMode: 0400", "runAsNonRoot: true"),
            (", defaultMode: 0444", "runAsUser: 1000"),
            (", defaultMode: 0440", "runAsUser: 1000"),
            (", defaultMode: 0440", "runAsUser: 1000, runAsGroup: 0"),
            ("", "runAsUser: 1000"),
            (items, "runAsUser: 1000"),
            (", defaultMode: 0644", "runAsUser: 1000, runAsGroup: 1000"),
        ],
    );
}

#[test]
fn a_volume_that_something_uses_is_mounted() {
    let with = |volume: &str, container: &str| {
        job("", &format!("volumes: [{{name: v, {volume}}}], containers: [{{name: a, image: 'a:1'{container}}}]"))
    };
    let mount = ", volumeMounts: [{name: v, mountPath: /v}]";
    holds(
        "volume-never-mounted",
        with,
        &[
            ("emptyDir: {}", ""),
            ("secret: {secretName: a}", ""),
            ("emptyDir: {}}, {name: data, emptyDir: {}", ", volumeMounts: [{name: date, mountPath: /d}]"),
            ("emptyDir: {}}, {name: v, emptyDir: {}", ""),
        ],
        &[
            ("emptyDir: {}", mount),
            ("emptyDir: {medium: Memory}", mount),
            ("secret: {secretName: a}", mount),
            ("configMap: {name: a}", mount),
            ("hostPath: {path: /a}", mount),
            ("image: {reference: 'a:1'}", mount),
            ("projected: {sources: []}", mount),
            ("configMap: {name: a}", ", volumeMounts: [{name: v, mountPath: /v/a, subPath: a}]"),
            ("persistentVolumeClaim: {claimName: a}", ", volumeDevices: [{name: v, devicePath: /dev/a}]"),
            ("persistentVolumeClaim: {claimName: a}", ", volumeMounts: [{name: v, mountPath: /v, readOnly: true}]"),
            // The mount finds nothing, and the server tells of that.
            ("emptyDir: {}", ", volumeMounts: [{name: w, mountPath: /v}]"),
            (
                "emptyDir: {}}, {name: data, emptyDir: {}",
                ", volumeMounts: [{name: v, mountPath: /v}, {name: date, mountPath: /d}]",
            ),
            ("emptyDir: {}}, {name: v, emptyDir: {}", mount),
        ],
    );
}

#[test]
fn who_is_not_told_to_be_root_may_start() {
    let with = |pod: &str, container: &str| {
        job(
            "",
            &format!(
                "securityContext: {{{pod}}}, containers: [{{name: a, image: 'a:1', securityContext: {{{container}}}}}]"
            ),
        )
    };
    holds(
        "root-beside-run-as-non-root",
        with,
        &[
            ("runAsNonRoot: true, runAsUser: 0", ""),
            ("runAsNonRoot: true", "runAsUser: 0"),
            ("runAsUser: 0", "runAsNonRoot: true"),
            ("", "runAsNonRoot: true, runAsUser: 0"),
            ("runAsNonRoot: false, runAsUser: 1000", "runAsNonRoot: true, runAsUser: 0"),
            (
                "runAsNonRoot: true}, initContainers: [{name: i, image: 'a:1', securityContext: {runAsUser: 0}}], hostAliases: [], affinity: {",
                "",
            ),
        ],
        &[
            ("runAsNonRoot: true", ""),
            ("runAsUser: 0", ""),
            ("runAsNonRoot: false, runAsUser: 0", ""),
            ("runAsNonRoot: true, runAsUser: 1000", ""),
            ("runAsNonRoot: true, runAsUser: 0", "runAsUser: 1000"),
            ("runAsNonRoot: true, runAsUser: 0", "runAsNonRoot: false"),
            ("runAsNonRoot: true, runAsUser: 1000", "runAsNonRoot: false, runAsUser: 0"),
            ("runAsNonRoot: true", "runAsUser: 65532"),
            ("runAsNonRoot: true", "runAsGroup: 0"),
            ("runAsNonRoot: true, fsGroup: 0", ""),
            ("runAsNonRoot: false", "runAsUser: 0"),
            ("", "runAsUser: 0, privileged: true"),
            ("runAsNonRoot: true, runAsUser: 0}, os: {name: windows", ""),
        ],
    );
}

#[test]
fn a_port_that_comes_again_is_one_finding_and_an_init_container_has_let_go_of_it() {
    let messages = |init: &str, first: &str, second: &str| {
        let pod = format!(
            "initContainers: [{{name: i, image: 'a:1', ports: [{init}]}}], containers: [{{name: a, image: 'a:1', ports: [{first}]}}, \
             {{name: b, image: 'b:1', ports: [{second}]}}]"
        );
        let report = lint(&Source::new("a.yaml", job("", &pod)), &config());
        let found = report.findings.iter().filter(|one| one.rule == "port-repeated");
        found.map(|one| one.message.to_string()).collect::<Vec<_>>()
    };
    let web = "{name: web, containerPort: 80}";
    assert_eq!(messages("", web, web), ["the same port is listed already"]);
    assert_eq!(messages(web, web, ""), ["an init container lists the same port, and the API server warns of it"]);
    assert_eq!(messages("", &format!("{web}, {{name: web, containerPort: 81}}"), ""), [""; 0], "the server refuses it");
    let other = "{name: web, containerPort: 81}";
    assert_eq!(messages("", web, other), ["the name `web` stands for an earlier port, and Services take that one"]);
    assert_eq!(
        messages(web, other, "{name: web, containerPort: 82}"),
        [
            "the name `web` is that of an init container's port, and the API server warns of it",
            "the name `web` stands for an earlier port, and Services take that one"
        ]
    );
}

#[test]
fn placeholders_that_are_marked_alike_are_told_together() {
    let told = |account: &str, more: &str| {
        let text =
            job("", &format!("serviceAccountName: '{account}', containers: [{{name: a, image: 'a:1', {more}}}]"));
        let report = lint(&Source::new("a.yaml", text.as_str()), &config());
        let found = report.findings.into_iter().find(|one| one.rule == "template-not-rendered");
        found.unwrap_or_else(|| panic!("nothing is filled in: {text}")).message.to_string()
    };
    let env = |value: &str| format!("env: [{{name: V_NAME, value: '{value}'}}]");
    for (account, more, names) in [
        ("V_KSA", env("V_REGION"), "`V_KSA` and `V_REGION`: what comes out of them"),
        ("V_KSA", env("READ_COMMITTED"), "`V_KSA`: what comes out of it"),
        ("V_KSA", env("V_KSA"), "`V_KSA`: what comes out of it"),
        ("V_KSA", env("${REGION}"), "`V_KSA`: what comes out of it"),
        ("$KSA", env("$REGION"), "`$KSA` and `$REGION`: what comes out of them"),
        ("$KSA", "command: [sh, -c, 'echo $REGION'], args: [$ZONE]".to_owned(), "`$KSA`: what comes out of it"),
        ("$KSA", env("echo\n\n  $REGION"), "`$KSA`: what comes out of it"),
        (
            "${A}",
            "env: [{name: a, value: '${B}'}, {name: b, value: '${C}'}, {name: c, value: '${D} ${E}'}]".to_owned(),
            "`${A}`, `${B}`, `${C}` and 1 more: what comes out of them",
        ),
    ] {
        let message = told(account, &more);
        assert!(message.starts_with(&format!("something fills in {names} was not checked")), "{message}");
    }
}
