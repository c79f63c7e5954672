//! Many files together: what is said of them does not depend on the order in which they were read, nor on who read which.

use batchlint::analysis::{Facts, Referent, Settings, Work, analyse};
use batchlint::config::Config;
use batchlint::diagnostic::{Circumstance, Condition, Finding, Late, Severity};
use batchlint::lint::{over_all, report};
use batchlint::project::{Project, Scope};
use batchlint::schedule::{Instant, Seconds};
use batchlint::text::{Lines, Location, Source, Span};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

fn config() -> Config {
    Config::at(NOW).with_rules(&["fleet"], &[]).expect("there is such a group")
}

fn cron_job(name: &str, spec: &str) -> String {
    let pod = "spec: {restartPolicy: Never, containers: [{name: a, image: a:1}]}";
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: {name}}}\nspec:\n  {spec}\n  jobTemplate: {{spec: \
         {{template: {{{pod}}}}}}}\n"
    )
}

fn facts(file: &str, text: &str) -> Facts {
    report(&analyse(Source::new(file, text), config().settings()), &config()).1
}

/// Four CronJobs in as many files that start at the same minute.
fn four() -> Vec<Facts> {
    let schedules = [("a", "0 * * * *"), ("b", "0 */2 * * *"), ("c", "0 0 * * *"), ("d", "@hourly")];
    let file = |(name, schedule): (&str, &str)| {
        facts(&format!("{name}.yaml"), &cron_job(name, &format!("schedule: \"{schedule}\"")))
    };
    schedules.into_iter().map(file).collect()
}

fn messages(project: &Project, scope: Scope) -> Vec<String> {
    let late = over_all(project, &config(), scope);
    late.iter().map(|late| format!("{}: {}", late.at().file, late.finding().message)).collect()
}

#[test]
fn cron_jobs_of_several_files_are_seen_together_in_any_order() {
    let (mut forwards, mut backwards) = (Project::new(), Project::new());
    four().into_iter().for_each(|facts| forwards.add(facts));
    four().into_iter().rev().for_each(|facts| backwards.add(facts));
    let found = messages(&forwards, Scope::Whole);
    let message = "4 of 4 CronJobs start in the same minute, next on Sun 2026-11-22 at 00:00 UTC";
    assert_eq!(found, [format!("a.yaml: {message}")]);
    assert_eq!(found, messages(&backwards, Scope::Whole));
    let late = over_all(&forwards, &config(), Scope::Whole);
    let files: Vec<String> = late[0].finding().labels.iter().map(|label| format!("{:?}", label.place)).collect();
    assert!(files.len() == 3 && files[0].contains("b.yaml") && files[2].contains("d.yaml"), "{files:?}");
}

#[test]
fn the_minutes_that_are_offered_leave_days_and_hours_as_they_are() {
    let mut project = Project::new();
    for (name, schedule) in [("a", "@daily"), ("b", "00 0 * * 1"), ("c", "0 0 * * *"), ("d", "@hourly")] {
        project.add(facts(&format!("{name}.yaml"), &cron_job(name, &format!("schedule: \"{schedule}\""))));
    }
    let late = over_all(&project, &config(), Scope::Whole);
    let help = late[0].finding().help.as_deref();
    assert_eq!(
        help,
        Some(
            "give each a minute of its own, such as `1 0 * * *` here and `3 0 * * 1` for b; `--diff --unsafe-fixes` shows the others"
        )
    );
}

#[test]
fn parts_of_a_run_can_be_merged_and_a_file_replaced() {
    let (mut whole, mut part) = (Project::new(), Project::new());
    for (number, facts) in four().into_iter().enumerate() {
        if number % 2 == 0 { whole.add(facts) } else { part.add(facts) }
    }
    assert!(messages(&whole, Scope::Whole).is_empty());
    whole.merge(part);
    assert_eq!(messages(&whole, Scope::Whole).len(), 1);
    whole.add(facts("d.yaml", &cron_job("d", "schedule: \"52 * * * *\"")));
    assert!(messages(&whole, Scope::Whole).is_empty());
}

#[test]
fn what_never_runs_and_what_is_one_object_is_not_counted_twice() {
    let more = [
        ("e", "e", "{schedule: \"0 * * * *\", suspend: true}"),
        ("f", "f", "{schedule: \"0 * * * *\", startingDeadlineSeconds: 0}"),
        ("g", "g", "{schedule: \"0 * * * *\", concurrencyPolicy: Sometimes}"),
        ("a2", "a", "{schedule: \"0 * * * *\"}"),
    ];
    let mut project = Project::new();
    four().into_iter().take(3).for_each(|facts| project.add(facts));
    for (file, name, spec) in more {
        let spec = spec.trim_matches(['{', '}']).replace(", ", "\n  ");
        project.add(facts(&format!("{file}.yaml"), &cron_job(name, &spec)));
    }
    assert_eq!(messages(&project, Scope::Whole), Vec::<String>::new());
}

