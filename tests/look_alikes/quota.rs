//! Of pods that a quota refuses.

use batchlint::analysis::analyse;
use batchlint::lint::{over_all, report};
use batchlint::project::{Project, Scope};
use batchlint::text::Source;

use super::{config, holds};

const RULE: &str = "quota-refuses-pods";

fn quota(spec: &str) -> String {
    format!("{{apiVersion: v1, kind: ResourceQuota, metadata: {{name: q}}, spec: {{{spec}}}}}")
}

fn range(limits: &str) -> String {
    format!("{{apiVersion: v1, kind: LimitRange, metadata: {{name: r}}, spec: {{limits: [{{{limits}}}]}}}}")
}

/// A bound, and a CronJob whose pods have these fields.
fn behind(bound: &str, pod: &str) -> String {
    format!(
        "{bound}\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: 0 3 * * *, jobTemplate: {{spec: \
         {{template: {{spec: {{restartPolicy: Never, {pod}}}}}}}}}}}\n"
    )
}

fn container(resources: &str) -> String {
    format!("containers: [{{name: a, image: 'a:1', resources: {{{resources}}}}}]")
}

fn two(first: &str, second: &str) -> String {
    format!("initContainers: [{{name: i, image: 'a:1', resources: {{{first}}}}}], {}", container(second))
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(bound, pod)| (&**bound, &**pod)).collect()
}

#[test]
fn pods_that_a_quota_leaves_room_for_are_made() {
    let hard = |hard: &str| quota(&format!("hard: {{{hard}}}"));
    let (cpu, two_gi) = (container("requests: {cpu: 2}"), container("limits: {memory: 2Gi}"));
    let sidecar = format!(
        "initContainers: [{{name: i, image: 'a:1', restartPolicy: Always, resources: {{requests: {{cpu: 1}}}}}}], {}",
        container("requests: {cpu: 1}")
    );
    let most = |bound: &str| range(&format!("type: Container, max: {{{bound}}}"));
    let least = |bound: &str| range(&format!("type: Container, min: {{{bound}}}"));
    let found = [
        (hard("requests.cpu: 1"), cpu.clone()),
        (hard("cpu: 1500m"), cpu.clone()),
        (hard("requests.memory: 1Gi"), two_gi.clone()),
        (hard("limits.memory: '1Gi'"), two_gi.clone()),
        (hard("requests.nvidia.com/gpu: 0"), container("limits: {nvidia.com/gpu: 1}")),
        (hard("pods: 0"), container("")),
        (hard("count/jobs.batch: '0'"), container("")),
        (hard("requests.cpu: 1500m"), sidecar.clone()),
        (hard("requests.cpu: 1"), two("requests: {cpu: 2}", "requests: {cpu: 1}")),
        (format!("{}\n---\n{}", hard("cpu: 4"), hard("cpu: 1")), cpu.clone()),
        (most("cpu: 1"), cpu.clone()),
        (most("memory: 1Gi"), two_gi.clone()),
        (least("cpu: 3"), cpu.clone()),
        (range("type: Pod, max: {memory: 1Gi}"), two_gi.clone()),
        (hard("requests.cpu: 1"), format!("resources: {{requests: {{cpu: 2}}}}, {}", container(""))),
    ];
    let silent = [
        (hard("requests.cpu: 2"), cpu.clone()),
        (hard("requests.cpu: 2000m"), cpu.clone()),
        (hard("requests.cpu: 2"), sidecar),
        (hard("requests.cpu: 2"), two("requests: {cpu: 2}", "requests: {cpu: 2}")),
        (hard("requests.cpu: 1").replace("name: q", "name: q, namespace: b"), cpu.clone()),
        (quota("hard: {requests.cpu: 1}, scopes: [NotTerminating]"), cpu.clone()),
        (quota("hard: {requests.cpu: 1}, scopeSelector: {matchExpressions: []}"), cpu.clone()),
        (hard("requests.memory: 1Gi"), cpu.clone()),
        (hard("limits.cpu: 1"), cpu.clone()),
        (hard("pods: 1"), container("")),
        (hard("count/cronjobs.batch: 0"), container("")),
        (hard("services: 0, requests.storage: 0, count/deployments.apps: 0"), cpu.clone()),
        (hard("requests.cpu: '${CPU}'"), cpu.clone()),
        (hard("requests.cpu: 1"), container("")),
        (most("cpu: 2"), cpu.clone()),
        (least("cpu: 2"), cpu.clone()),
        (least("cpu: 3"), container("")),
        (range("type: Pod, min: {cpu: 4}"), cpu.clone()),
        (range("type: PersistentVolumeClaim, max: {cpu: 1}"), cpu.clone()),
        (range("type: Container, default: {cpu: 1}, maxLimitRequestRatio: {cpu: 1}"), cpu.clone()),
        (
            hard("requests.cpu: 1")
                .replace("apiVersion: v1", "apiVersion: quota.openshift.io/v1")
                .replace("ResourceQuota", "Other"),
            cpu,
        ),
    ];
    holds(RULE, behind, &borrowed(&found), &borrowed(&silent));
}

/// What is said of files that are read together.
fn said(files: &[&str], scope: Scope) -> Vec<String> {
    let config = config();
    let mut project = Project::new();
    for (number, text) in files.iter().enumerate() {
        let source = Source::new(format!("{number}.yaml"), *text);
        project.add(report(&analyse(source, config.settings()), &config).1);
    }
    let late = over_all(&project, &config, scope);
    let own = late.iter().map(batchlint::diagnostic::Late::finding).filter(|finding| finding.rule == RULE);
    own.map(|finding| finding.message.as_str().to_owned()).collect()
}

#[test]
fn what_containers_do_not_say_is_told_where_no_limit_range_says_it() {
    let quota = quota("hard: {requests.cpu: 4, limits.memory: 4Gi, requests.nvidia.com/gpu: 4, pods: 9}");
    let silent = behind(&quota, &container(""));
    let half = behind(&quota, &container("requests: {cpu: 1}"));
    let whole = behind(&quota, &container("limits: {cpu: 1, memory: 1Gi}"));
    let of_pod = behind(&quota, &format!("resources: {{requests: {{cpu: 1}}}}, {}", container("")));
    let wants = |keys: &str| {
        format!(
            "ResourceQuota `q` wants each container to say its {keys}, and this one does not: no pod is ever made, unless a \
             LimitRange of the namespace fills it in"
        )
    };
    assert_eq!(said(&[&silent], Scope::Whole), [wants("`limits.memory` and `requests.cpu`")]);
    assert_eq!(said(&[&half], Scope::Whole), [wants("`limits.memory`")]);
    let defaults = range("type: Container, default: {cpu: 1}");
    for (files, scope) in [
        (vec![&*silent], Scope::Part),
        (vec![&whole], Scope::Whole),
        (vec![&of_pod], Scope::Whole),
        (vec![&silent, &defaults], Scope::Whole),
        (vec![&*format!("{silent}---\n{defaults}\n")], Scope::Whole),
    ] {
        assert_eq!(said(&files, scope), Vec::<String>::new(), "{files:?}");
    }
}
