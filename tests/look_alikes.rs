//! What looks like a fault and is none: of each rule that asks for circumstances a table of manifests of which it says nothing,
//! beside one that it is about.

#[path = "look_alikes/command.rs"]
mod command;
#[path = "look_alikes/fleet.rs"]
mod fleet;
#[path = "look_alikes/lifecycle.rs"]
mod lifecycle;
#[path = "look_alikes/mounted_scripts.rs"]
mod mounted_scripts;
#[path = "look_alikes/pod.rs"]
mod pod;
#[path = "look_alikes/quota.rs"]
mod quota;
#[path = "look_alikes/run.rs"]
mod run;
#[path = "look_alikes/schedule.rs"]
mod schedule;
#[path = "look_alikes/shared_scripts.rs"]
mod shared_scripts;

use batchlint::config::Config;
use batchlint::lint::lint;
use batchlint::schedule::Instant;
use batchlint::text::Source;

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

fn config_map(name: &str, more: &str) -> String {
    format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}{more}}}, data: {{DATABASE_URL: a, PORT: b}}}}")
}
