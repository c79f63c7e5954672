//! What is built of recorded kustomizations, and of those with a piece of another one in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use batchlint::kustomize::build::{Built, Files, Written, build};
use batchlint::text::Source;
use batchlint::yaml;
use serde_json::Value;

use crate::digest::Digests;
use crate::random::Random;
use crate::splice::splice;

/// Builds the recorded overlays, and so many that are damaged.
pub(crate) fn build_all(damaged: u64, digests: &mut Digests) {
    let cases = include_str!("../../fixtures/kustomize/built.jsonl").lines();
    let cases = cases.map(|case| serde_json::from_str::<Value>(case).expect("a line is a case"));
    let cases: Vec<Texts> = cases
        .map(|case| {
            let text = |(name, text): (&String, &Value)| (name.clone(), text.as_str().expect("a text").to_owned());
            Texts(case["files"].as_object().expect("files").iter().map(text).collect())
        })
        .collect();
    let texts: Vec<String> = cases.iter().flat_map(|case| case.0.values().cloned()).collect();
    cases.iter().for_each(|case| add(case, "recorded", digests));
    for number in 0..damaged {
        let mut random = Random::new(6, number);
        let mut case = random.pick(&cases).cloned().expect("there are some");
        let at = random.below(case.0.len());
        let text = case.0.values_mut().nth(at).expect("a file");
        *text = splice(text, &texts, &mut random);
        add(&case, "damaged", digests);
    }
}

fn add(case: &Texts, what: &str, digests: &mut Digests) {
    match build(case, "overlay") {
        Ok(Built { text, objects, joined, patches, origins, .. }) => {
            digests.add(&format!("{what}: built"), &(text, objects, joined, origins));
            digests.add(&format!("{what}: remarks"), &patches);
        }
        Err(unbuilt) => digests.add(&format!("{what}: not built"), &unbuilt),
    }
}

/// Files, by their paths.
#[derive(Clone)]
struct Texts(BTreeMap<String, String>);

impl Files for Texts {
    fn read(&self, path: &str) -> Option<Arc<Written>> {
        let text = self.0.get(path)?;
        Some(Arc::new(Written { source: Source::new(path, text.as_str()), yaml: yaml::parse(text) }))
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_vec())
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.keys().any(|file| file.starts_with(&format!("{path}/")))
    }
}
