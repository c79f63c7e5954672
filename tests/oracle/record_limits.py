#!/usr/bin/env python3
"""Write fixtures/server/limits.jsonl: how much of something a server takes, to the last item, character and number.

    python3 tests/oracle/record_limits.py /tmp/verdict-1.30 /tmp/verdict-1.36 …  # folders that tests/oracle/build.py made

The last number of a folder's name is its Kubernetes version. In a manifest below, <items a#> stands for so many items in
which # is their number, <text a> for a text of so many letters, <number> for the number itself. A line is such a manifest and,
for each version, where the answer changes as more is asked for:
{"yaml": …, "from": 1, "changes": {"1.36": 32}}, where 32 is the last that is answered as `from` is; null, where all are.
"""

import json
import pathlib
import re
import subprocess
import sys

HOUSE = pathlib.Path(__file__).parent.parent.parent
OUTPUT = HOUSE / "fixtures" / "server" / "limits.jsonl"
# More items or letters are not tried, and no larger number.
MOST = 300_000
LARGEST = 1 << 40


def job(spec="", pod="", container="", metadata="name: j", policy="Never"):
    """A Job with more in its parts, each written as `field: value, `."""
    inner = f"{{restartPolicy: {policy}, {pod}containers: [{{name: c, image: a, {container}}}]}}"
    return f"apiVersion: batch/v1\nkind: Job\nmetadata: {{{metadata}}}\nspec: {{{spec}template: {{spec: {inner}}}}}\n"


def cron_job(metadata="name: c", spec=""):
    inner = "{spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: a}]}}}}"
    return (
        f"apiVersion: batch/v1\nkind: CronJob\nmetadata: {{{metadata}}}\n"
        f'spec: {{schedule: "0 1 * * *", {spec}jobTemplate: {inner}}}\n'
    )


def volume(source):
    return job(pod=f"volumes: [{{name: v, {source}}}], ")


def rules(kind):
    return f"podFailurePolicy: {{rules: [{kind}]}}, "


def search_list(length):
    """Search domains of so many characters with the blanks between them, and one more that grows."""
    label = "a" * 61
    domain = f"{label}.{label}.{label}.{label}"
    count = length // (len(domain) + 1)
    return ", ".join([domain] * count + ["<text a>"])


