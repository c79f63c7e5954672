//! Of rules on several objects together.

use batchlint::analysis::{Facts, Settings, analyse};
use batchlint::lint::over_all;
use batchlint::project::{Project, Scope};
use batchlint::text::Source;

use super::{NOW, config, config_map, holds, job};

/// A Job that names things, behind what stands before it in the same file.
fn behind(before: &str, container: &str) -> String {
    format!("{before}\n---\n{}", job("", &format!("containers: [{{name: a, image: 'a:1', {container}}}]")))
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
        let late = over_all(&project, &config(), Scope::Whole);
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
fn pods_that_come_one_by_one_or_may_share_a_claim_do_not_wait() {
    let with = |claim: &str, spec: &str| {
        let claims =
            format!("{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: c}}, spec: {{{claim}}}}}\n---\n");
        let pod = "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}], containers: [{name: a, image: 'a:1'}]";
        let place = if spec.contains("nodeName") { "nodeName: a, " } else { "" };
        let spec = spec.replace(", nodeName", "");
        format!("{claims}{}", job(&spec, &format!("{place}{pod}")))
    };
    let (once, pod) = ("accessModes: [ReadWriteOnce]", "accessModes: [ReadWriteOncePod]");
    let many = ", parallelism: 3, completions: 9";
    holds(
        "claim-held-twice",
        with,
        &[
            (once, many),
            (pod, many),
            (pod, ", parallelism: 2"),
            (once, ", parallelism: 2, completionMode: Indexed, completions: 4"),
        ],
        &[
            (once, ""),
            (pod, ""),
            (pod, ", parallelism: 1, completions: 9"),
            (pod, ", completions: 9"),
            (pod, ", parallelism: 3, completions: 1"),
            (pod, ", parallelism: 0, completions: 9"),
            ("accessModes: [ReadWriteMany]", many),
            ("accessModes: [ReadOnlyMany]", many),
            ("accessModes: [ReadWriteOnce, ReadWriteMany]", many),
            ("accessModes: []", many),
            ("storageClassName: local-path, accessModes: [ReadWriteOnce]", many),
            (once, ", parallelism: 3, nodeName"),
            ("accessModes: ReadWriteOnce", many),
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
