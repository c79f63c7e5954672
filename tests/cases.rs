//! Faults that people reported: what is said of each small manifest that reproduces one, and what is not.

#![expect(clippy::disallowed_methods, reason = "tests read recorded cases from disk")]

mod shared;

use std::fs;

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Safety};
use batchlint::lint::{Report, lint};
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Source, apply_edits};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// What must be said: the file, the line, the rule, and words of the message or of the help.
const SAID: &[(&str, u32, &str, &str)] = &[
    ("01-every-minute-for-hourly.yaml", 8, "comment-contradicts-schedule", "every hour"),
    ("02-minute-hour-swapped.yaml", 6, "schedule-syntax", "`30 1 * * *`"),
    ("04-every-48-hours.yaml", 7, "step-above-range", "@every 48h"),
    ("05-comment-mismatch.yaml", 6, "comment-contradicts-schedule", "every hour"),
    ("05-comment-mismatch.yaml", 21, "comment-contradicts-schedule", "every 2 hours"),
    ("05-comment-mismatch.yaml", 37, "comment-contradicts-schedule", "`Every Sunday at 6 pm Berlin`"),
    ("07-status-after-assignment.yaml", 25, "status-read-late", "`KEEP=\"7\"`"),
    ("08-shell-operators-no-shell.yaml", 18, "shell-operator-without-shell", "`&&`"),
    ("10-bool-label.yaml", 13, "wrong-type", "reads as false"),
    ("10-bool-label.yaml", 31, "wrong-type", "the number `1e3`"),
    ("11-exported-job.yaml", 4, "copied-from-cluster", "leave out"),
    ("12-own-selector.yaml", 7, "job-selector", "leave it out"),
    ("13-hook-on-pod-template.yaml", 10, "key-read-elsewhere", "`helm.sh/hook` and 2 other keys"),
    ("13-hook-on-pod-template.yaml", 30, "key-read-elsewhere", "move them to `metadata.annotations`"),
    ("15-linkerd-wrong-annotation.yaml", 16, "key-nobody-reads", "proxy-enable-native-sidecar"),
    ("16-cloudsql-sidecar.yaml", 21, "sidecar-never-ends", "`restartPolicy: Always`"),
    ("19-pre-install-needs-later-secret.yaml", 30, "hook-needs-later", "ConfigMap `web-env` and another object"),
    ("21-rwo-pvc-overlap.yaml", 41, "claim-held-twice", "Pod `bootstrap` holds"),
    ("23-env-order.yaml", 13, "placeholder-never-filled", "did you mean `$(DB_USER)`?"),
    ("23-env-order.yaml", 16, "placeholder-never-filled", "move `DB_USER` above"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`$ZONE`"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`${HOOK_URL}`"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`$(date +%F)`"),
    ("26-pfp-order.yaml", 16, "failure-rule-hidden", "does `FailJob`"),
    ("26-pfp-order.yaml", 18, "reference-not-found", "did you mean `main`?"),
    ("27-indexed-no-completions.yaml", 6, "missing-field", "needs `completions`"),
    ("27-indexed-no-completions.yaml", 30, "completion-index-unset", "is empty in every pod"),
    ("27-indexed-no-completions.yaml", 38, "job-policy-not-allowed", "`completionMode: Indexed`"),
    ("28-suspended.yaml", 6, "key-read-elsewhere", "from the labels of the Job"),
    ("29-ttl-gitops-loop.yaml", 13, "ttl-runs-again", "runs it again"),
    ("30-flux-immutable.yaml", 4, "template-cannot-change", "kustomize.toolkit.fluxcd.io/force: enabled"),
    ("31-name-too-long.yaml", 4, "name-too-long", "63 at most"),
    ("31-name-too-long.yaml", 6, "value-too-long", "63 at most"),
    ("31-name-too-long.yaml", 30, "job-refused-when-made", "no run is ever made"),
    ("32-misindented-top.yaml", 2, "yaml-syntax", "deeper than `apiVersion`"),
    ("34-unquoted-star.yaml", 6, "yaml-syntax", "needs quotes"),
    ("35-mode-decimal.yaml", 23, "number-out-of-range", "starts with a zero: 0666"),
    ("35-mode-decimal.yaml", 27, "number-out-of-range", "starts with a zero: 0755"),
    ("35-mode-decimal.yaml", 29, "wrong-type", "0400"),
    ("37-pullsecrets-misplaced.yaml", 18, "unknown-field", "move it to"),
    ("37-pullsecrets-misplaced.yaml", 36, "wrong-type", "`name: private-registry`"),
    ("38-duplicates.yaml", 24, "variable-repeated", "hides its earlier definition"),
    ("38-duplicates.yaml", 26, "repeated-key", "comes twice"),
    ("39-volume-not-found.yaml", 12, "unknown-field", "add what it holds to the one in"),
    ("42-escape-in-command.yaml", 16, "yaml-syntax", "single quotes"),
    ("47-carriage-return-in-script.yaml", 20, "carriage-return-in-script", "2 lines"),
    ("48-list.json", 3, "schedule-syntax", "hour 24"),
    ("48-list.json", 5, "schedule-syntax", "Sunday is 0"),
    ("48-list.json", 5, "job-restart-policy", "need a restart policy"),
    ("49-tab.yaml", 13, "yaml-syntax", "a tab cannot indent"),
    ("50-success-policy-range.yaml", 10, "number-out-of-range", "indexes go from 0 to 3"),
    ("50-success-policy-range.yaml", 11, "value-malformed", "does not ascend"),
    ("52-quoted-numbers.yaml", 8, "value-not-supported", "`Forbid`"),
    ("52-quoted-numbers.yaml", 12, "wrong-type", "300"),
    ("52-quoted-numbers.yaml", 13, "wrong-type", "3600"),
    ("52-quoted-numbers.yaml", 17, "job-restart-policy", "`Never`"),
    ("52-quoted-numbers.yaml", 18, "wrong-type", "30"),
    ("55-unrendered.yaml", 1, "template-not-rendered", "what holds whatever its values are was checked"),
    ("55-unrendered.yaml", 9, "value-not-supported", "did you mean `Forbid`?"),
    ("55-unrendered.yaml", 14, "job-restart-policy", "write `Never`"),
    ("56-same-name-twice.yaml", 11, "object-defined-twice", "2 CronJobs `purge`"),
    ("57-shell-argv.yaml", 13, "command-in-one-string", "`[\"/bin/sh\", \"-c\", \"./prepare.sh\"]`"),
    ("57-shell-argv.yaml", 16, "script-without-c", "`-c`"),
    ("57-shell-argv.yaml", 20, "arguments-after-script", "`./seed.sh`"),
    ("57-shell-argv.yaml", 23, "never-ends", "the Job"),
    ("b13.yaml", 5, "schedule-syntax", "seconds"),
    ("b24.yaml", 4, "runs-start-together", "11 of 11"),
    ("b34.yaml", 5, "runs-pile-up", "`concurrencyPolicy: Forbid`"),
    ("b57.yaml", 3, "template-cannot-change", "with each version of the chart the upgrade is refused"),
    ("env-map.yaml", 14, "wrong-type", "write each variable as an item"),
    ("env-map.yaml", 17, "wrong-type", "\"echo status: ok\""),
    ("kinds.yaml", 2, "kind-unknown", "did you mean `CronJob`?"),
    ("kinds.yaml", 19, "missing-field", "a CronJob needs a `schedule` and a `jobTemplate`"),
    ("kinds.yaml", 22, "unknown-field", "did you mean `kind`?"),
    ("no-jobtemplate.yaml", 6, "unknown-field", "move it to spec.jobTemplate.spec"),
    ("no-spec.yaml", 7, "unknown-field", "move it to spec.jobTemplate.spec"),
    ("no-template.yaml", 8, "unknown-field", "move it to spec.jobTemplate.spec.template.spec"),
    ("schedule-on-job.yaml", 6, "unknown-field", "a CronJob has `schedule`"),
    ("schedule-on-job.yaml", 14, "unknown-field", "below `limits`"),
];

/// Of these nothing is said to everybody.
const SILENT: &[&str] = &[
    "17-native-sidecar-good.yaml",
    "41-crlf.yaml",
    "44-heredoc-emptied.yaml",
    "45-manual-run.yaml",
    "53-kubectl-get-list.yaml",
];

#[test]
fn what_hurts_is_said_at_its_place() {
    let Some(folder) = shared::find("cases") else { return };
    let mut missing = Vec::new();
    for (file, line, rule, words) in SAID {
        let text = fs::read_to_string(folder.join(file)).expect("the case is there");
        let lines = Lines::new(&text);
        let is_it = |finding: &Finding| {
            let said = format!("{}; {}", finding.message, finding.help.as_deref().unwrap_or_default());
            finding.rule == *rule && lines.position(finding.span.start).line == *line && said.contains(words)
        };
        if !report(file, &text).findings.iter().any(is_it) {
            missing.push(format!("{file}:{line}: {rule} with {words:?}"));
        }
    }
    assert!(missing.is_empty(), "not said:\n{}", missing.join("\n"));
}

#[test]
fn controls_stay_silent() {
    let Some(folder) = shared::find("cases") else { return };
    let mut said = Vec::new();
    for file in SILENT {
        let text = fs::read_to_string(folder.join(file)).expect("the case is there");
        said.extend(report(file, &text).findings.iter().map(|one| format!("{file}: {} {}", one.rule, one.message)));
    }
    assert!(said.is_empty(), "said:\n{}", said.join("\n"));
}

/// Spaces around a schedule are none of its faults. Nothing bounds a run there, as in the case of runs that pile up, and
/// that is said of both.
#[test]
fn a_control_of_the_schedule_is_silent_about_it() {
    let Some(folder) = shared::find("cases") else { return };
    let text = fs::read_to_string(folder.join("46-spaces-schedule.yaml")).expect("the case is there");
    let rules: Vec<_> = report("46", &text).findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["runs-pile-up"]);
}

