//! Document by document: what was found in one when it was looked at last is found in it again, as long as it is as it was.

use super::Engine;
use crate::diagnostic::Finding;
use crate::k8s::{Manifest, Objects};
use crate::lint::memory::Seen;
use crate::yaml::Document;

impl Engine<'_> {
    /// Looks at the objects of a document, unless it is remembered what was found in them.
    pub(super) fn document(&mut self, document: &Document, objects: &Objects) {
        let is_kept = self.memory.is_some() && document.complete && !document.json && !document.has_aliases;
        if is_kept && self.recall(document) {
            return;
        }
        let mut seen = is_kept.then(Vec::new);
        for manifest in objects.manifests(document) {
            manifest.indexed(|manifest| self.object(manifest, &mut seen));
        }
        // Where there are aliases, two objects may have one place, of which each thing is said once.
        self.part();
        if let Some((memory, seen)) = self.memory.as_mut().zip(seen).filter(|_| !self.filled_in.has(document.index)) {
            memory.keep(document, seen);
        }
    }

    /// Takes what was found in a document when it was looked at last, if it was.
    fn recall(&mut self, document: &Document) -> bool {
        let Some(memory) = self.memory.take() else { return false };
        let known = memory.recall(document);
        let is_known = known.is_some();
        if let Some((objects, moved)) = known {
            for seen in objects {
                self.findings = seen.findings(moved.as_ref());
                match (seen.facts.clone(), &moved) {
                    (Some(facts), Some(moved)) => self.facts.add_moved(facts, moved),
                    (Some(facts), None) => self.facts.add(facts),
                    (None, _) => {}
                }
                self.part();
            }
        }
        self.memory = Some(memory);
        is_known
    }

    /// Looks at an object, and adds to what is `seen` in its document, unless more than that decides what it is.
    fn object(&mut self, manifest: Manifest<'_>, seen: &mut Option<Vec<Seen>>) {
        let (facts, stands_alone) = self.look_at(manifest);
        if !stands_alone {
            *seen = None;
        }
        if let Some(seen) = seen {
            // What is suppressed is asked when it is told.
            let counting = |finding: &Finding| Finding { suppressed: None, ..finding.clone() };
            seen.push(Seen { findings: self.findings.iter().map(counting).collect(), facts: facts.clone() });
        }
        facts.into_iter().for_each(|facts| self.facts.add(facts));
        self.in_config_maps.extend(self.findings.extract_if(.., |finding| finding.concerns.is_some()));
        if !manifest.document.has_aliases {
            self.part();
        }
    }
}
