//! What is built of recorded kustomizations, and of those with a piece of another one in them.

use std::collections::BTreeMap;

use batchlint::kustomize::build::{Built, InMemory, Unbuilt, build};
use serde_json::Value;

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;

/// The files of a case, by their paths.
pub(crate) type Texts = BTreeMap<String, String>;

/// The recorded ones.
pub(crate) fn recorded() -> Vec<Texts> {
    let cases = include_str!("../../fixtures/kustomize/built.jsonl").lines();
    let cases = cases.map(|case| serde_json::from_str::<Value>(case).expect("a line is a case"));
    let text = |(name, text): (&String, &Value)| (name.clone(), text.as_str().expect("a text").to_owned());
    cases.map(|case| case["files"].as_object().expect("files").iter().map(text).collect()).collect()
}

/// Builds the recorded overlays, and so many that are damaged.
pub(crate) fn build_all(damaged: u64, digests: &mut Digests) {
    let cases = recorded();
    let texts: Vec<String> = cases.iter().flat_map(|case| case.values().cloned()).collect();
    cases.iter().for_each(|case| add(case, "recorded", digests));
    for number in 0..damaged {
        let mut random = Random::new(6, number);
        let mut case = random.pick(&cases).cloned().expect("there are some");
        let at = random.below(case.len());
        let text = case.values_mut().nth(at).expect("a file");
        *text = splice(text, &texts, &mut random);
        add(&case, "damaged", digests);
    }
}

fn add(case: &Texts, what: &str, digests: &mut Digests) {
    let files = InMemory::of(case.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    add_built(build(&files, "overlay"), what, digests);
}

/// All that there is to say of what was built.
pub(crate) fn add_built(made: Result<Built, Unbuilt>, what: &str, digests: &mut Digests) {
    match made {
        Ok(Built { text, objects, joined, patches, origins, .. }) => {
            digests.add(&format!("{what}: built"), &(text, objects, joined, origins));
            digests.add(&format!("{what}: remarks"), &patches);
        }
        Err(unbuilt) => digests.add(&format!("{what}: not built"), &unbuilt),
    }
}