/// What plainly ends hangs nowhere, and what is suspended starts nothing.
#[test]
fn runs_that_end_need_no_deadline() {
    let rules = |policy: &str, suspend: &str, command: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: '*/5 * * * *'\n  \
             concurrencyPolicy: {policy}\n  suspend: {suspend}\n  jobTemplate:\n    spec:\n      template:\n        \
             spec:\n          restartPolicy: Never\n          containers: [{{name: a, image: 'a:1', command: {command}}}]\n"
        );
        let findings = report("a.yaml", &text).findings.into_iter().map(|finding| finding.rule);
        findings.filter(|rule| matches!(*rule, "forbid-without-deadline" | "runs-pile-up")).collect::<Vec<_>>()
    };
    assert_eq!(rules("Forbid", "false", "[work]"), ["forbid-without-deadline"]);
    assert_eq!(rules("Allow", "false", "[work]"), ["runs-pile-up"]);
    for policy in ["Forbid", "Allow"] {
        assert_eq!(rules(policy, "true", "[work]"), [""; 0], "{policy}");
        assert_eq!(rules(policy, "false", "[date]"), [""; 0], "{policy}");
        assert_eq!(rules(policy, "false", "[sleep, '30']"), [""; 0], "{policy}");
    }
    assert_eq!(rules("Forbid", "false", "[sleep, '900']"), [""; 0]);
    // It outlasts the time between two runs, and ends all the same.
    assert_eq!(rules("Allow", "false", "[sleep, '300']"), [""; 0]);
    assert_eq!(rules("Allow", "false", "[sleep, infinity]"), ["runs-pile-up"]);
    assert_eq!(rules("Forbid", "false", "[sleep, infinity]"), ["forbid-without-deadline"]);
}

