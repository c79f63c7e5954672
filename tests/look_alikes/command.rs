//! Of rules on commands.

#[path = "command/containers.rs"]
mod containers;
#[path = "command/remedies.rs"]
mod remedies;
#[path = "command/scripts.rs"]
pub(super) mod scripts;

use batchlint::lint::lint;
use batchlint::rules;
use batchlint::text::Source;

use super::config;
use containers::CONTAINERS;
use scripts::SCRIPTS;

#[test]
fn look_alikes_are_left_alone() {
    let mut said = Vec::new();
    for (rule, scripts) in SCRIPTS {
        for script in *scripts {
            let container = format!("command: [bash, -c, {}]", serde_json::to_string(script).expect("a string"));
            said.extend(
                told(&container).into_iter().filter(|found| found == rule).map(|_| format!("{rule}: {script:?}")),
            );
        }
    }
    for (rule, containers) in CONTAINERS {
        for container in *containers {
            said.extend(
                told(container).into_iter().filter(|found| found == rule).map(|_| format!("{rule}: {container}")),
            );
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn every_rule_on_commands_has_ten_look_alikes() {
    let tables = || SCRIPTS.iter().chain(CONTAINERS);
    let few: Vec<_> = tables().filter(|(_, look_alikes)| look_alikes.len() < 10).map(|(rule, _)| rule).collect();
    assert!(few.is_empty(), "{few:?}");
    let without = rules::all().filter(|entry| entry.group == "command");
    let without: Vec<_> =
        without.filter(|entry| !tables().any(|(rule, _)| *rule == entry.name)).map(|entry| entry.name).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// What is found in a container of a Job, without a deadline and with one.
fn told(container: &str) -> Vec<String> {
    let mut told = rules_told("", container);
    told.extend(rules_told("activeDeadlineSeconds: 600, ", container));
    told
}

fn manifest(spec: &str, container: &str) -> String {
    format!(
        "{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{{spec}template: {{spec: {{restartPolicy: Never, \
         containers: [{{name: a, image: registry.example.com/a:1, {container}}}]}}}}}}}}"
    )
}

fn rules_told(spec: &str, container: &str) -> Vec<String> {
    let report = lint(&Source::new("a.yaml", manifest(spec, container)), &config());
    report.findings.iter().chain(&report.suppressed).map(|finding| finding.rule.to_owned()).collect()
}
