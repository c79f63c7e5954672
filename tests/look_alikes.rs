//! What looks like a fault and is none: of each rule that asks for circumstances a table of manifests of which it says nothing,
//! beside one that it is about.

use batchlint::analysis::{Facts, Settings, analyse};
use batchlint::config::Config;
use batchlint::k8s::{Index, Manifest, Version, validation};
use batchlint::lint::lint;
use batchlint::project::{Project, Scope};
use batchlint::schedule::Instant;
use batchlint::text::Source;
use batchlint::yaml::{Document, parse};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

fn config() -> Config {
    Config::at(NOW).with_pedantic(true)
}

fn count(rule: &str, text: &str, config: &Config) -> usize {
    let report = lint(&Source::new("a.yaml", text), config);
    assert!(report.findings.iter().all(|one| one.rule != "yaml-syntax"), "{text}: {:?}", report.findings);
    report.findings.iter().filter(|one| one.rule == rule).count()
}

/// Asks of manifests that are made of parts whether a rule speaks of them.
fn holds(rule: &str, make: impl Fn(&str, &str) -> String, found: &[(&str, &str)], silent: &[(&str, &str)]) {
    for (one, other) in found {
        let text = make(one, other);
        assert_eq!(count(rule, &text, &config()), 1, "{rule} says nothing of\n{text}");
    }
    assert!(silent.len() >= 10, "{rule} has only {} look-alikes", silent.len());
    for (one, other) in silent {
        let text = make(one, other);
        assert_eq!(count(rule, &text, &config()), 0, "{rule} speaks of\n{text}");
    }
}

/// A Job with more in its spec and its pods' spec, which has the containers.
fn job(spec: &str, pod: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec: {{backoffLimit: 0{spec}, template: {{spec: {{restartPolicy: \
         Never, {pod}}}}}}}\n"
    )
}

/// A pod's containers: the work, and another one.
fn beside(pod: &str, container: &str) -> String {
    job("", &format!("{pod}containers: [{{name: work, image: 'work:1', command: [work]}}, {{name: b, {container}}}]"))
}

#[test]
fn what_ends_or_is_stopped_is_no_sidecar_that_never_ends() {
    let proxy = "image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1'";
    let stopped = |call: &str| format!("initContainers: [{{name: i, image: 'a:1', command: {call}}}], ");
    let (await_, quit) =
        (stopped("[linkerd-await, --shutdown, --, work]"), stopped("[sh, -c, 'curl localhost:9091/quitquitquit']"));
    let native = format!("initContainers: [{{name: p, restartPolicy: Always, {proxy}}}], ");
    let in_init = format!("initContainers: [{{name: p, {proxy}, args: [wait]}}], ");
    holds(
        "sidecar-never-ends",
        beside,
        &[
            ("", proxy),
            ("", &format!("{proxy}, args: ['--port=5432', 'a:b:c']")),
            ("", "image: 'docker.io/istio/proxyv2:1.24.0', args: [proxy, sidecar]"),
            ("", "image: 'hashicorp/vault:1.18', command: [vault, agent, -config=/vault/a.hcl]"),
            ("", "image: 'docker:27-dind'"),
            ("", "image: 'nginx:1.29'"),
            (
                "",
                "image: 'mirror.example.com/fluent/fluent-bit:3.2', command: [/fluent-bit/bin/fluent-bit, -c, /a.conf]",
            ),
        ],
        &[
            (&native, "image: 'a:1'"),
            (&in_init, "image: 'a:1'"),
            (&await_, proxy),
            (&quit, proxy),
            ("shareProcessNamespace: true, ", proxy),
            ("", &format!("{proxy}, args: ['--quitquitquit', 'a:b:c']")),
            ("", &format!("{proxy}, args: [--version]")),
            ("", &format!("{proxy}, command: [sh, -c, 'cloud-sql-proxy a:b:c & work']")),
            ("", &format!("{proxy}, command: [timeout, '300', cloud-sql-proxy]")),
            (
                "",
                &format!(
                    "{proxy}, lifecycle: {{postStart: {{exec: {{command: [sh, -c, 'curl localhost/quitquitquit']}}}}}}"
                ),
            ),
            ("", "image: 'hashicorp/vault:1.18', args: [kv, get, secret/a]"),
            ("", "image: 'hashicorp/vault:1.18', args: [agent, -exit-after-auth]"),
            ("", "image: 'docker.io/istio/proxyv2:1.24.0', args: [istio-iptables, -p, '15001']"),
            ("", "image: 'docker:27-cli'"),
            ("", "image: 'docker:27-dind', args: [docker, build, .]"),
            ("", "image: 'fluent/fluent-bit:3', livenessProbe: {exec: {command: [test, '!', -f, /shared/done]}}"),
            ("", "image: 'elastic/filebeat:9.0.0', args: [--once]"),
            ("", "image: 'example.com/fluent-bit-tests:1'"),
            ("", "image: 'nginx:1.29', command: [nginx, -t]"),
            ("", "image: 'envoyproxy/envoy:v1.32', args: [--mode, validate, -c, /a.yaml]"),
        ],
    );
    let alone = job("", &format!("containers: [{{name: b, {proxy}}}]"));
    assert_eq!(count("sidecar-never-ends", &alone, &config()), 0);
    let old = Config::new(Settings::at(NOW).with_kubernetes(Version::new(28)));
    let report = lint(&Source::new("a.yaml", beside("", proxy)), &old);
    let found =
        report.findings.iter().find(|one| one.rule == "sidecar-never-ends").expect("it never ends there either");
    assert!(found.help.as_deref().is_some_and(|help| help.contains("let the work stop")), "{found:?}");
}