/// Of a server that cannot start, or not twice on a node, it is not said that it serves for ever.
#[test]
fn a_server_is_one_where_it_can_start() {
    let says = |pod: &str, container: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: '*/5 * * * *'\n  \
             jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never{pod}, \
             containers: [{{name: a, image: {container}}}]}}}}}}}}\n"
        );
        let found = report("a.yaml", &text).findings.into_iter().find(|finding| finding.rule == "runs-pile-up");
        found.expect("nothing bounds it").message.contains("serves until")
    };
    assert!(says("", "nginx"));
    // Beside the work it is a sidecar, and told as that.
    assert!(!says("", "nginx}, {name: b, image: work"));
    assert!(says("", "mysql, env: [{name: MYSQL_ROOT_PASSWORD, value: a}]"));
    for (pod, container) in [
        (", hostNetwork: true", "nginx"),
        (", securityContext: {runAsNonRoot: true}", "nginx"),
        ("", "nginx, securityContext: {runAsNonRoot: true}"),
        ("", "mysql"),
    ] {
        assert!(!says(pod, container), "{pod} {container}");
    }
}

/// What the server asks for is not asked for again, and what it asks for can be done.
#[test]
fn advice_and_help_agree_with_the_server() {
    let said = |spec: &str, pod: &str, security: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec: {{backoffLimit: 0, {spec}template: {{spec: {{\
             restartPolicy: OnFailure{pod}, containers: [{{name: a, image: 'a:1'{security}}}]}}}}}}\n"
        );
        let findings = report("a.yaml", &text).findings.into_iter();
        findings.map(|one| (one.rule, one.help.as_deref().unwrap_or_default().to_owned())).collect::<Vec<_>>()
    };
    let rules = |spec: &str| said(spec, "", "").into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    let policy = "podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}, ";
    assert_eq!(rules(""), ["on-failure-without-retries"]);
    assert_eq!(rules(policy), ["job-restart-policy"]);

    let unmasked = ", securityContext: {procMount: Unmasked}";
    let help = |pod: &str| {
        let found = said("", pod, unmasked).into_iter().find(|(rule, _)| *rule == "security-context-not-allowed");
        found.expect("the server refuses it").1
    };
    assert_eq!(help(""), "");
    assert_eq!(help(", hostPID: true"), "leave `procMount` out, or what the pod shares with the node");
}

