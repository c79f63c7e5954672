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
    ("05-comment-mismatch.yaml", 37, "comment-contradicts-schedule", "18:00 on Monday"),
    ("07-status-after-assignment.yaml", 25, "status-read-late", "`KEEP=\"7\"`"),
    ("08-shell-operators-no-shell.yaml", 18, "shell-operator-without-shell", "`&&`"),
    ("11-exported-job.yaml", 4, "copied-from-cluster", "leave out"),
    ("23-env-order.yaml", 13, "placeholder-never-filled", "did you mean `$(DB_USER)`?"),
    ("23-env-order.yaml", 16, "placeholder-never-filled", "move `DB_USER` above"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`$ZONE`"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`${HOOK_URL}`"),
    ("24-dollar-var-no-shell.yaml", 18, "placeholder-never-filled", "`$(date +%F)`"),
    ("26-pfp-order.yaml", 18, "reference-not-found", "did you mean `main`?"),
    ("29-ttl-gitops-loop.yaml", 13, "ttl-runs-again", "runs it again"),
    ("35-mode-decimal.yaml", 29, "wrong-type", "0400"),
    ("37-pullsecrets-misplaced.yaml", 36, "wrong-type", "`name: private-registry`"),
    ("39-volume-not-found.yaml", 12, "unknown-field", "add what it holds to the one in"),
    ("47-carriage-return-in-script.yaml", 20, "carriage-return-in-script", "2 lines"),
    ("48-list.json", 5, "job-restart-policy", "need a restart policy"),
    ("52-quoted-numbers.yaml", 12, "wrong-type", "300"),
    ("52-quoted-numbers.yaml", 13, "wrong-type", "3600"),
    ("52-quoted-numbers.yaml", 18, "wrong-type", "30"),
    ("57-shell-argv.yaml", 13, "command-in-one-string", "`[\"/bin/sh\", \"-c\", \"./prepare.sh\"]`"),
    ("57-shell-argv.yaml", 16, "script-without-c", "`-c`"),
    ("57-shell-argv.yaml", 20, "arguments-after-script", "`./seed.sh`"),
    ("57-shell-argv.yaml", 23, "never-ends", "the Job"),
    ("b13.yaml", 5, "schedule-syntax", "seconds"),
    ("b24.yaml", 4, "runs-start-together", "11 of 11"),
    ("b34.yaml", 5, "runs-pile-up", "`concurrencyPolicy: Forbid`"),
    ("env-map.yaml", 17, "wrong-type", "\"echo status: ok\""),
    ("schedule-on-job.yaml", 6, "unknown-field", "a CronJob has `schedule`"),
    ("schedule-on-job.yaml", 14, "unknown-field", "below `limits`"),
];

/// Of these nothing is said to everybody.
const SILENT: &[&str] = &[
    "17-native-sidecar-good.yaml",
    "30-flux-immutable.yaml",
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

/// What is one thing is said once.
#[test]
fn a_copy_and_a_volume_that_is_refused_are_one_finding_each() {
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
