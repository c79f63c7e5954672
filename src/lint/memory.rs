//! What was found in the documents of a text when it was checked last. While somebody types, all documents but one are as they
//! were: those are not looked at again, and what was found in them is told of where they stand now.

use std::sync::Arc;

use crate::analysis::{Analysis, OfObject, Settings};
use crate::diagnostic::{Finding, Object, Place};
use crate::hash::HashMap;
use crate::rules::Selection;
use crate::text::Role;
use crate::yaml::{Document, Moved, Standing};

/// What was found in the documents of one text, for when it is checked again.
///
/// [`again`](super::again) says the same with it as [`alone`](super::alone) does without, and sooner. It takes as much room as
/// the text and what was found in it.
#[derive(Debug, Default)]
pub struct Memory {
    /// Under what all of it was found.
    under: Option<Circumstances>,
    /// By their texts: those of the text that was checked last, and those that this one has of them or for the first time.
    before: HashMap<Box<str>, Remembered>,
    now: HashMap<Box<str>, Remembered>,
}

/// What decides, beside its text, what is found in a document.
#[derive(Debug)]
struct Circumstances {
    settings: Settings,
    rules: Selection,
    role: Role,
}

/// A document where it stood.
#[derive(Debug)]
struct Remembered {
    at: Standing,
    objects: Vec<Seen>,
}

/// What was found in an object of a document, as it is found whatever stands around that.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) findings: Vec<Finding>,
    pub(super) facts: Option<OfObject>,
}

impl Memory {
    /// Begins with another state of the text.
    pub(super) fn begin(&mut self, analysis: &Analysis, rules: &Selection) {
        let (settings, role) = (analysis.settings(), analysis.source().role());
        let is_same =
            |under: &Circumstances| under.settings == *settings && under.role == *role && under.rules.finds_as(rules);
        if !self.under.as_ref().is_some_and(is_same) {
            self.under = Some(Circumstances { settings: *settings, rules: rules.clone(), role: role.clone() });
            self.before.clear();
        }
    }

    /// Forgets what the text has no longer.
    pub(super) fn end(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// What was found in a document when it was looked at last, and the way that it has gone since, if it has moved.
    pub(super) fn recall(&mut self, document: &Document) -> Option<(&[Seen], Option<Moved>)> {
        let text = document.slice(document.span);
        if let Some((text, known)) = self.before.remove_entry(text) {
            self.now.insert(text, known);
        }
        let known = self.now.get(text)?;
        Some((&known.objects, Moved::between(known.at, document.standing())))
    }

    /// Keeps what was found in a document.
    pub(super) fn keep(&mut self, document: &Document, objects: Vec<Seen>) {
        self.now.insert(document.slice(document.span).into(), Remembered { at: document.standing(), objects });
    }
}

impl Seen {
    /// The findings where they are now.
    pub(super) fn findings(&self, moved: Option<&Moved>) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        let Some(moved) = moved else { return findings };
        let mut last: Option<(Arc<Object>, Arc<Object>)> = None;
        for finding in &mut findings {
            if let Some(object) = &mut finding.object {
                // All of an object share it.
                let of = last.take().filter(|(then, _)| Arc::ptr_eq(then, object));
                let (then, now) = of.unwrap_or_else(|| {
                    let start = moved.byte(object.start);
                    (Arc::clone(object), Arc::new(Object { start, ..(**object).clone() }))
                });
                *object = Arc::clone(&now);
                last = Some((then, now));
            }
            move_along(finding, moved);
        }
        findings
    }
}

fn move_along(finding: &mut Finding, moved: &Moved) {
    finding.span = moved.span(finding.span);
    finding.document = finding.document.map(|_| moved.document());
    for label in &mut finding.labels {
        if let Place::Here(span) = &mut label.place {
            *span = moved.span(*span);
        }
    }
    finding.fixes.iter_mut().for_each(|fix| fix.change.move_along(moved));
}

#[cfg(all(test, feature = "lsp"))]
mod tests {
    use super::Memory;
    use crate::analysis::{Settings, analyse};
    use crate::config::Config;
    use crate::lint::{again, alone, apart};
    use crate::rules;
    use crate::schedule::Instant;
    use crate::text::Source;

    /// Numbers as good as random ones.
    struct Random(u64);

    impl Random {
        fn below(&mut self, count: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % count
        }
    }

    /// All examples, document by document, and what suppresses something of them.
    fn documents() -> Vec<String> {
        let pages = rules::all().flat_map(|entry| entry.rule.page.body().split("```"));
        let examples =
            pages.filter_map(|part| part.strip_prefix("yaml\n")).flat_map(|example| example.split("\n---\n"));
        let documents: Vec<String> = examples.map(|document| format!("{}\n", document.trim_end())).collect();
        let ignoring =
            documents.iter().take(40).map(|document| document.replace("spec:\n", "spec: # batchlint: ignore[all]\n"));
        ignoring.chain(documents.clone()).collect()
    }

    /// Something that people do.
    fn edit(text: &mut Vec<String>, pool: &[String], random: &mut Random) {
        let at = random.below(text.len());
        match random.below(7) {
            0 => text.insert(at, pool[random.below(pool.len())].clone()),
            1 => text.insert(at, text[random.below(text.len())].clone()),
            2 => text.insert(at, ["# nothing\n", "# batchlint: ignore-file[pod] so\n"][random.below(2)].to_owned()),
            3 if text.len() > 4 => drop(text.remove(at)),
            4 => text.swap(at, 0),
            _ => {
                let mut byte = random.below(text[at].len());
                while !text[at].is_char_boundary(byte) {
                    byte -= 1;
                }
                text[at].insert_str(byte, ["x", "\n", "  ", ": ", "é", "#"][random.below(6)]);
            }
        }
    }

    fn written(of: &impl serde::Serialize) -> String {
        serde_json::to_string(of).expect("it can be written")
    }

    #[test]
    fn what_is_remembered_is_what_would_be_found() {
        let config = Config::at(Instant::from_unix(1_795_219_200)).with_pedantic(true);
        let (pool, mut random) = (documents(), Random(7));
        let mut text: Vec<String> = (0..6).map(|_| pool[random.below(pool.len())].clone()).collect();
        let (mut memory, mut among, mut kept) = (Memory::default(), Memory::default(), 0);
        for _ in 0..100 {
            edit(&mut text, &pool, &mut random);
            let whole = text.join("---\n");
            let analysis = analyse(Source::new("a.yaml", whole.as_str()), config.settings());
            let new = written(&alone(&analysis, &config));
            assert_eq!(written(&again(&analysis, &config, &mut memory)), new, "{whole}");
            let new = written(&apart(&analysis, &config, None));
            assert_eq!(written(&apart(&analysis, &config, Some(&mut among))), new, "{whole}");
            kept += memory.before.len();
        }
        assert!(kept > 200, "{kept} documents were remembered");
    }

    #[test]
    fn what_was_found_under_other_circumstances_is_forgotten() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}\n";
        let analysis = analyse(Source::new("a.yaml", text), &Settings::at(Instant::from_unix(0)));
        let config = Config::at(Instant::from_unix(0)).with_pedantic(true);
        let mut memory = Memory::default();
        let found = |config: &Config, memory: &mut Memory| again(&analysis, config, memory).findings.len();
        let all = found(&config, &mut memory);
        let fewer = config.clone().with_rules(&["pod"], &[] as &[&str]).expect("there is such a group");
        assert!(found(&fewer, &mut memory) < all);
        assert_eq!(found(&config, &mut memory), all);
    }
}