EXIT_CODES = "{action: Ignore, onExitCodes: {operator: In, values: [%s]}}"
CONDITIONS = "{action: Ignore, onPodConditions: [%s]}"
INDEXED = "completionMode: Indexed, "
NUMBERS_OF_JOBS = [
    "backoffLimit: -<number>, ",
    "backoffLimit: <number>, ",
    "activeDeadlineSeconds: <number>, ",
    "ttlSecondsAfterFinished: <number>, ",
    "ttlSecondsAfterFinished: -<number>, ",
    "parallelism: <number>, ",
    "completions: <number>, ",
    INDEXED + "completions: <number>, ",
    INDEXED + "completions: <number>, parallelism: <number>, ",
    INDEXED + "completions: 5, parallelism: <number>, ",
    INDEXED + "completions: <number>, parallelism: 1, backoffLimitPerIndex: 1, ",
    INDEXED + "completions: <number>, parallelism: 1, backoffLimitPerIndex: 1, maxFailedIndexes: 1, ",
    INDEXED + "completions: 100000, parallelism: 1, backoffLimitPerIndex: 1, maxFailedIndexes: <number>, ",
    INDEXED + "completions: 100000, parallelism: <number>, backoffLimitPerIndex: 1, maxFailedIndexes: 1, ",
    INDEXED + "completions: 100001, parallelism: <number>, backoffLimitPerIndex: 1, maxFailedIndexes: 10, ",
    INDEXED + "completions: 7, backoffLimitPerIndex: 1, maxFailedIndexes: <number>, ",
    INDEXED + "completions: 7, successPolicy: {rules: [{succeededCount: <number>}]}, ",
    INDEXED + 'completions: 7, successPolicy: {rules: [{succeededIndexes: "0-<number>"}]}, ',
    INDEXED + 'completions: 7, successPolicy: {rules: [{succeededIndexes: "1-3", succeededCount: <number>}]}, ',
    INDEXED + "completions: 7, successPolicy: {rules: [<items {succeededCount: 1}>]}, ",
    "managedBy: a.b/<text a>, ",
    "managedBy: <text a>.b/c, ",
    rules(f"<items {EXIT_CODES % 1}>"),
    rules(EXIT_CODES % "<items #>"),
    rules(EXIT_CODES % "<number>"),
    rules(CONDITIONS % '<items {type: T#, status: "True"}>'),
    rules(CONDITIONS % '{type: a.b/<text a>, status: "True"}'),
]
OF_PODS = [
    "dnsConfig: {nameservers: [<items 1.1.1.#>]}, ",
    "dnsConfig: {searches: [<items s#>]}, ",
    f"dnsConfig: {{searches: [{search_list(2000)}]}}, ",
    "hostname: <text a>, ",
    "subdomain: <text a>, ",
    "nodeName: <text a>, ",
    "nodeSelector: {a: <text a>}, ",
    "nodeSelector: {a.b/<text a>: c}, ",
    "serviceAccountName: <text a>, ",
    "priorityClassName: <text a>, ",
    "runtimeClassName: <text a>, ",
    "schedulerName: <text a>, ",
    "terminationGracePeriodSeconds: -<number>, ",
    "activeDeadlineSeconds: <number>, ",
    "priority: <number>, ",
    "tolerations: [{key: a.b/<text a>, operator: Exists}], ",
    "tolerations: [{key: a, value: <text a>}], ",
    "topologySpreadConstraints: [{maxSkew: <number>, topologyKey: a, whenUnsatisfiable: DoNotSchedule}], ",
    "topologySpreadConstraints: [{maxSkew: 1, minDomains: <number>, topologyKey: a, whenUnsatisfiable: DoNotSchedule}], ",
    "topologySpreadConstraints: [{maxSkew: 1, topologyKey: <text a>, whenUnsatisfiable: DoNotSchedule}], ",
    "schedulingGates: [{name: <text a>}], ",
    "imagePullSecrets: [{name: <text a>}], ",
    "hostAliases: [{ip: 1.1.1.<number>, hostnames: [a]}], ",
    "hostAliases: [{ip: 1.1.1.1, hostnames: [<text a>]}], ",
    "securityContext: {runAsUser: <number>}, ",
    "securityContext: {runAsGroup: <number>}, ",
    "securityContext: {fsGroup: <number>}, ",
    "securityContext: {supplementalGroups: [<number>]}, ",
    "securityContext: {sysctls: [{name: <text a>, value: b}]}, ",
    "securityContext: {sysctls: [{name: a.<text a>, value: b}]}, ",
    "securityContext: {windowsOptions: {gmsaCredentialSpecName: <text a>}}, ",
    "securityContext: {windowsOptions: {gmsaCredentialSpec: <text a>}}, ",
    "securityContext: {windowsOptions: {runAsUserName: <text a>}}, ",
    'securityContext: {windowsOptions: {runAsUserName: "<text a>\\\\b"}}, ',
    'securityContext: {windowsOptions: {runAsUserName: "a.b.<text a>\\\\b"}}, ',
    "securityContext: {seccompProfile: {type: Localhost, localhostProfile: <text a>}}, ",
    "securityContext: {appArmorProfile: {type: Localhost, localhostProfile: <text a>}}, ",
    "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: <number>, preference: "
    "{matchExpressions: [{key: a, operator: Exists}]}}]}}, ",
    "affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: <number>, podAffinityTerm: "
    "{topologyKey: a, labelSelector: {}}}]}}, ",
    "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: <number>, podAffinityTerm: "
    "{topologyKey: a, labelSelector: {}}}]}}, ",
    "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: "
    "[{key: a, operator: In, values: [<text a>]}]}]}}}, ",
    "resourceClaims: [{name: <text a>, resourceClaimName: b}], ",
    "resourceClaims: [{name: a, resourceClaimName: <text b>}], ",
    "readinessGates: [{conditionType: a.b/<text a>}], ",
    "initContainers: [{name: <text i>, image: a}], ",
]
OF_CONTAINERS = [
    "ports: [{containerPort: <number>}], ",
    "ports: [{containerPort: 1, hostPort: <number>}], ",
    "ports: [{containerPort: 1, name: <text a>}], ",
    "ports: [{containerPort: 1, hostIP: 1.1.1.<number>}], ",
    "env: [{name: <text a>}], ",
    "envFrom: [{prefix: <text a>, configMapRef: {name: b}}], ",
    "envFrom: [{configMapRef: {name: <text b>}}], ",
    "env: [{name: A, valueFrom: {secretKeyRef: {name: b, key: <text c>}}}], ",
    "volumeDevices: [{name: v, devicePath: <text a>}], ",
    "workingDir: /<text a>, ",
    "terminationMessagePath: /<text a>, ",
    "args: [<text a>], ",
    "securityContext: {runAsUser: <number>}, ",
    "securityContext: {runAsGroup: <number>}, ",
    "securityContext: {capabilities: {add: [<text A>]}}, ",
    "lifecycle: {preStop: {sleep: {seconds: <number>}}}, ",
    "lifecycle: {preStop: {sleep: {seconds: -<number>}}}, ",
    "lifecycle: {preStop: {httpGet: {port: <number>}}}, ",
    "lifecycle: {preStop: {httpGet: {port: <text a>}}}, ",
    "livenessProbe: {tcpSocket: {port: <number>}}, ",
    "livenessProbe: {tcpSocket: {port: <text a>}}, ",
    "livenessProbe: {grpc: {port: <number>}}, ",
    "livenessProbe: {httpGet: {port: 1, httpHeaders: [{name: <text a>, value: b}]}}, ",
    "livenessProbe: {tcpSocket: {port: 1}, periodSeconds: <number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, periodSeconds: -<number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: -<number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, timeoutSeconds: -<number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, successThreshold: <number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, failureThreshold: -<number>}, ",
    "livenessProbe: {tcpSocket: {port: 1}, terminationGracePeriodSeconds: <number>}, ",
    "restartPolicy: Never, restartPolicyRules: [<items {action: Restart, exitCodes: {operator: In, values: [#]}}>], ",
    "restartPolicy: Never, restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [<items #>]}}], ",
    "resources: {limits: {a.b/<text a>: 1}}, ",
    "resources: {limits: {cpu: <number>m}}, ",
    "resources: {requests: {cpu: <number>m}, limits: {cpu: 500m}}, ",
    "resources: {requests: {memory: <number>Ki}, limits: {memory: 1Mi}}, ",
]
OF_VOLUMES = [
    "configMap: {name: <text a>}",
    "configMap: {name: a, defaultMode: <number>}",
    "configMap: {name: a, items: [{key: b, path: c, mode: <number>}]}",
    "configMap: {name: a, items: [{key: <text b>, path: c}]}",
    "configMap: {name: a, items: [{key: b, path: <text c>}]}",
    "secret: {secretName: <text a>}",
    "secret: {secretName: a, defaultMode: <number>}",
    "persistentVolumeClaim: {claimName: <text a>}",
    "downwardAPI: {defaultMode: <number>}",
    "downwardAPI: {items: [{path: a, mode: <number>, fieldRef: {fieldPath: metadata.name}}]}",
    "projected: {defaultMode: <number>, sources: []}",
    "projected: {sources: [{serviceAccountToken: {path: a, expirationSeconds: <number>}}]}",
    "csi: {driver: <text a>}",
    "csi: {driver: a, nodePublishSecretRef: {name: <text a>}}",
    "iscsi: {targetPortal: a, iqn: iqn.2001-04.com.example:a, lun: <number>}",
    "iscsi: {targetPortal: a, iqn: iqn.2001-04.com.example:<text a>, lun: 1}",
    "iscsi: {targetPortal: a, iqn: iqn.2001-04.com.example:a, lun: 1, initiatorName: iqn.2001-04.com.example:<text a>}",
    "fc: {targetWWNs: [a], lun: <number>}",
    "gcePersistentDisk: {pdName: a, partition: <number>}",
    "awsElasticBlockStore: {volumeID: a, partition: <number>}",
    "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], storageClassName: <text a>, "
    "resources: {requests: {storage: 1Gi}}}}}",
    "quobyte: {registry: \"a:1\", volume: b, tenant: <text a>}",
    "hostPath: {path: /<text a>}",
    "emptyDir: {sizeLimit: -<number>}",
]
OF_METADATA = [
    "name: <text a>",
    "name: a.<text a>",
    "generateName: <text a>",
    "name: j, labels: {a: <text b>}",
    "name: j, labels: {<text a>: b}",
    "name: j, labels: {a.b/<text a>: b}",
    "name: j, labels: {<text a>/b: b}",
    "name: j, annotations: {a: <text b>}",
    "name: j, annotations: {<text a>: b}",
    "name: j, annotations: {a: <text b>, bc: d}",
    "name: j, finalizers: [a.b/<text a>]",
    "name: j, ownerReferences: [{apiVersion: v1, kind: Pod, name: <text a>, uid: b}]",
    "name: j, managedFields: [{manager: <text a>, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {}}]",
    "name: j, managedFields: [{manager: a, subresource: <text b>, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, "
    "fieldsV1: {}}]",
]
OF_CRON_JOBS = [
    "startingDeadlineSeconds: <number>, ",
    "startingDeadlineSeconds: -<number>, ",
    "successfulJobsHistoryLimit: <number>, ",
    "successfulJobsHistoryLimit: -<number>, ",
    "failedJobsHistoryLimit: -<number>, ",
]
# From the least that is taken on, where less is not.
FROM = {
    "projected: {sources: [{serviceAccountToken: {path: a, expirationSeconds: <number>}}]}": 600,
}


