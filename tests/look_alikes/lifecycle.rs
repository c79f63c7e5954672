//! Of rules on how objects come and go.

use super::{config, config_map, count, holds, job};

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

/// A Job of a name with labels or annotations, and more in its spec.
fn managed(metadata: &str, spec: &str) -> String {
    job(spec, "containers: [{name: a, image: 'a:1'}]").replace("{name: a}\n", &format!("{{{metadata}}}\n"))
}

#[test]
fn a_prefix_without_a_name_makes_one() {
    let templates = |metadata: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: '1 2 * * *', jobTemplate: {{{metadata}}}}}\n"
        )
    };
    let spec = "spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}}}";
    let of_job = templates(&format!("metadata: {{name: a, generateName: b-}}, {spec}"));
    holds(
        "generate-name-ignored",
        |metadata, text| if text.is_empty() { managed(metadata, "") } else { text.to_owned() },
        &[("name: a, generateName: a-", ""), ("generateName: b-, name: a, labels: {a: b}", "")],
        &[
            ("name: a", ""),
            ("generateName: a-", ""),
            ("name: '', generateName: a-", ""),
            ("name: a, generateName: ''", ""),
            ("name: a, generateName:", ""),
            ("name:, generateName: a-", ""),
            ("name: a, labels: {generateName: a-}", ""),
            ("name: a, annotations: {generateName: a-}", ""),
            ("name: a, generatename: a-", ""),
            ("name: a-x2z7q, generateName: a-, uid: 5f0f7a52-7d43-4a6e-9d5f-0d0d6f3f6a11", ""),
            ("", &of_job),
        ],
    );
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
