//! Pairs of manifests, of which the second is applied over the first.

use batchlint::k8s::schema::Version;
use serde_json::{Value as Json, json};

use crate::bases::{self, Base};
use crate::emit::{Style, emit};
use crate::grow::Soil;
use crate::mutate::Mutation;
use crate::random::Random;
use crate::values::Values;

/// Makes pairs.
pub(crate) struct Maker {
    bases: Vec<Base>,
    soil: Soil,
    seed: u64,
}

impl Maker {
    pub(crate) fn new(version: Version, seed: u64) -> Self {
        let bases = bases::load(version);
        let soil = Soil { values: Values::load(), parts: bases::parts(&bases, version), version };
        Self { bases, soil, seed }
    }

    /// Pair number `index` of this seed: `old`, `yaml`, and mostly `state`, what the controllers have done between the two.
    pub(crate) fn pair(&self, index: u64) -> Option<Json> {
        let random = &mut Random::new(self.seed, index);
        let base = random.pick(&self.bases)?;
        let mut mutation = Mutation::new(base, &self.soil);
        tune(&mut mutation.root, random);
        let tuned = mutation.root.clone();
        match random.below(100) {
            0..40 => {}
            40..70 => mutation.cross(1 + random.below(2), random),
            _ => mutation.change(1 + random.below(2), random),
        }
        // What has a status is a copy of what a cluster has.
        same_object(&mut mutation.root, &base.root);
        let old = mutation.root.clone();
        // What was changed for the old one goes again, or stays.
        if random.chance(40) {
            mutation.root = tuned;
        }
        match random.below(100) {
            0..35 => mutation.cross(1 + random.below(2), random),
            35..85 => mutation.change([1, 1, 1, 2, 2, 3][random.below(6)], random),
            _ => {}
        }
        if random.chance(40) {
            tune(&mut mutation.root, random);
        }
        if random.chance(25) {
            reorder(&mut mutation.root, random);
        }
        let mut new = mutation.root;
        same_object(&mut new, &old);
        let style = Style::random(random);
        let state = random.chance(50).then(|| json!({ "started": random.chance(70), "active": random.below(3) }));
        Some(json!({
            "id": format!("{}-{index}", self.seed),
            "base": base.name,
            "change": mutation.changes,
            "old": emit(&old, style, random),
            "yaml": emit(&new, style, random),
            "state": state,
        }))
    }
}

/// Under another name or of another kind it is another object.
fn same_object(new: &mut Json, old: &Json) {
    let Some(root) = new.as_object_mut() else { return };
    root.remove("status");
    for field in ["apiVersion", "kind"] {
        root.insert(field.to_owned(), old.get(field).cloned().unwrap_or_default());
    }
    let kept = old.get("metadata").cloned().unwrap_or_default();
    let metadata = root.entry("metadata").or_insert_with(|| kept.clone());
    let Some(metadata) = metadata.as_object_mut() else {
        *metadata = kept;
        return;
    };
    for field in ["name", "namespace"] {
        match kept.get(field) {
            Some(value) => drop(metadata.insert(field.to_owned(), value.clone())),
            None => drop(metadata.remove(field)),
        }
    }
}

/// Sets what decides on changes of Jobs.
fn tune(root: &mut Json, random: &mut Random) {
    let is_job = root["kind"] == "Job";
    let spec = root.pointer_mut(if is_job { "/spec" } else { "/spec/jobTemplate/spec" });
    let Some(spec) = spec.and_then(Json::as_object_mut) else { return };
    for _ in 0..random.below(3) {
        let number = json!(random.below(4));
        match random.below(14) {
            0 | 1 => drop(spec.insert("suspend".to_owned(), random.chance(60).into())),
            2 => drop(spec.insert("parallelism".to_owned(), number)),
            3 => drop(spec.insert("completions".to_owned(), number)),
            4 => {
                spec.insert("parallelism".to_owned(), number.clone());
                spec.insert("completions".to_owned(), number);
                spec.insert("completionMode".to_owned(), "Indexed".into());
            }
            5 => drop(spec.remove("completions")),
            6 => drop(spec.remove("parallelism")),
            7 => drop(spec.insert("backoffLimit".to_owned(), number)),
            8 => drop(spec.remove("backoffLimit")),
            9 => drop(spec.remove("podFailurePolicy")),
            10 => drop(spec.remove("suspend")),
            11 => drop(spec.insert("completions".to_owned(), Json::Null)),
            12 => drop(spec.insert("activeDeadlineSeconds".to_owned(), number)),
            _ => pod(spec.get_mut("template").and_then(|template| template.get_mut("spec")), random),
        }
    }
}

/// Sets what a server fills in for pods, what it takes for other things, and what a suspended Job may change.
fn pod(pod: Option<&mut Json>, random: &mut Random) {
    let Some(spec) = pod.and_then(Json::as_object_mut) else { return };
    let container = || json!({ "image": "busybox:latest", "imagePullPolicy": "IfNotPresent" });
    match random.below(9) {
        0 => drop(spec.remove("affinity")),
        1 => drop(spec.insert("affinity".to_owned(), json!({}))),
        2 => drop(spec.insert("nodeSelector".to_owned(), json!({ "a": "b" }))),
        3 => drop(spec.insert("serviceAccountName".to_owned(), "robot".into())),
        4 => drop(spec.remove("serviceAccountName")),
        5 => drop(spec.insert("terminationGracePeriodSeconds".to_owned(), 30.into())),
        6 => drop(spec.insert("schedulingGates".to_owned(), json!([{ "name": "example.com/wait" }]))),
        7 => drop(spec.insert("dnsPolicy".to_owned(), "ClusterFirst".into())),
        _ => {
            let first = spec.get_mut("containers").and_then(|list| list.get_mut(0)).and_then(Json::as_object_mut);
            let Some(first) = first else { return };
            let Json::Object(more) = container() else { return };
            let names: Vec<String> = more.keys().cloned().collect();
            let name = random.pick(&names).cloned().unwrap_or_default();
            match random.chance(50) {
                true => drop(first.insert(name.clone(), more[&name].clone())),
                false if name != "image" => drop(first.remove(&name)),
                false => {
                    drop(first.insert("resources".to_owned(), json!({ "limits": { "cpu": "1000m", "memory": 1 } })))
                }
            }
        }
    }
}

/// Puts the items of a list somewhere into another order.
fn reorder(value: &mut Json, random: &mut Random) {
    let mut left = random.below(lists(value));
    shuffle(value, &mut left, random);
}

fn lists(value: &Json) -> usize {
    let own = usize::from(value.as_array().is_some_and(|items| items.len() > 1));
    let children =
        value.as_array().into_iter().flatten().chain(value.as_object().into_iter().flat_map(|map| map.values()));
    own + children.map(lists).sum::<usize>()
}

/// Shuffles the list that as many come before as are left.
fn shuffle(value: &mut Json, left: &mut usize, random: &mut Random) {
    if let Some(items) = value.as_array_mut().filter(|items| items.len() > 1) {
        if *left == 0 {
            random.shuffle(items);
        }
        *left = left.wrapping_sub(1);
    }
    match value {
        Json::Object(fields) => fields.values_mut().for_each(|value| shuffle(value, left, random)),
        Json::Array(items) => items.iter_mut().for_each(|value| shuffle(value, left, random)),
        _ => {}
    }
}
