//! `claim-held-twice`

use crate::analysis::{Other, Referent, Stream};
use crate::hash::{HashMap, HashSet};
use crate::k8s::Manifest;
use crate::k8s::objects::{Each as _, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::Value;

pub(crate) static RULE: Rule = Rule::new(page!("fleet/claim-held-twice"), Check::Stream(check));

/// The mode of a claim that one pod alone can use.
const ONE_POD: &str = "ReadWriteOncePod";

/// A claim, by its namespace and name.
type Claim<'a> = (Option<&'a str>, &'a str);

fn check(stream: &Stream<'_>, findings: &mut Findings<'_>) {
    let folders = Folders::of(&stream.others);
    let claims: HashMap<Claim<'_>, &str> = stream
        .others
        .iter()
        .filter(|other| other.referent() == Some(Referent::PersistentVolumeClaim))
        .filter_map(|claim| Some((claim, claim.mode_for_one()?)))
        .filter(|(claim, mode)| *mode == ONE_POD || !folders.have(claim))
        .map(|(claim, mode)| ((claim.namespace, claim.name), mode))
        .collect();
    if claims.is_empty() {
        return;
    }
    let mut holders: HashMap<Claim<'_>, &Other<'_>> = HashMap::default();
    for other in &stream.others {
        for claim in held(other) {
            holders.entry((other.namespace, claim)).or_insert(other);
        }
    }
    for &manifest in &stream.manifests {
        let Some(pod) = manifest.pod_spec() else { continue };
        if is_placed(pod) {
            continue;
        }
        let namespace = manifest.namespace();
        run(pod, (namespace, manifest), (&claims, &holders), findings);
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
        let Some(mode) = claims.get(&claim) else { continue };
        let Some(holder) = holders.get(&claim) else {
            at_a_time(name, mode, manifest, findings);
            continue;
        };
        let waits = match *mode {
            ONE_POD => "no run starts while that holds it",
            _ => "a run that lands on another node waits for it",
        };
        findings
            .report(name.span, format!("{} `{}` holds `{}` ({mode}): {waits}", holder.kind, holder.name, name.value))
            .label(holder.place(), "this holds it all the time")
            .help("give the claim `ReadWriteMany` if its storage can, or bind the runs to that node by `podAffinity`")
            .about(manifest);
    }
}

/// Says that the pods of one Job wait for each other, where several run at a time.
fn at_a_time(claim: Field<'_, &str>, mode: &str, manifest: Manifest<'_>, findings: &mut Findings<'_>) {
    let Some(job) = manifest.job() else { return };
    let Some(parallelism) = job.parallelism().filter(|count| count.value > 1) else { return };
    if job.completions().is_some_and(|count| count.value < 2) {
        return;
    }
    let waits = match mode {
        ONE_POD => "one has it, and the others do not start before it ends",
        _ => "those that land on another node than the first wait for it",
    };
    let (name, count) = (claim.value, parallelism.value);
    findings
        .report(claim.span, format!("{count} pods at a time want `{name}` ({mode}): {waits}"))
        .label(parallelism.span, "so many at a time")
        .help("give the claim `ReadWriteMany` if its storage can, or let one pod run at a time")
        .about(manifest);
}

/// Volumes that are a folder of a node, by their names, classes, and the claims that they are for: the scheduler sends each
/// pod to that node, or every node has its own.
struct Folders<'a>(HashSet<(&'static str, &'a str)>);

impl<'a> Folders<'a> {
    fn of(others: &[Other<'a>]) -> Self {
        let is_folder = |one: &&Other<'a>| {
            one.kind == "PersistentVolume"
                && ["hostPath", "local", "nodeAffinity"].iter().any(|field| one.at(&["spec", field]).is_some())
        };
        let known_by = |one: &Other<'a>| {
            let claim = text(one, &["spec", "claimRef", "name"]).map(|name| ("claim", name));
            [Some(("volume", one.name)), class(one), claim].into_iter().flatten()
        };
        Self(others.iter().filter(is_folder).flat_map(known_by).collect())
    }

    fn have(&self, claim: &Other<'a>) -> bool {
        let volume = text(claim, &["spec", "volumeName"]).map(|name| ("volume", name));
        let class = class(claim);
        // So the provisioners that make them are mostly called: local-path, openebs-hostpath.
        let is_called_so = class.is_some_and(|(_, name)| ["local", "hostpath"].iter().any(|word| name.contains(word)));
        let mut names = [Some(("claim", claim.name)), volume, class].into_iter().flatten();
        is_called_so || names.any(|name| self.0.contains(&name))
    }
}

fn class<'a>(other: &Other<'a>) -> Option<(&'static str, &'a str)> {
    text(other, &["spec", "storageClassName"]).map(|name| ("class", name))
}

fn text<'a>(other: &Other<'a>, path: &[&str]) -> Option<&'a str> {
    other.at(path)?.as_str()
}

/// The claims that an object which runs all the time has mounted.
fn held<'a>(other: &Other<'a>) -> Vec<&'a str> {
    let ends = text(other, &["spec", "restartPolicy"]).is_some_and(|policy| policy != "Always");
    let pod = match other.kind {
        // One that ends holds it for a while.
        "Pod" if !ends => other.at(&["spec"]),
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
