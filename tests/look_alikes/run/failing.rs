//! Of what becomes of pods and Jobs that fail.

use batchlint::lint::lint;
use batchlint::text::Source;

use super::cron_job;
use crate::{config, count, holds, job};

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
fn what_never_fails_is_not_retried() {
    let with = |script: &str, more: &str| {
        let script = serde_json::to_string(script).expect("a string");
        let text = job("", &format!("containers: [{{name: a, image: 'a:1', command: [sh, -c, {script}]}}{more}]"));
        text.replace("backoffLimit: 0, ", "").replace("Never", "OnFailure")
    };
    let fails = ", {name: b, image: 'b:1', command: [/work]}";
    for rule in ["backoff-limit-unset", "on-failure-loses-logs"] {
        holds(
            rule,
            with,
            &[
                ("/work", ""),
                ("/work; exit $?", ""),
                ("/work\necho done || exit 1", ""),
                ("set -e; /work; exit 0", ""),
                ("[ -f /a ] || exit 1\n/work\nexit 0", ""),
                ("trap 'exit 1' EXIT; /work; exit 0", ""),
                ("/work; exit 0", fails),
                ("sleep 10; exit 1", ""),
                (": ${A:?}; /work; exit 0", ""),
            ],
            &[
                ("/work; exit 0", ""),
                ("/work || true", ""),
                ("/work\necho done", ""),
                ("cd /a && /work; exit 0", ""),
                ("for i in 1 2; do /work $i; done; exit 0", ""),
                ("if [ -f /a ]; then /work; fi\necho done", ""),
                ("/work & wait", ""),
                ("echo hello", ""),
                ("sleep 10", ""),
                ("/work; exit 0", ", {name: b, image: 'b:1', command: [sh, -c, 'work; exit 0']}"),
            ],
        );
    }
}

#[test]
fn what_becomes_of_a_pod_that_fails_is_said_with_what_else_ends_it() {
    for (spec, ends) in [
        ("backoffLimit: 3", "at failure number 3 the pod is deleted, and its logs with it"),
        (
            "backoffLimit: 3, activeDeadlineSeconds: 60",
            "at failure number 3, or at the Job's deadline, the pod is deleted, and its logs with it",
        ),
        (
            "backoffLimit: 3, parallelism: 2",
            "at failure number 3 the pods that still run are deleted, and their logs with them",
        ),
    ] {
        let text = job("", "containers: [{name: a, image: 'a:1'}]").replace("backoffLimit: 0", spec);
        let report = lint(&Source::new("a.yaml", text.replace("Never", "OnFailure")), &config());
        let found = report.findings.iter().find(|one| one.rule == "on-failure-loses-logs").expect("it loses them");
        assert_eq!(found.message.as_str(), ends);
    }
}

#[test]
fn a_job_that_fails_and_is_kept_leaves_a_trace() {
    let daily = |limits: &str| format!("schedule: '0 3 * * *'{limits}");
    let (none, both) =
        (daily(", failedJobsHistoryLimit: 0"), daily(", failedJobsHistoryLimit: 0, successfulJobsHistoryLimit: 0"));
    let prints = "restartPolicy: Never, containers: [{name: a, image: 'a:1', command: [echo, hello]}]";
    holds(
        "failed-jobs-not-kept",
        cron_job,
        &[
            (&none, ""),
            (&both, ""),
            (&none, "ttlSecondsAfterFinished: 86400, "),
            (&none, "ttlSecondsAfterFinished: 0, "),
            (&daily(""), "ttlSecondsAfterFinished: 0, "),
            (&daily(", successfulJobsHistoryLimit: 0"), "ttlSecondsAfterFinished: 0, "),
        ],
        &[
            (&daily(""), ""),
            (&daily(", failedJobsHistoryLimit: 1"), ""),
            (&daily(", successfulJobsHistoryLimit: 0"), ""),
            (&daily(", failedJobsHistoryLimit: '0'"), ""),
            (&daily(", failedJobsHistoryLimit: -1"), ""),
            (&daily(", failedJobsHistoryLimit: null"), ""),
            (&daily(", failedJobsHistoryLimit: 0, suspend: true"), ""),
            (&none, &format!(" | {prints}")),
            (&daily(""), "ttlSecondsAfterFinished: 1, "),
            (&daily(", failedJobsHistoryLimit: 3"), "ttlSecondsAfterFinished: 0, "),
            (&daily(", successfulJobsHistoryLimit: 3"), "ttlSecondsAfterFinished: 0, "),
            (&daily(", suspend: true"), "ttlSecondsAfterFinished: 0, "),
        ],
    );
    let of_its_own = |more: &str| job(more, "containers: [{name: a, image: 'a:1', command: [work]}]");
    assert_eq!(count("failed-jobs-not-kept", &of_its_own(", ttlSecondsAfterFinished: 0"), &config()), 1);
    for more in ["", ", ttlSecondsAfterFinished: 60", ", ttlSecondsAfterFinished: 0, suspend: true"] {
        assert_eq!(count("failed-jobs-not-kept", &of_its_own(more), &config()), 0, "{more}");
    }
    for (rule, ttl) in [("failed-jobs-not-kept", 0), ("failed-job-gone-soon", 100)] {
        let text = of_its_own(&format!(", ttlSecondsAfterFinished: {ttl}"));
        assert_eq!(count(rule, &text, &config()), 1);
        for metadata in [
            "annotations: {helm.sh/hook: post-install}",
            "annotations: {argocd.argoproj.io/hook: PostSync}",
            "labels: {app.kubernetes.io/managed-by: Helm}",
            "ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: b}]",
        ] {
            let managed = text.replace("{name: a}\n", &format!("{{name: a, {metadata}}}\n"));
            assert_eq!(count(rule, &managed, &config()), 0, "{managed}");
        }
    }
}

