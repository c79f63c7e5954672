//! `claim-held-twice`

use std::collections::HashMap;

use crate::analysis::{Analysis, Other, Referent, Stream};
use crate::k8s::Manifest;
use crate::k8s::objects::{Each as _, PodSpec};
use crate::rule::{Check, Findings, Rule};
use crate::yaml::Value;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/fleet/claim-held-twice.md"), Check::Stream(check));

/// A claim, by its namespace and name.
type Claim<'a> = (Option<&'a str>, &'a str);

fn check(analysis: &Analysis, findings: &mut Findings<'_>) {
    let stream = Stream::of(analysis);
    let claims: HashMap<Claim<'_>, &str> = stream
        .others
        .iter()
        .filter(|other| other.referent() == Some(Referent::PersistentVolumeClaim))
        .filter_map(|claim| Some(((claim.namespace, claim.name), for_one_node(claim)?)))
        .collect();
    if claims.is_empty() {
        return;
    }
    let mut holders: HashMap<Claim<'_>, &Other<'_>> = HashMap::new();
    for other in &stream.others {
        for claim in held(other) {
            holders.entry((other.namespace, claim)).or_insert(other);
        }
    }
    for manifest in stream.manifests {
        let Some(pod) = manifest.pod_template().and_then(|template| template.spec()) else { continue };
        if is_placed(pod.value) {
            continue;
        }
        let namespace = manifest.metadata().and_then(|metadata| metadata.namespace()).map(|one| one.value);
        run(pod.value, (namespace, manifest), (&claims, &holders), findings);
    }
}

fn run(
    pod: PodSpec<'_>,
    (namespace, manifest): (Option<&str>, Manifest<'_>),
    (claims, holders): (&HashMap<Claim<'_>, &str>, &HashMap<Claim<'_>, &Other<'_>>),
    findings: &mut Findings<'_>,
) {
    for (_, volume) in pod.volumes().each() {
        let Some(name) = volume.value.persistent_volume_claim().and_then(|claim| claim.value.claim_name()) else {
            continue;
        };
        let claim = (namespace, name.value);
        let (Some(mode), Some(holder)) = (claims.get(&claim), holders.get(&claim)) else { continue };
        let waits = match *mode {
            "ReadWriteOncePod" => "no run starts while that holds it",
            _ => "a run that lands on another node waits for it",
        };
        findings
            .report(name.span, format!("{} `{}` holds `{}` ({mode}): {waits}", holder.kind, holder.name, name.value))
            .label(holder.place(), "this holds it all the time")
            .help("give the claim `ReadWriteMany` if its storage can, or bind the runs to that node by `podAffinity`")
            .about(manifest);
    }
}

/// The access mode of a claim that one node alone, or one pod, can use at a time.
fn for_one_node<'a>(claim: &Other<'a>) -> Option<&'a str> {
    let modes: Vec<&str> = claim.at(&["spec", "accessModes"])?.items().filter_map(Value::as_str).collect();
    let is_one = |mode: &str| matches!(mode, "ReadWriteOnce" | "ReadWriteOncePod");
    modes.iter().all(|mode| is_one(mode)).then(|| modes.first().copied()).flatten()
}

/// The claims that an object which runs all the time has mounted.
fn held<'a>(other: &Other<'a>) -> Vec<&'a str> {
    let pod = match other.kind {
        "Pod" => other.at(&["spec"]),
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" => other.at(&["spec", "template", "spec"]),
        _ => None,
    };
    let is_off = other.at(&["spec", "replicas"]).is_some_and(|replicas| replicas.source() == "0");
    let volumes = pod.filter(|_| !is_off).and_then(|pod| pod.get("volumes"));
    let claim = |volume: Value<'a>| volume.get("persistentVolumeClaim")?.value.get("claimName")?.value.as_str();
    volumes.into_iter().flat_map(|volumes| volumes.value.items()).filter_map(claim).collect()
}

/// Whether the pods are told where to run.
fn is_placed(pod: PodSpec<'_>) -> bool {
    let slots = pod.slots();
    [slots.node_name(), slots.node_selector(), slots.affinity()].iter().any(|slot| slot.is_set())
}