#[test]
fn an_index_that_is_there_or_reckoned_with_is_not_unset() {
    let with =
        |spec: &str, container: &str| job(spec, &format!("containers: [{{name: a, image: 'a:1', {container}}}]"));
    holds(
        "completion-index-unset",
        with,
        &[
            (", completions: 4", "command: [sh, -c, 'part $JOB_COMPLETION_INDEX']"),
            (", completions: 4, completionMode: NonIndexed", "command: [sh, -c, 'part ${JOB_COMPLETION_INDEX}']"),
            ("", "args: ['--part=$(JOB_COMPLETION_INDEX)']"),
            ("", "command: [sh, -c, 'echo -n $JOB_COMPLETION_INDEX']"),
        ],
        &[
            (", completions: 4, completionMode: Indexed", "command: [sh, -c, 'part $JOB_COMPLETION_INDEX']"),
            (", completions: 4, completionMode: Indexed", "args: ['$(JOB_COMPLETION_INDEX)']"),
            ("", "command: [sh, -c, 'part ${JOB_COMPLETION_INDEX:-0}']"),
            ("", "command: [sh, -c, 'part ${JOB_COMPLETION_INDEX-}']"),
            ("", "command: [sh, -c, 'JOB_COMPLETION_INDEX=3; part $JOB_COMPLETION_INDEX']"),
            ("", "command: [sh, -c, 'part $JOB_COMPLETION_INDEX_OF']"),
            ("", "args: ['$$(JOB_COMPLETION_INDEX)']"),
            ("", "args: [JOB_COMPLETION_INDEX]"),
            ("", "command: [part, $JOB_COMPLETION_INDEX]"),
            (
                "",
                "command: [sh, -c, 'if [ -n \"$JOB_COMPLETION_INDEX\" ]; then part $JOB_COMPLETION_INDEX; else all; fi']",
            ),
            ("", "command: [sh, -c, 'test -z ${JOB_COMPLETION_INDEX} && exec all; part $JOB_COMPLETION_INDEX']"),
            ("", "command: [sh, -c, ': ${JOB_COMPLETION_INDEX:=0}; part $JOB_COMPLETION_INDEX']"),
            ("", "command: [sh, -c, \"# wants $JOB_COMPLETION_INDEX\\nexec all\"]"),
            ("", "command: [sh, -c, \"envsubst '$JOB_COMPLETION_INDEX' < /a\"]"),
            ("", "args: ['$(JOB_COMPLETION_INDEX)'], env: [{name: JOB_COMPLETION_INDEX, value: '0'}]"),
            ("", "command: [sh, -c, 'part $JOB_COMPLETION_INDEX'], envFrom: [{configMapRef: {name: a}}]"),
            ("", "command: [sh, -c, 'part $INDEX']"),
        ],
    );
}