#[test]
fn a_job_that_somebody_can_look_at_is_not_gone_soon() {
    let daily = |limits: &str| format!("schedule: '0 3 * * *'{limits}");
    let prints = "restartPolicy: Never, containers: [{name: a, image: 'a:1', command: [echo, hello]}]";
    let ttl = |seconds: &str| format!("ttlSecondsAfterFinished: {seconds}, ");
    holds(
        "failed-job-gone-soon",
        cron_job,
        &[
            (&daily(""), &ttl("1")),
            (&daily(""), &ttl("3599")),
            (&daily(", successfulJobsHistoryLimit: 0"), &ttl("100")),
        ],
        &[
            (&daily(""), ""),
            (&daily(""), &ttl("3600")),
            (&daily(""), &ttl("86400")),
            (&daily(""), &ttl("0")),
            (&daily(""), &ttl("'100'")),
            (&daily(""), &ttl("-1")),
            (&daily(""), &ttl("null")),
            (&daily(", failedJobsHistoryLimit: 0"), &ttl("100")),
            (&daily(", failedJobsHistoryLimit: 3"), &ttl("100")),
            (&daily(", successfulJobsHistoryLimit: 1"), &ttl("100")),
            (&daily(", suspend: true"), &ttl("100")),
            (&daily(""), &format!("{} | {prints}", ttl("100"))),
        ],
    );
}

#[test]
fn a_deadline_of_pods_that_are_not_tried_again_is_one_of_the_job() {
    let with = |spec: &str, pod: &str| {
        format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec: {{{spec}template: {{spec: {{{pod}restartPolicy: Never, \
             containers: [{{name: a, image: 'a:1', command: [work]}}]}}}}}}\n"
        )
    };
    let deadline = "activeDeadlineSeconds: 600, ";
    let policy = "podFailurePolicy: {rules: [{action: FailJob, onPodConditions: [{type: DisruptionTarget}]}]}, ";
    holds(
        "deadline-on-pod",
        with,
        &[("", deadline), ("backoffLimit: 1, ", deadline), ("completions: 1, parallelism: 1, ", deadline)],
        &[
            ("", ""),
            ("backoffLimit: 0, ", deadline),
            ("activeDeadlineSeconds: 600, ", deadline),
            ("activeDeadlineSeconds: 3600, ", deadline),
            ("activeDeadlineSeconds: 600, ", ""),
            ("backoffLimit: 2, completions: 2, ", deadline),
            ("backoffLimit: 2, parallelism: 2, ", deadline),
            (policy, deadline),
            ("", "activeDeadlineSeconds: 0, "),
            ("", "activeDeadlineSeconds: -1, "),
            ("", "activeDeadlineSeconds: '600', "),
            ("", "activeDeadlineSeconds: null, "),
        ],
    );
}

#[test]
fn work_that_may_be_done_again_may_be() {
    let flux = "{name: a, annotations: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}}";
    let with = |above: &str, within: &str| {
        let job = job(", ttlSecondsAfterFinished: 60", "containers: [{name: a, image: 'a:1'}]");
        format!("{above}{}", job.replace("metadata: {name: a}\n", &format!("metadata: {flux}\n{within}")))
    };
    holds(
        "ttl-runs-again",
        with,
        &[
            ("", ""),
            ("# Makes the first user.\n", ""),
            ("# Not idempotent: mind the second run.\n", ""),
            ("# Is this idempotent?\n", ""),
            ("# TODO: make it safe to re-run.\n", ""),
            ("# Idempotent: of what stands above.\n\n", ""),
        ],
        &[
            ("# Idempotent post-deploy bootstrap.\n", ""),
            ("# Safe to rerun: each step checks the state before.\n", ""),
            ("# Makes the first user.\n# It is safe to re-run.\n", ""),
            ("---\n# idempotent\n", ""),
            ("# This is safe to run again.\n", ""),
            ("# The script is idempotent, at every version.\n", ""),
            ("# Safe to run multiple times.\n", ""),
            ("# Safe to run more than once.\n", ""),
            ("", "# idempotent\n"),
            ("", "# Safe to repeat.\n"),
        ],
    );
}