def shapes():
    for spec in NUMBERS_OF_JOBS:
        yield spec, job(spec=spec)
    for pod in OF_PODS:
        yield pod, job(pod=pod)
    for container in OF_CONTAINERS:
        yield container, job(container=container)
    yield "name", job().replace("name: c", "name: <text c>")
    yield "image", job().replace("image: a", "image: <text a>")
    for source in OF_VOLUMES:
        yield source, volume(source)
    yield "volume", volume("emptyDir: {}").replace("name: v", "name: <text v>")
    for metadata in OF_METADATA:
        yield metadata, job(metadata=metadata)
        yield metadata, cron_job(metadata=metadata)
    for spec in OF_CRON_JOBS:
        yield spec, cron_job(spec=spec)


def filled_in(yaml, count):
    def items(found):
        return ", ".join(found[1].replace("#", str(number)) for number in range(1, count + 1))

    yaml = re.sub(r"<items (.*?)>", items, yaml)
    yaml = re.sub(r"<text (.)>", lambda found: found[1] * count, yaml)
    return yaml.replace("<number>", str(count))


def answers(oracle, questions):
    """Whether each manifest is accepted."""
    asked = "".join(json.dumps({"yaml": filled_in(*question)}) + "\n" for question in questions)
    out = subprocess.run([oracle], input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line)["server"]["accepted"] for line in out.split("\n") if line]


