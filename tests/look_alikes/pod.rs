//! Of rules on pods.

use super::{holds, job};

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
        &[("emptyDir: {}", ""), ("secret: {secretName: a}", "")],
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
        ],
    );
}