/// What is offered is what was meant, as far as the file tells.
#[test]
fn helps_fit_what_stands_there() {
    let helps = |container: &str, labels: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a, labels: {{{labels}}}}}\nspec:\n  template:\n    \
             spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        {container}\n"
        );
        let findings = report("a.yaml", &text).findings.into_iter();
        findings.map(|one| one.help.as_deref().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let env = |second: &str| format!("image: a:1\n        env: [{{name: X, value: a}}, {{name: X, {second}}}]");
    assert_eq!(helps(&env("value: a"), ""), ["leave one of the two out: they say the same"]);
    for other in ["value: b", "valueFrom: {fieldRef: {fieldPath: metadata.name}}"] {
        assert_eq!(helps(&env(other), ""), ["the last one counts: leave out the one that is not meant"], "{other}");
    }
    assert_eq!(helps("image: #IMAGE", ""), ["quote it, if it is the value"]);
    assert_eq!(helps("image: ", ""), [""]);
    let within = "leave this key out, and write what is below it one level up";
    assert_eq!(helps("image: a:1", "labels: {app: a}"), [within]);
    assert_eq!(helps("image: a:1", "app: {labels: a}"), [""]);
}

/// Where the first restart is one too many, only the policy is offered that advice would ask for.
#[test]
fn a_restart_policy_that_is_offered_earns_no_advice() {
    let offered = |limit: u32| {
        let text = format!(
            "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{backoffLimit: {limit}, template: {{spec: \
             {{restartPolicy: Always, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}"
        );
        let findings = report("a.yaml", &text).findings;
        let refused = findings.iter().find(|one| one.rule == "job-restart-policy").expect("it is refused");
        refused.fixes.iter().map(|fix| fix.title.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!([0, 1].map(offered), [["write Never"]; 2]);
    assert_eq!(offered(2), ["write Never", "write OnFailure"]);
}

/// A history that nobody has asked for, and one that nothing adds to, are not spoken of.
#[test]
fn what_a_history_keeps_matters_where_somebody_wants_it() {
    let rules = |history: &str, rest: &str, ttl: &str| {
        let text = format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\n{rest}spec:\n  schedule: '0 3 * * *'\n  \
             failedJobsHistoryLimit: {history}\n  jobTemplate: {{spec: {{{ttl}activeDeadlineSeconds: 60, template: \
             {{spec: {{restartPolicy: OnFailure, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}\n"
        );
        report("a.yaml", &text).findings.into_iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    let status = "status: {lastScheduleTime: '2026-11-20T03:00:00Z'}\n";
    assert_eq!(rules("1", "", ""), ["failed-history-without-logs"]);
    assert_eq!(rules("2", status, ""), ["failed-history-without-logs"]);
    assert_eq!(rules("1", status, ""), [""; 0]);
    let ttl = "ttlSecondsAfterFinished: 60, ";
    assert_eq!(rules("2", "", ttl), ["ttl-beside-history-limits"]);
    assert_eq!(rules("2\n  suspend: true", "", ttl), [""; 0]);
}

/// Where the last failure takes the logs in any case, or nobody waits for it, the restart policy is not spoken of.
#[test]
fn logs_that_would_go_anyway_are_not_missed() {
    let rules = |hook: &str, limit: u32| {
        let text = format!(
            "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a, annotations: {{{hook}}}}}, spec: {{backoffLimit: \
             {limit}, ttlSecondsAfterFinished: 600, template: {{spec: {{restartPolicy: OnFailure, containers: [{{name: \
             a, image: 'a:1'}}]}}}}}}}}"
        );
        let report = lint(&Source::new("a.yaml", text), &Config::at(NOW).with_pedantic(true));
        report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    let helm = |policy: &str| format!("helm.sh/hook: pre-install, helm.sh/hook-delete-policy: '{policy}'");
    assert_eq!(rules(&helm("before-hook-creation"), 0), ["on-failure-without-retries"]);
    assert_eq!(rules(&helm("before-hook-creation"), 19), ["on-failure-loses-logs"]);
    assert_eq!(rules(&helm("before-hook-creation"), 20), [""; 0]);
    for limit in [0, 6] {
        assert_eq!(rules(&helm("hook-succeeded, hook-failed"), limit), [""; 0]);
        let argo = "argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: HookFailed";
        assert_eq!(rules(argo, limit), [""; 0]);
    }
}

/// What a harm says is not said of the habit beside it, for who wants to hear of habits.
#[test]
fn a_habit_is_silent_where_its_harm_is_told() {
    let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: '*/5 * * * *'\n  \
                jobTemplate: {spec: {backoffLimit: 3, template: {spec: {restartPolicy: Never, containers: [\
                {name: a, image: 'r.io/a:main'}, {name: b, image: 'r.io/b:main', imagePullPolicy: Always}]}}}}\n";
    let report = lint(&Source::new("a.yaml", text), &Config::at(NOW).with_pedantic(true));
    let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["runs-pile-up", "moving-image-kept", "image-not-pinned"]);
}

/// What is one thing is said once.
#[test]
fn what_follows_from_one_fault_is_one_finding_with_it() {
    let Some(folder) = shared::find("cases") else { return };
    let rules = |file: &str| -> Vec<(&'static str, usize)> {
        let text = fs::read_to_string(folder.join(file)).expect("the case is there");
        let report = report(file, &text);
        report
            .findings
            .iter()
            .map(|one| (one.rule, one.server.as_ref().map_or(0, |server| 1 + server.also.len())))
            .collect()
    };
    assert_eq!(rules("11-exported-job.yaml"), [("copied-from-cluster", 3)]);
    let policy = rules("50-success-policy-range.yaml");
    assert_eq!(policy, [("number-out-of-range", 1), ("value-malformed", 2), ("number-out-of-range", 1)]);
    let kinds: Vec<_> = rules("kinds.yaml").into_iter().map(|(rule, _)| rule).collect();
    assert!(!kinds.contains(&"kind-missing"), "{kinds:?}");
    for (containers, volumes) in [
        ("[{name: a, image: 'a:1', volumeMounts: [{mountPath: /a}]}]", "[]"),
        ("[{name: a, image: 'a:1'}]", "[{name: a, nfs: {server: a}}]"),
        ("[{name: a, image: 'a:1', env: [{name: A, valueFrom: {secretKeyRef: {name: a}}}]}]", "[]"),
    ] {
        let text = format!(
            "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{template: {{spec: {{restartPolicy: \
             Never, containers: {containers}, volumes: {volumes}}}}}}}}}"
        );
        let said: Vec<_> = report("a.yaml", &text).findings.into_iter().map(|one| one.rule).collect();
        assert_eq!(said, ["missing-field"], "{containers} {volumes}");
    }
    // What would be told first stands elsewhere: the next one is, and the others follow from that.
    let text = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, schedule: '0 3 * * *', spec: {}}";
    let said: Vec<_> = report("a.yaml", text).findings.into_iter().map(|one| one.rule).collect();
    assert_eq!(said, ["unknown-field", "missing-field"]);
    let modes = rules("35-mode-decimal.yaml");
    assert_eq!(modes, [("number-out-of-range", 2), ("number-out-of-range", 2), ("wrong-type", 1)]);
}

/// Following a safe mend leaves a file of which nothing new is said.
#[test]
fn safe_mends_earn_no_new_finding() {
    let Some(folder) = shared::find("cases") else { return };
    let mut followed = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let (name, text) = (path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap_or_default());
        let before = report(&name, &text);
        for (finding, fixes) in before.findings.iter().zip(before.fixes()) {
            let Some(fix) = fixes.into_iter().find(|fix| fix.safety == Safety::Safe) else {
                continue;
            };
            let after = apply_edits(&text, &fix.edits).expect("a fix that holds");
            let new = report(&name, &after);
            let known =
                |one: &Finding| before.findings.iter().any(|old| (old.rule, &old.message) == (one.rule, &one.message));
            let surprise = new.findings.iter().find(|one| one.rule == finding.rule && !known(one));
            assert!(surprise.is_none(), "{name}: {} after {:?}: {surprise:?}", finding.message, fix.title);
            followed += 1;
        }
    }
    assert!(followed >= 10, "only {followed} mends were followed");
}

fn report(name: &str, text: &str) -> Report {
    lint(&Source::new(name, text), &Config::at(NOW))
}