def changes(oracle, shapes):
    """The last count of each shape that is answered as the first is: first by doubling it, then by halving the distance."""
    first = answers(oracle, [(yaml, start) for yaml, start in shapes])
    same, other = [start for _, start in shapes], [None] * len(shapes)
    most = [LARGEST if "<number>" in yaml else MOST for yaml, _ in shapes]
    while True:
        open_ones = []
        for at, (yaml, _) in enumerate(shapes):
            if other[at] is None and same[at] < most[at]:
                open_ones.append((at, min(same[at] * 2, most[at])))
            elif other[at] is not None and other[at] - same[at] > 1:
                open_ones.append((at, (same[at] + other[at]) // 2))
        if not open_ones:
            return [None if end is None else last for last, end in zip(same, other)]
        for (at, count), accepted in zip(open_ones, answers(oracle, [(shapes[at][0], count) for at, count in open_ones])):
            if accepted == first[at]:
                same[at] = count
            else:
                other[at] = count


def main():
    folders = [pathlib.Path(folder) for folder in sys.argv[1:]]
    if not folders:
        sys.exit(__doc__)
    asked = [(yaml, FROM.get(name, 1)) for name, yaml in shapes()]
    told = [{"yaml": yaml, "from": start, "changes": {}} for yaml, start in asked]
    for folder in folders:
        version = folder.name.rsplit("-", 1)[-1]
        for line, last in zip(told, changes(folder / "verdict", asked)):
            line["changes"][version] = last
    OUTPUT.write_text("".join(json.dumps(line) + "\n" for line in told))


if __name__ == "__main__":
    main()
