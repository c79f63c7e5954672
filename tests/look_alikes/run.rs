//! Of rules on how Jobs run.

#[path = "run/failing.rs"]
mod failing;
#[path = "run/meeting.rs"]
mod meeting;

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
