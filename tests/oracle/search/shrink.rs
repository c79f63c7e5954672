//! Makes examples short: parts of a manifest are taken out as long as the oracle's answer still shows the same thing.

use std::collections::HashSet;
use std::io;

use batchlint::yaml;
use serde_json::Value as Json;

use crate::cases::Case;
use crate::emit::{Style, emit};
use crate::oracle;
use crate::random::Random;
use crate::tree::{self, Path};

/// Parts that are tried at once, the largest first.
const TRIED: usize = 16;

/// Rounds after which an example is short enough.
const ROUNDS: usize = 60;

/// An answer and the name of what it shows.
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) answer: Json,
}

struct Shrinking {
    example: Example,
    /// What the whole manifest shows; a part of it may not show more.
    shown: Vec<String>,
    tree: Json,
    /// Parts without which the answer shows another thing.
    needed: HashSet<String>,
    tried: Vec<Path>,
}

/// Shortens the manifests of the examples; `names_of` says what an answer shows, which is to stay the same or get less.
pub(crate) fn shrink(
    program: &str,
    examples: Vec<Example>,
    names_of: impl Fn(&Json) -> Vec<String>,
) -> io::Result<Vec<Example>> {
    let mut all: Vec<_> = examples.into_iter().map(|example| Shrinking::new(example, &names_of)).collect();
    for _ in 0..ROUNDS {
        all.iter_mut().for_each(Shrinking::choose);
        let single = |one: &Shrinking| one.tried.iter().map(|path| vec![path.clone()]).collect();
        let answers = ask(program, &all, single)?;
        let holds: Vec<Vec<bool>> = (answers.iter().zip(&all))
            .map(|(answers, one)| answers.iter().map(|answer| one.still_holds(&names_of(answer))).collect())
            .collect();
        if all.iter().all(|one| one.tried.is_empty()) {
            break;
        }
        for (one, holds) in all.iter_mut().zip(&holds) {
            one.keep_what_is_needed(holds);
        }
        let together = ask(program, &all, |one| vec![one.tried.clone()])?;
        for ((one, together), (single, holds)) in all.iter_mut().zip(together).zip(answers.into_iter().zip(holds)) {
            let first = single.into_iter().zip(holds).find(|(_, holds)| *holds).map(|(answer, _)| answer);
            one.take_over(together, first, &names_of);
        }
    }
    Ok(all.into_iter().map(|one| one.example).collect())
}

/// The answers to each manifest without each of the sets of parts.
fn ask(
    program: &str,
    all: &[Shrinking],
    sets: impl Fn(&Shrinking) -> Vec<Vec<Path>> + Sync,
) -> io::Result<Vec<Vec<Json>>> {
    let cases = all.iter().enumerate().flat_map(|(number, one)| {
        let sets: Vec<_> = sets(one).into_iter().filter(|set| !set.is_empty()).collect();
        sets.into_iter().map(move |set| one.without(number, &set))
    });
    let mut answers: Vec<Vec<Json>> = all.iter().map(|_| Vec::new()).collect();
    oracle::ask(program, cases, |answer| {
        let number = answer["id"].as_str().and_then(|id| id.parse::<usize>().ok());
        answers[number.expect("the oracle keeps the id")].push(answer.clone());
    })?;
    Ok(answers)
}

impl Shrinking {
    fn new(example: Example, names_of: impl Fn(&Json) -> Vec<String>) -> Self {
        let file = yaml::parse(example.answer["yaml"].as_str().unwrap_or_default());
        let root = file.documents.first().filter(|document| document.complete).and_then(yaml::Document::root);
        let tree = root.map(tree::read).unwrap_or_default();
        let shown = names_of(&example.answer);
        Self { example, shown, tree, needed: HashSet::new(), tried: Vec::new() }
    }

    fn still_holds(&self, names: &[String]) -> bool {
        names.contains(&self.example.name) && names.iter().all(|name| self.shown.contains(name))
    }

    /// Chooses the largest parts that may be superfluous.
    fn choose(&mut self) {
        let mut parts = Vec::new();
        list_parts(&Path::default(), &self.tree, &mut parts);
        // Without these the server takes what the address says, which is another matter.
        let is_head = |path: &str| path == "apiVersion" || path == "kind";
        parts.retain(|(path, _)| !self.needed.contains(&path.to_string()) && !is_head(&path.to_string()));
        parts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        self.tried = parts.into_iter().take(TRIED).map(|(path, _)| path).collect();
    }

    fn keep_what_is_needed(&mut self, holds: &[bool]) {
        let mut holds = holds.iter();
        let needed = &mut self.needed;
        self.tried.retain(|path| {
            let superfluous = holds.next().copied().unwrap_or(false);
            if !superfluous {
                needed.insert(path.to_string());
            }
            superfluous
        });
    }

    fn without(&self, number: usize, parts: &[Path]) -> Case {
        let random = &mut Random::new(0, 0);
        let yaml = emit(&self.pruned(parts), Style::default(), random);
        Case { id: number.to_string(), yaml, changes: Vec::new() }
    }

    /// Takes the parts out, later ones of a list first, so that the places of the others stay.
    fn pruned(&self, parts: &[Path]) -> Json {
        let mut tree = self.tree.clone();
        let mut parts: Vec<_> = parts.to_vec();
        parts.sort_by(|left, right| right.0.cmp(&left.0));
        for part in parts {
            part.take(&mut tree);
        }
        tree
    }

    /// Goes on from all superfluous parts taken out, or from the first of them alone.
    fn take_over(&mut self, together: Vec<Json>, first: Option<Json>, names_of: impl Fn(&Json) -> Vec<String>) {
        let holds = |answer: &Json| self.still_holds(&names_of(answer));
        let (mut answer, parts) = match (together.into_iter().find(holds), first) {
            (Some(answer), _) => (answer, std::mem::take(&mut self.tried)),
            (None, Some(answer)) => (answer, self.tried.drain(..1).collect()),
            (None, None) => return,
        };
        self.tree = self.pruned(&parts);
        answer["changes"] = self.example.answer["changes"].take();
        answer["id"] = self.example.answer["id"].take();
        self.example.answer = answer;
    }
}

fn list_parts(path: &Path, value: &Json, parts: &mut Vec<(Path, usize)>) {
    let children: Vec<(Path, &Json)> = match value {
        Json::Object(entries) => entries.iter().map(|(key, value)| (path.key(key), value)).collect(),
        Json::Array(items) => items.iter().enumerate().map(|(index, item)| (path.index(index), item)).collect(),
        _ => return,
    };
    for (path, child) in children {
        list_parts(&path, child, parts);
        parts.push((path, child.to_string().len()));
    }
}
