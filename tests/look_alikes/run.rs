//! Of rules on how Jobs run.

use batchlint::analysis::Settings;
use batchlint::config::Config;
use batchlint::k8s::{Index, Manifest, Version, validation};
use batchlint::lint::lint;
use batchlint::text::Source;
use batchlint::yaml::{Document, parse};

use super::{NOW, beside, config, count, holds, job};

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
        let generated = cron_job.replace(&format!("{{name: {name}}}"), &format!("{{generateName: {name}}}"));
        let is_alike = (count("job-refused-when-made", &generated, &config()) > 0) == (found > 0);
        // The end of a long prefix is cut off.
        assert!(is_alike || name.len() > 40, "{generated}");
        refused += usize::from(found > 0);
    }
    assert!((6..=9).contains(&refused), "{refused} are refused");
}

#[test]
fn a_field_that_somebody_wrote_elsewhere_is_not_unset() {
    let work = "containers: [{name: a, image: 'a:1'}]";
    let with = |spec: &str, pod: &str| {
        let job = job("", &format!("{pod}{work}"));
        job.replace("metadata: {name: a}", &format!("metadata: {{name: a{spec}}}")).replace("backoffLimit: 0, ", "")
    };
    let elsewhere = [
        (", backoffLimit: 3, ttlSecondsAfterFinished: 60", ""),
        ("}\nbackoffLimit: 3\nttlSecondsAfterFinished: 60\nstatus: {", ""),
        ("", "backoffLimit: 3, ttlSecondsAfterFinished: 60, "),
        ("", "backoffLimit: 1, ttlSecondsAfterFinished: 0, "),
        ("", "BackoffLimit: 3, ttlSecondsAfterfinished: 60, "),
        ("", "backofLimit: 3, ttlSecondAfterFinished: 60, "),
        ("", "backoff_limit: 3, ttl_seconds_after_finished: 60, "),
        ("", "backOffLimit: 3, TTLSecondsAfterFinished: 60, "),
        ("", "backoffLimits: 3, ttlSecondsAfterFinish: 60, "),
        (", backofflimit: '3', ttlsecondsafterfinished: '60'", ""),
    ];
    let nowhere = [("", ""), (", backoffLimit: null, ttlSecondsAfterFinished: null", ""), ("", "priority: 3, ")];
    for rule in ["backoff-limit-unset", "ttl-unset"] {
        holds(rule, with, &nowhere, &elsewhere);
    }
    let with = |spec: &str, job: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: '0 9 * * *'{spec}, jobTemplate: {{spec: \
             {{backoffLimit: 1{job}, template: {{spec: {{restartPolicy: Never, {work}}}}}}}}}}}\n"
        )
    };
    let elsewhere = [
        ("", ", concurrencyPolicy: Forbid, timeZone: Etc/UTC"),
        ("", ", ConcurrencyPolicy: Forbid, timezone: Etc/UTC"),
        (", concurencyPolicy: Forbid, timezone: Etc/UTC", ""),
        (", concurrency_policy: Forbid, time_zone: Etc/UTC", ""),
        (", concurrencypolicy: Forbid, TimeZone: Etc/UTC", ""),
        (", concurrency-policy: Forbid, time-zone: Etc/UTC", ""),
        (", suspend: true", ""),
        (", concurrencyPolicy: Allow, timeZone: Etc/UTC", ""),
        (", concurrencyPolicy: Replace, timeZone: Europe/Berlin", ""),
        ("", ", suspend: true"),
    ];
    for rule in ["concurrency-policy-unset", "time-zone-unset"] {
        holds(rule, with, &[("", ""), (", startingDeadlineSeconds: 60", "")], &elsewhere);
    }
}