#[test]
fn a_finding_on_which_others_have_a_say_is_decided_when_all_were_read() {
    let flux = |path: &str| {
        format!(
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: x}}\nspec: {{path: {path}}}\n"
        )
    };
    let silenced = Condition { circumstance: Circumstance::AppliedByFlux, confirms: false, stands_alone: true };
    let confirmed = Condition { circumstance: Circumstance::TimeZoneSetElsewhere, confirms: true, stands_alone: false };
    let zoned = cron_job("z", "schedule: \"0 1 * * *\"\n  timeZone: Etc/UTC");
    let kustomization = flux("./apps");
    for (condition, other, scope, is_said) in [
        (silenced, None, Scope::Whole, true),
        (silenced, Some(("clusters/flux.yaml", flux("./apps/jobs"))), Scope::Whole, false),
        (silenced, Some(("clusters/flux.yaml", flux("./other"))), Scope::Whole, true),
        (silenced, Some(("repo/apps/jobs/flux.yaml", flux("."))), Scope::Whole, false),
        (silenced, Some(("clusters/flux.yaml", kustomization)), Scope::Part, true),
        (confirmed, None, Scope::Whole, false),
        (confirmed, Some(("z.yaml", zoned.clone())), Scope::Whole, true),
        (confirmed, Some(("z.yaml", zoned)), Scope::Part, false),
    ] {
        let mut own = facts("repo/apps/jobs/a.yaml", &cron_job("a", "schedule: \"0 1 * * *\""));
        let at = Location::new("repo/apps/jobs/a.yaml", &Lines::new("a: 1"), Span::new(0, 1));
        let finding = Finding::new("a-rule", "run", Severity::Advice, at.span(), "a message");
        own.conditional.push((condition, Late::new(at, finding, Vec::new())));
        let mut project = Project::new();
        project.add(own);
        let other = other.map(|(file, text)| facts(file, &text));
        let shown = format!("{condition:?} {scope:?} {:?}", other.as_ref().map(|facts| &facts.file));
        other.into_iter().for_each(|facts| project.add(facts));
        assert_eq!(messages(&project, scope).len(), usize::from(is_said), "{shown}");
    }
}

#[test]
fn facts_say_what_an_object_is_does_and_refers_to() {
    let text = "apiVersion: batch/v1
kind: CronJob
metadata: {name: a, namespace: jobs}
spec:
  schedule: \"*/5 * * * *\"
  timeZone: Europe/Berlin
  startingDeadlineSeconds: 60
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: worker
          initContainers:
            - {name: i, image: a:1, resources: {requests: {cpu: 2, memory: 10Mi}}}
            - {name: s, image: a:1, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
          containers:
            - name: b
              image: a:1
              resources: {requests: {cpu: 300m}, limits: {cpu: 1, memory: 1Gi}}
              envFrom: [{secretRef: {name: x, optional: true}}]
              env: [{name: A, valueFrom: {secretKeyRef: {name: x, key: k}}}]
          volumes:
            - {name: v, persistentVolumeClaim: {claimName: data}}
            - {name: w, configMap: {name: settings, optional: true}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: jobs}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
";
    let facts = Facts::of(&analyse(Source::new("a.yaml", text), &Settings::at(NOW)));
    let [object] = facts.objects.as_slice() else { panic!("one is ours: {:?}", facts.objects) };
    assert_eq!((object.document, object.identity.namespace.as_deref()), (0, Some("jobs")));
    let Work::CronJob(cron_job) = &object.work else { panic!("a CronJob") };
    assert_eq!((&*cron_job.schedule, cron_job.time_zone.as_deref()), ("*/5 * * * *", Some("Europe/Berlin")));
    assert_eq!((cron_job.at.start.line, &cron_job.never), (5, &None));
    assert_eq!(cron_job.starting_deadline, Some(Seconds::MINUTE));
    let job = &cron_job.job;
    assert_eq!((job.parallelism, job.completions, job.backoff_limit), (1, Some(1), 6));
    // An init container alone needs more CPU than all that run later; of memory the others do, by a limit.
    assert_eq!((job.requests.cpu_millis, job.requests.memory_bytes), (2_000, 1 << 30));
    let refers = job.refers.iter().map(|one| (one.to.kind(), &*one.name, one.is_optional));
    let expected = [
        ("ServiceAccount", "worker", false),
        ("Secret", "x", false),
        ("PersistentVolumeClaim", "data", false),
        ("ConfigMap", "settings", true),
    ];
    assert_eq!(refers.collect::<Vec<_>>(), expected);
    let offers = facts.offers.iter().map(|offer| (offer.is, offer.namespace.as_deref(), &*offer.name));
    assert_eq!(offers.collect::<Vec<_>>(), [(Referent::ConfigMap, Some("jobs"), "c")]);
}

#[test]
fn what_is_known_of_files_can_go_to_another_thread() {
    fn is_free<T: Send + Sync + 'static>() {}
    is_free::<Facts>();
    is_free::<Project>();
}

#[test]
fn names_that_the_server_makes_are_no_names() {
    let named = |name: &str| cron_job("a", "schedule: \"0 * * * *\"").replace("name: a}", &format!("{name}: job-}}"));
    let text = |name: &str| vec![named(name); 4].join("---\n");
    let project = |name: &str| {
        let mut project = Project::new();
        project.add(facts("a.yaml", &text(name)));
        messages(&project, Scope::Whole).len()
    };
    assert_eq!((project("generateName"), project("name")), (1, 0));
}
