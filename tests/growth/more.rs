//! Manifests for what no page and no recording shows: mostly what is too long, and would be as long there.

use batchlint::k8s::schema::Version;

/// Each with the version that it is for.
pub(crate) fn manifests() -> Vec<(Version, String)> {
    let newest = Version::NEWEST;
    let rules = |codes: usize| {
        let codes = vec!["1"; codes].join(", ");
        format!(
            "restartPolicyRules: [{}]",
            vec![format!("{{action: Restart, exitCodes: {{operator: In, values: [{codes}]}}}}"); 21].join(", ")
        )
    };
    let long = |length: usize| "a".repeat(length);
    let twice = "labelSelector: {matchExpressions: [{key: a, operator: Exists}, {key: a, operator: Exists}]}";
    let certificate = |fields: &str| {
        pod(&format!(
            "volumes: [{{name: a, projected: {{sources: [{{podCertificate: {{keyType: ED25519, {fields}}}}}]}}}}]"
        ))
    };
    let affinity = format!("{{topologyKey: a, matchLabelKeys: [a], {twice}}}");
    vec![
        // Shorter than a text whose lines all end in carriage returns, which is one finding.
        (newest, "kind: Job #\u{2028}\n".to_owned()),
        (
            newest,
            pod(&format!(
                "affinity: {{podAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{affinity}]}}}}"
            )),
        ),
        (newest, pod("nodeSelector: {beta.kubernetes.io/os: linux}")),
        (
            Version::new(35),
            pod(&format!("initContainers: [{{name: b, image: b, restartPolicy: Always, {}}}]", rules(1))),
        ),
        (newest, container(&format!("restartPolicy: Never, {}", rules(256)))),
        (newest, container("env: [{name: A, valueFrom: {fieldRef: {fieldPath: \"metadata.name['a']\"}}}]")),
        (newest, container("securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}")),
        (newest, container("securityContext: {appArmorProfile: {type: Localhost, localhostProfile: ''}}")),
        (newest, pod(&format!("securityContext: {{windowsOptions: {{gmsaCredentialSpec: {}}}}}", long(70_000)))),
        (newest, certificate(&format!("signerName: {}.example.com/a", long(260)))),
        (newest, certificate(&format!("signerName: example.com/{}", long(600)))),
        (newest, certificate(&format!("signerName: example.com/a, userAnnotations: {{a: {}}}", long(1 << 19)))),
        (
            newest,
            job(
                "completionMode: Indexed; completions: 100001; backoffLimitPerIndex: 1; maxFailedIndexes: 1; parallelism: 10001",
                "",
            ),
        ),
        (
            newest,
            job(
                &format!(
                    "completionMode: Indexed; completions: 9; successPolicy: {{rules: [{{succeededIndexes: \"{}1\"}}]}}",
                    "0,".repeat(40_000)
                ),
                "",
            ),
        ),
        (newest, job("", "generateName: a/-")),
        (newest, job("", &format!("annotations: {{a: {}}}", long(1 << 19)))),
    ]
}

fn job(spec: &str, metadata: &str) -> String {
    whole(spec, metadata, "", "")
}

fn pod(spec: &str) -> String {
    whole("", "", spec, "")
}

fn container(fields: &str) -> String {
    whole("", "", "", fields)
}

/// A Job that has these fields beside what it needs: each on a line, but for those of its container.
fn whole(job: &str, metadata: &str, pod: &str, container: &str) -> String {
    let container = if container.is_empty() { String::new() } else { format!(", {container}") };
    let lines = [
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a",
        &format!("  {metadata}"),
        "spec:",
        &format!("  {}", job.replace("; ", "\n  ")),
        "  template:\n    spec:\n      restartPolicy: Never",
        &format!("      {pod}"),
        &format!("      containers:\n      - {{name: a, image: a{container}}}\n"),
    ];
    lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}