#[test]
fn runs_that_do_not_meet_need_no_policy() {
    let with = |spec: &str, pod: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{{spec}jobTemplate: {{spec: {{template: {{spec: \
             {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'{pod}}}]}}}}}}}}}}\n"
        )
    };
    holds(
        "concurrency-policy-unset",
        with,
        &[
            ("schedule: '0 9 * * *', ", ""),
            ("schedule: '* * * * *', ", ", command: [sleep, '60']"),
            ("schedule: '@daily', ", ", command: [sh, -c, 'date; /work']"),
        ],
        &[
            ("schedule: '* * * * *', ", ", command: [echo, hello]"),
            ("schedule: '*/5 * * * *', ", ", command: [sh, -c, 'date; echo hello']"),
            ("schedule: '* * * * *', ", ", command: [sleep, '59']"),
            ("schedule: '@hourly', ", ", args: [sleep, 30m], command: [sh, -c, 'sleep 30m']"),
            ("schedule: '@hourly', ", ", command: [printf, a]"),
            ("schedule: '@hourly', ", ", command: ['true']"),
            ("schedule: '@daily', ", ", command: [/bin/sh, -c, 'echo a && sleep 1h']"),
            ("schedule: '0 9 31 2 *', ", ""),
            ("schedule: '0 9 30 2 *', ", ""),
            ("schedule: '0 9 31 4,6,9,11 *', ", ""),
            ("schedule: '0 9 * * *', suspend: true, ", ""),
            ("schedule: '0 9 * * *', concurrencyPolicy: Allow, ", ""),
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
fn a_run_that_ends_before_the_next_is_not_replaced() {
    let with = |spec: &str, container: &str| {
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: '0 9 * * *', {spec}template: {{spec: \
             {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'{container}}}]}}}}}}}}}}\n"
        )
    };
    let replace = "concurrencyPolicy: Replace, jobTemplate: {spec: {";
    holds(
        "replace-without-deadline",
        with,
        &[(replace, ""), (replace, ", command: [sleep, 24h]"), (replace, ", command: [sh, -c, 'date; /work']")],
        &[
            (replace, ", command: [echo, hello]"),
            (replace, ", command: [date]"),
            (replace, ", command: [sleep, 23h]"),
            (replace, ", command: [sh, -c, 'date; echo hello']"),
            (replace, ", command: [sh, -c, 'sleep 3600 && echo hello']"),
            ("concurrencyPolicy: Replace, jobTemplate: {spec: {activeDeadlineSeconds: 60, ", ""),
            ("concurrencyPolicy: Replace, jobTemplate: {spec: {activeDeadlineSeconds: 864000, ", ""),
            ("concurrencyPolicy: Replace, suspend: true, jobTemplate: {spec: {", ""),
            ("concurrencyPolicy: Forbid, jobTemplate: {spec: {", ""),
            ("concurrencyPolicy: Allow, jobTemplate: {spec: {", ""),
            ("jobTemplate: {spec: {", ""),
        ],
    );
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

/// A CronJob with more in its spec and its Jobs' spec, whose container works.
fn cron_job(spec: &str, job: &str) -> String {
    let (job, pod) = job.split_once(" | ").unwrap_or((job, "restartPolicy: Never"));
    let container =
        if pod.contains("containers") { "" } else { ", containers: [{name: a, image: 'a:1', command: [work]}]" };
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{{spec}, jobTemplate: {{spec: {{{job}template: {{spec: \
         {{{pod}{container}}}}}}}}}}}\n"
    )
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
fn retries_that_end_before_the_next_run_are_not_beside_it() {
    let every = |minutes: u32, more: &str| format!("schedule: '*/{minutes} * * * *'{more}");
    let with = |deadline: &str, retries: &str| format!("{deadline}{retries}");
    let (hour, six) = ("activeDeadlineSeconds: 3600, ", "backoffLimit: 6, ");
    let long = with(hour, six);
    holds(
        "retries-beside-next-run",
        cron_job,
        &[
            (&every(5, ""), &long),
            (&every(10, ", concurrencyPolicy: Allow"), &long),
            (&every(1, ""), &with("activeDeadlineSeconds: 90, ", six)),
            (&every(5, ""), hour),
            ("schedule: '0,5 0 * * *'", &long),
        ],
        &[
            (&every(5, ", concurrencyPolicy: Forbid"), &long),
            (&every(5, ", concurrencyPolicy: Replace"), &long),
            (&every(5, ", suspend: true"), &long),
            // What nothing bounds piles up, whether it fails or not.
            (&every(5, ""), six),
            (&every(5, ""), &with(hour, "backoffLimit: 4, ")),
            (&every(5, ""), &with(hour, "backoffLimit: 0, ")),
            (&every(15, ""), &long),
            (&every(5, ""), &with("activeDeadlineSeconds: 300, ", six)),
            (&every(5, ""), &with(&long, "parallelism: 2, ")),
            (&every(5, ""), &with(&long, "completions: 3, ")),
            (&every(5, ""), &format!("{long} | restartPolicy: OnFailure")),
            (
                &every(5, ""),
                &with(
                    &long,
                    "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1]}}]}, ",
                ),
            ),
            (
                &every(5, ""),
                &format!(
                    "{long} | restartPolicy: Never, containers: [{{name: a, image: 'a:1', command: [echo, hello]}}]"
                ),
            ),
            (&every(5, ""), &format!("{long} | restartPolicy: Never, containers: [{{name: a, image: my-image}}]")),
            ("schedule: '0 3 * * *'", &long),
            ("schedule: '0 24 * * *'", &long),
        ],
    );
}

#[test]
fn a_deadline_before_the_next_run_is_not_beyond_it() {
    let every = |minutes: u32, more: &str| format!("schedule: '*/{minutes} * * * *'{more}");
    let deadline = |seconds: &str| format!("backoffLimit: 0, activeDeadlineSeconds: {seconds}, ");
    let forbid = ", concurrencyPolicy: Forbid";
    let printing = "restartPolicy: Never, containers: [{name: a, image: 'a:1', command: [sleep, '10']}]";
    holds(
        "deadline-beyond-next-run",
        cron_job,
        &[
            (&every(15, ""), &deadline("901")),
            (&every(15, forbid), &deadline("901")),
            (&every(15, forbid), &deadline("86400")),
            ("schedule: '0 3 * * 1-5', concurrencyPolicy: Forbid", &deadline("90000")),
        ],
        &[
            (&every(15, ""), &deadline("900")),
            (&every(15, forbid), &deadline("900")),
            (&every(15, forbid), &deadline("60")),
            (&every(15, forbid), ""),
            (&every(15, ", concurrencyPolicy: Replace"), &deadline("3600")),
            (&every(15, ", concurrencyPolicy: Forbid, suspend: true"), &deadline("3600")),
            (&every(15, forbid), &deadline("'3600'")),
            (&every(15, forbid), &format!("{} | {printing}", deadline("3600"))),
            (&every(15, forbid), "backoffLimit: 0,  | restartPolicy: Never, activeDeadlineSeconds: 3600"),
            ("schedule: '0 3 * * *', concurrencyPolicy: Forbid", &deadline("86400")),
            ("schedule: '0 3 * * 1', concurrencyPolicy: Forbid", &deadline("90000")),
            ("schedule: '@every 1h', concurrencyPolicy: Forbid", &deadline("3600")),
            ("schedule: '0 24 * * *', concurrencyPolicy: Forbid", &deadline("90000")),
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

#[test]
fn runs_with_a_server_beside_the_work_pile_up_for_certain() {
    let told = |images: [&str; 2]| {
        let [first, second] = images;
        let containers = format!("containers: [{{name: a, image: '{first}'}}, {{name: b, image: '{second}'}}]");
        let job = job("", &containers).replace("spec: {backoffLimit", "  jobTemplate: {spec: {backoffLimit");
        let job = job.replace("kind: Job", "kind: CronJob").replace("}}}\n", "}}}}\n");
        let text = job.replace("metadata: {name: a}\n", "metadata: {name: a}\nspec:\n  schedule: '*/5 * * * *'\n");
        let report = lint(&Source::new("a.yaml", text.as_str()), &config());
        let found = report.findings.into_iter().find(|one| one.rule == "runs-pile-up");
        found.unwrap_or_else(|| panic!("nothing piles up: {text}")).message.to_string()
    };
    assert!(
        told(["nginx:1.29", "php:8"]).starts_with("`nginx` never ends, and no run does"),
        "{}",
        told(["nginx:1.29", "php:8"])
    );
    assert!(told(["php:8", "php:8"]).starts_with("a run that hangs"), "{}", told(["php:8", "php:8"]));
}