#[test]
fn a_rule_that_can_still_apply_is_not_hidden() {
    let with = |first: &str, second: &str| {
        job(
            &format!(", podFailurePolicy: {{rules: [{first}, {second}]}}"),
            "containers: [{name: a, image: 'a:1'}, {name: b, image: 'b:1'}]",
        )
    };
    let codes = |action: &str, more: &str| format!("{{action: {action}, onExitCodes: {{{more}}}}}");
    let conditions = |list: &str| format!("{{action: Ignore, onPodConditions: [{list}]}}");
    let (all, one) = (codes("Ignore", "operator: NotIn, values: [0]"), codes("FailJob", "operator: In, values: [42]"));
    let (few, of_a) = (
        codes("Count", "operator: In, values: [1, 2]"),
        codes("Count", "containerName: a, operator: In, values: [1, 2]"),
    );
    let (of_b, others) = (
        codes("FailJob", "containerName: b, operator: In, values: [1]"),
        codes("FailJob", "operator: NotIn, values: [1, 42]"),
    );
    let (disrupted, quoted) =
        (conditions("{type: DisruptionTarget}"), conditions("{type: DisruptionTarget, status: 'False'}"));
    let both = conditions("{type: DisruptionTarget}, {type: ConfigIssue}");
    holds(
        "failure-rule-hidden",
        with,
        &[(&all, &one), (&few, &of_b), (&both, &disrupted), (&one, &one), (&all, &others)],
        &[
            (&one, &all),
            (&few, &one),
            (&of_a, &few),
            (&of_a, &of_b),
            (&others, &one),
            (&others, &of_b),
            (&disrupted, &both),
            (&disrupted, &quoted),
            (&disrupted, &one),
            (&all, &disrupted),
            (&few, &all),
        ],
    );
}

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

/// What is said of a Job that a CronJob will make is what the server says of that Job, when it is made.
#[test]
fn a_made_job_is_refused_where_such_a_job_is() {
    let long = "x".repeat(52);
    let mut refused = 0;
    for (name, metadata, pod, spec) in [
        ("a", "labels: {owner: me}", "", ""),
        ("a", "labels: {owner: 'the team'}", "", ""),
        ("a", "labels: {'a b': c}", "", ""),
        ("a", "annotations: {'a b': c}", "", ""),
        ("a", "annotations: {a: 'b c'}", "", ""),
        ("a", &format!("labels: {{owner: {}}}", "y".repeat(64)), "", ""),
        ("a", "", "labels: {app: a}", ""),
        ("a", "", "labels: {job-name: a}", ""),
        ("a", "", "labels: {batch.kubernetes.io/controller-uid: a}", ""),
        ("a.b", "", "", ""),
        ("a.b", "", "", "completionMode: Indexed, completions: 3, "),
        (&long, "", "", "completionMode: Indexed, completions: 10, "),
        (&long, "", "", "completionMode: Indexed, completions: 11, "),
        (&long, "", "", ""),
    ] {
        let spec = format!(
            "{{{spec}template: {{metadata: {{{pod}}}, spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}"
        );
        let cron_job = format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: {name}}}\nspec: {{schedule: '0 3 * * *', jobTemplate: {{metadata: \
             {{{metadata}}}, spec: {spec}}}}}\n"
        );
        let comma = if metadata.is_empty() { "" } else { ", " };
        let job = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}-29999999{comma}{metadata}}}\nspec: {spec}\n"
        );
        let said = |text: &str, is_made: bool| {
            let file = parse(text);
            let root = file.documents.first().and_then(Document::root).expect("an object");
            let index = Index::of_object(root);
            let manifest = Manifest::at(root, &index);
            let verdict = match is_made {
                true => validation::check_made_job(manifest, Version::NEWEST),
                false => validation::check(manifest, Version::NEWEST),
            };
            verdict.problems().iter().filter(|one| one.rejects()).map(|one| one.message.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(said(&cron_job, false), [""; 0], "the CronJob is accepted: {cron_job}");
        assert_eq!(said(&cron_job, true), said(&job, false), "{cron_job}");
        let found = count("job-refused-when-made", &cron_job, &config());
        assert_eq!(found > 0, !said(&job, false).is_empty(), "{cron_job}");
        refused += usize::from(found > 0);
    }
    assert!((6..=9).contains(&refused), "{refused} are refused");
}

/// A Job that names things, behind what stands before it in the same file.
fn behind(before: &str, container: &str) -> String {
    format!("{before}\n---\n{}", job("", &format!("containers: [{{name: a, image: 'a:1', {container}}}]")))
}

fn config_map(name: &str, more: &str) -> String {
    format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}{more}}}, data: {{DATABASE_URL: a, PORT: b}}}}")
}

