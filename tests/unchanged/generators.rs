//! What kustomizations make that say a little of everything that one can say.

use std::collections::BTreeMap;

use batchlint::kustomize::build::{InMemory, build};

use crate::digest::Digests;
use crate::kustomizations::add_built;
use crate::random::Random;

const CRON_JOB: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  labels: {app: report}
spec:
  schedule: \"0 3 * * *\" # at night
  jobTemplate:
    spec:
      template:
        metadata:
          annotations: {note: 'a: b'}
        spec:
          restartPolicy: Never
          serviceAccountName: runner
          containers:
            - name: report
              image: registry.example.com:5000/team/report:1.4@sha256:0000
              args: [--now, \"1\"]
              envFrom:
                - configMapRef: {name: settings}
                - secretRef: {name: keys}
            - name: side
              image: busybox
          volumes:
            - name: data
              configMap: {name: settings, items: [{key: A, path: a}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: other}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: once, image: busybox:1.36}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: runner}
";

/// Fields of a kustomization, a piece each.
const FIELDS: [&str; 30] = [
    "namePrefix: p-\n",
    "nameSuffix: -s\n",
    "namespace: apps\n",
    "commonLabels: {team: a, app: b}\n",
    "labels:\n  - pairs: {tier: x}\n    includeSelectors: false\n    includeTemplates: true\n",
    "labels:\n  - pairs: {tier: x, n: \"1\"}\n    includeSelectors: true\n",
    "commonAnnotations: {note: \"on: off\", owner: me}\n",
    "images:\n  - name: busybox\n    newTag: \"1.37\"\n",
    "images:\n  - name: registry.example.com:5000/team/report\n    newName: mirror/report\n    digest: sha256:1111\n",
    "images:\n  - name: busybox\n    newName: b\n  - name: b\n    newTag: x\n",
    "replicas:\n  - name: once\n    count: 3\n",
    "configMapGenerator:\n  - name: settings\n    literals: [A=1, 'B=\"two\"', \"C='3'\", 'D=\"', 'E=\"\"', F=a=b]\n",
    "configMapGenerator:\n  - name: settings\n    literals: ['A=\"x''', \"B='\", 'C= d ']\n    options: {disableNameSuffixHash: true}\n",
    "configMapGenerator:\n  - name: settings\n    envs: [vars.env]\n    options: {labels: {l: m}, immutable: true}\n",
    "configMapGenerator:\n  - name: settings\n    files: [run.sh, other=run.sh, bin/data]\n",
    "configMapGenerator:\n  - name: settings\n    env: vars.env\n    behavior: merge\n",
    "configMapGenerator:\n  - literals: [A]\n    name: settings\n",
    "secretGenerator:\n  - name: keys\n    type: kubernetes.io/tls\n    literals: [tls.key=k, tls.crt=c]\n",
    "secretGenerator:\n  - name: keys\n    files: [bin/data, run.sh]\n    namespace: other\n",
    "generatorOptions:\n  disableNameSuffixHash: true\n  annotations: {made: here}\n",
    "patches:\n  - patch: |-\n      kind: CronJob\n      apiVersion: batch/v1\n      metadata: {name: report}\n      spec: {suspend: true, schedule: \"5 4 * * *\"}\n",
    "patches:\n  - target: {kind: Job}\n    patch: '[{op: add, path: /spec/backoffLimit, value: 2}]'\n",
    "patches:\n  - target: {kind: CronJob, name: rep.*}\n    patch: |-\n      - op: replace\n        path: /spec/jobTemplate/spec/template/spec/containers/0/args/1\n        value: two\n      - op: remove\n        path: /spec/jobTemplate/spec/template/spec/containers/1\n",
    "patches:\n  - path: patch.yaml\n    options: {allowNameChange: true}\n",
    "patchesStrategicMerge: [patch.yaml]\n",
    "patchesJson6902:\n  - target: {version: v1, group: batch, kind: Job, name: once}\n    patch: '[{\"op\": \"test\", \"path\": \"/kind\", \"value\": \"Job\"}, {\"op\": \"copy\", \"from\": \"/metadata/name\", \"path\": \"/metadata/generateName\"}]'\n",
    "replacements:\n  - source: {kind: CronJob, fieldPath: metadata.name}\n    targets: [{select: {kind: Job}, fieldPaths: [metadata.name]}]\n",
    "vars: [{name: N, objref: {kind: Job, name: once, apiVersion: batch/v1}}]\n",
    "components: [component]\n",
    "buildMetadata: [originAnnotations]\n",
];

/// A patch that does a little of everything.
const PATCHES: [&str; 4] = [
    "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: report, labels: {app: null}}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: report\n              $patch: replace\n              image: x\n            - name: new\n              image: y\n",
    "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: report}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: side\n              $patch: delete\n            - {name: report, args: [a], env: [{name: A, value: b}]}\n          volumes: null\n",
    "kind: Job\napiVersion: batch/v1\nmetadata: {name: once}\n$patch: delete\n",
    "kind: Job\napiVersion: batch/v1\nmetadata: {name: other-name, namespace: other}\nspec: {ttlSecondsAfterFinished: 5, template: {spec: {containers: [{name: once, command: [sh]}]}}}\n",
];

/// Builds so many of them.
pub(crate) fn build_all(count: u64, digests: &mut Digests) {
    for number in 0..count {
        let mut random = Random::new(81, number);
        let patch = PATCHES[random.below(PATCHES.len())];
        let fields =
            |random: &mut Random| (0..1 + random.below(4)).map(|_| FIELDS[random.below(FIELDS.len())]).collect();
        let (base, overlay): (String, String) = (fields(&mut random), fields(&mut random));
        let base = if random.chance(50) { base } else { String::new() };
        let case: BTreeMap<&str, String> = [
            ("base/kustomization.yaml", format!("resources: [cronjob.yaml]\n{base}")),
            ("base/cronjob.yaml", CRON_JOB.to_owned()),
            ("overlay/kustomization.yaml", format!("resources: [../base]\n{overlay}")),
            ("overlay/component/kustomization.yaml", "kind: Component\nnameSuffix: -c\n".to_owned()),
        ]
        .into();
        let shared = ["base", "overlay"].into_iter().flat_map(|folder| {
            let file = |name: &str, text: &str| (format!("{folder}/{name}"), text.to_owned());
            [
                file("patch.yaml", patch),
                file("vars.env", "# some\nA=1\n\n B=\"two\"\n\tC= #\n"),
                file("run.sh", "#!/bin/sh\necho done\n"),
                file("bin/data", "\u{1}\u{2}"),
            ]
        });
        let case: BTreeMap<String, String> =
            case.into_iter().map(|(name, text)| (name.to_owned(), text)).chain(shared).collect();
        let files = InMemory::of(case.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        add_built(build(&files, "overlay"), "made", digests);
    }
}