#[test]
fn a_name_that_may_be_anywhere_is_no_misspelling() {
    let settings = config_map("report-settings", "");
    let from = |name: &str| format!("envFrom: [{{configMapRef: {{name: {name}}}}}]");
    let key = |key: &str| {
        format!("env: [{{name: A, valueFrom: {{configMapKeyRef: {{name: report-settings, key: {key}}}}}}}]")
    };
    let optional = "envFrom: [{configMapRef: {name: report-setings, optional: true}}]";
    let both = "envFrom: [{configMapRef: {name: report-setings}}, {configMapRef: {name: report-settings}}]";
    let secret = "envFrom: [{secretRef: {name: report-setings}}]";
    let numbered = config_map("settings-1", "");
    let two = format!("{}\n---\n{}", config_map("worker-a", ""), config_map("worker-b", ""));
    let elsewhere = config_map("report-settings", ", namespace: other");
    let with = |other: &str| format!("{settings}\n---\n{{apiVersion: example.com/v1, {other}}}");
    holds(
        "reference-misspelled",
        behind,
        &[
            (&settings, &from("report-setings")),
            (&settings, &from("reportsettings")),
            (&settings, &key("DATABASE_ULR")),
            (&settings, &key("database_url")),
            (&with("kind: Example, metadata: {name: report-settings}"), &from("report-setings")),
        ],
        &[
            (&settings, &from("report-settings")),
            (&settings, &from("report-defaults")),
            (&settings, &from("settings")),
            (&settings, &from("report-settings-prod")),
            (&settings, &from("'${REPORT}-settings'")),
            (&settings, optional),
            (&settings, both),
            (&settings, secret),
            (&settings, &key("DATABASE_URL")),
            (&settings, &key("SOMETHING_ELSE")),
            (&numbered, &from("settings-2")),
            (&two, &from("worker-c")),
            (&elsewhere, &from("report-setings")),
            (&with("kind: SealedSecret, metadata: {name: report-setings}"), &from("report-setings")),
            (&with("kind: Kustomization, configMapGenerator: [{name: report-setings}]"), &from("report-setings")),
            (
                &with("kind: Certificate, metadata: {name: a}, spec: {secretName: report-setings}"),
                &from("report-setings"),
            ),
        ],
    );
}

/// Files of one folder belong together, and those of two may not.
#[test]
fn a_misspelling_is_found_in_the_files_beside_it() {
    let texts = [
        config_map("report-settings", ""),
        job("", "containers: [{name: a, image: 'a:1', envFrom: [{configMapRef: {name: report-setings}}]}]"),
    ];
    let found = |names: [&str; 2]| {
        let mut project = Project::new();
        for (name, text) in names.into_iter().zip(&texts) {
            let analysis = analyse(Source::new(name, text.as_str()), &Settings::at(NOW));
            project.add(Facts::of(&analysis));
        }
        let late = project.findings(&config(), Scope::Whole);
        late.into_iter()
            .filter(|late| late.finding().rule == "reference-misspelled")
            .map(|late| late.finding().message.to_string())
            .collect::<Vec<_>>()
    };
    let said = found(["jobs/settings.yaml", "jobs/job.yaml"]);
    assert!(matches!(&said[..], [one] if one.contains("`jobs/settings.yaml` has one `report-settings`")), "{said:?}");
    assert_eq!(found(["dev/settings.yaml", "prod/job.yaml"]), [""; 0]);
}

#[test]
fn a_hook_that_finds_what_it_needs_is_not_spoken_of() {
    let with = |before: &str, annotations: &str| {
        let from = "containers: [{name: a, image: 'a:1', envFrom: [{configMapRef: {name: settings}}]}]";
        format!(
            "{before}\n---\n{}",
            job("", from).replace("{name: a}\n", &format!("{{name: a, annotations: {{{annotations}}}}}\n"))
        )
    };
    let (ordinary, install) = (config_map("settings", ""), "helm.sh/hook: pre-install");
    let hook = config_map("settings", ", annotations: {helm.sh/hook: pre-install}");
    let elsewhere = config_map("settings", ", namespace: b");
    let secret = ordinary.replace("ConfigMap", "Secret");
    let other = config_map("others", "");
    let custom = ordinary.replace("apiVersion: v1", "apiVersion: example.com/v1");
    holds(
        "hook-needs-later",
        with,
        &[
            (&ordinary, install),
            (&ordinary, "helm.sh/hook: 'pre-upgrade, pre-install'"),
            (&ordinary, "argocd.argoproj.io/hook: PreSync"),
        ],
        &[
            (&hook, install),
            (&elsewhere, install),
            (&secret, install),
            (&other, install),
            (&custom, install),
            (&ordinary, "helm.sh/hook: post-install"),
            (&ordinary, "helm.sh/hook: pre-upgrade"),
            (&ordinary, "helm.sh/hook: test"),
            (&ordinary, "argocd.argoproj.io/hook: Sync"),
            (&ordinary, "argocd.argoproj.io/hook: PostSync, helm.sh/hook: pre-install"),
            (&ordinary, ""),
        ],
    );
}

#[test]
fn a_claim_that_nothing_else_holds_is_free() {
    let claim = |mode: &str| {
        format!(
            "{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: c}}, spec: {{accessModes: [{mode}]}}}}"
        )
    };
    let holder = |kind: &str, more: &str, name: &str| {
        let pod = format!("{{volumes: [{{name: v, persistentVolumeClaim: {{claimName: {name}}}}}]}}");
        let spec = if kind == "Pod" { pod } else { format!("{{{more}template: {{spec: {pod}}}}}") };
        format!("{{apiVersion: v1, kind: {kind}, metadata: {{name: h}}, spec: {spec}}}")
    };
    let with = |before: &str, pod: &str| {
        let volumes =
            "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}], containers: [{name: a, image: 'a:1'}]";
        format!("{before}\n---\n{}", job("", &format!("{pod}{volumes}")))
    };
    let both = |mode: &str, holder: String| format!("{}\n---\n{holder}", claim(mode));
    let (once, web) = ("ReadWriteOnce", || holder("Deployment", "", "c"));
    let held = both(once, web());
    let manual = held.replace("accessModes", "storageClassName: manual, accessModes");
    let volume = |source: &str| {
        format!(
            "{{apiVersion: v1, kind: PersistentVolume, metadata: {{name: pv}}, spec: {{storageClassName: manual, {source}}}}}"
        )
    };
    holds(
        "claim-held-twice",
        with,
        &[
            (&held, ""),
            (&both("ReadWriteOncePod", holder("StatefulSet", "replicas: 2, ", "c")), ""),
            (&both(once, holder("Pod", "", "c")), ""),
            (&format!("{manual}\n---\n{}", volume("nfs: {server: a, path: /}")), ""),
            (&both("ReadWriteOncePod", web()).replace("accessModes", "storageClassName: local-path, accessModes"), ""),
        ],
        &[
            (&both("ReadWriteMany", web()), ""),
            (&both("ReadWriteOnce, ReadWriteMany", web()), ""),
            (&both("ReadOnlyMany", web()), ""),
            (&both(once, holder("Deployment", "replicas: 0, ", "c")), ""),
            (&both(once, holder("Deployment", "", "d")), ""),
            (&both(once, holder("Example", "", "c")), ""),
            (&both(once, holder("Pod", "", "c").replace("volumes", "restartPolicy: Never, volumes")), ""),
            (&held.replace("accessModes", "storageClassName: local-path, accessModes"), ""),
            (&format!("{manual}\n---\n{}", volume("hostPath: {path: /data}")), ""),
            (&format!("{held}\n---\n{}", volume("local: {path: /data}, claimRef: {name: c}")), ""),
            (&claim(once), ""),
            (&web(), ""),
            (&held, "nodeName: a, "),
            (&held, "nodeSelector: {disk: fast}, "),
            (&held, "affinity: {podAffinity: {}}, "),
        ],
    );
}

#[test]
fn objects_that_a_cluster_tells_apart_are_not_one() {
    let cron_job = |metadata: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{{metadata}}}\nspec: {{schedule: '0 3 * * *', jobTemplate: {{spec: {{\
             template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}}}\n"
        )
    };
    let with = |one: &str, other: &str| {
        format!(
            "{}---\n{}",
            cron_job(one),
            if other == "job" { job("", "containers: [{name: a, image: 'a:1'}]") } else { cron_job(other) }
        )
    };
    holds(
        "object-defined-twice",
        with,
        &[
            ("name: a", "name: a"),
            ("name: a, namespace: ns", "name: a, namespace: ns"),
            ("name: a, labels: {b: c}", "name: a"),
        ],
        &[
            ("name: a", "name: b"),
            ("name: a, namespace: ns", "name: a, namespace: other"),
            ("name: a, namespace: ns", "name: a"),
            ("name: a", "job"),
            ("generateName: a-", "generateName: a-"),
            ("name: '${NAME}'", "name: '${NAME}'"),
            ("name: a, namespace: '${NAMESPACE}'", "name: a, namespace: '${NAMESPACE}'"),
            ("name: a-1", "name: a-2"),
            ("name: a", "name: A"),
            ("generateName: a-", "name: a-"),
        ],
    );
}

/// A Job of a name with labels or annotations, and more in its spec.
fn managed(metadata: &str, spec: &str) -> String {
    job(spec, "containers: [{name: a, image: 'a:1'}]").replace("{name: a}\n", &format!("{{{metadata}}}\n"))
}

#[test]
fn a_job_that_is_made_anew_may_change() {
    let flux = "name: migrate, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}";
    holds(
        "template-cannot-change",
        managed,
        &[
            (flux, ""),
            ("name: migrate, labels: {app.kubernetes.io/managed-by: Helm}", ""),
            ("name: migrate, annotations: {argocd.argoproj.io/sync-wave: '1'}", ""),
            ("name: migrate, labels: {kustomize.toolkit.fluxcd.io/name: apps}", ""),
        ],
        &[
            ("name: migrate", ""),
            (flux, ", suspend: true, managedBy: example.com/a"),
            (flux, ", ttlSecondsAfterFinished: 600"),
            (flux, ", suspend: true"),
            ("name: migrate, annotations: {kustomize.toolkit.fluxcd.io/force: Enabled}", ""),
            ("name: migrate, annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}", ""),
            ("name: migrate, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}", ""),
            ("name: migrate, annotations: {argocd.argoproj.io/sync-options: 'Replace=true, Force=true'}", ""),
            ("name: migrate, annotations: {argocd.argoproj.io/hook: Sync}", ""),
            (
                "name: migrate, labels: {app.kubernetes.io/managed-by: Helm}, annotations: {helm.sh/hook: post-upgrade}",
                "",
            ),
            ("name: migrate-1-4-2, labels: {app.kubernetes.io/managed-by: Helm}", ""),
            ("name: migrate-a1b2c3d, labels: {app.kubernetes.io/managed-by: Helm}", ""),
            ("generateName: migrate-, labels: {app.kubernetes.io/managed-by: Helm}", ""),
            (
                "name: migrate, labels: {app.kubernetes.io/managed-by: Helm}, ownerReferences: [{kind: CronJob, name: a}]",
                "",
            ),
        ],
    );
}

#[test]
fn a_template_without_a_version_may_never_change() {
    let text = managed("name: migrate, labels: {app.kubernetes.io/managed-by: Helm}", "");
    for image in ["a", "a:latest", "registry.example.com:5000/a", "a:stable"] {
        let text = text.replace("'a:1'", &format!("'{image}'"));
        assert_eq!(count("template-cannot-change", &text, &config()), 0, "{image}");
    }
}

#[test]
fn a_hook_that_is_deleted_in_time_leaves_nothing_behind() {
    let with = |annotations: &str, more: &str| {
        let name = if more.starts_with("name") || more.starts_with("generateName") { more } else { "name: migrate" };
        managed(&format!("{name}, annotations: {{{annotations}}}"), if more.starts_with(',') { more } else { "" })
    };
    let succeeded = "helm.sh/hook: 'pre-install,pre-upgrade', helm.sh/hook-delete-policy: hook-succeeded";
    holds(
        "hook-left-behind",
        with,
        &[
            (succeeded, ""),
            ("helm.sh/hook: post-upgrade, helm.sh/hook-delete-policy: hook-failed", ""),
            ("helm.sh/hook: test, helm.sh/hook-delete-policy: hook-succeeded", ""),
        ],
        &[
            ("helm.sh/hook: pre-upgrade", ""),
            ("helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: before-hook-creation", ""),
            ("helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: 'hook-succeeded, Before-Hook-Creation'", ""),
            ("helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: 'hook-succeeded,hook-failed'", ""),
            ("helm.sh/hook: pre-install, helm.sh/hook-delete-policy: hook-succeeded", ""),
            ("helm.sh/hook: post-delete, helm.sh/hook-delete-policy: hook-succeeded", ""),
            (succeeded, "name: migrate-3"),
            (succeeded, "generateName: migrate-"),
            (succeeded, ", ttlSecondsAfterFinished: 60"),
            (
                "helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded, argocd.argoproj.io/sync-wave: '1'",
                "",
            ),
            ("helm.sh/hook-delete-policy: hook-succeeded", ""),
        ],
    );
}
