//! What the texts are made of: the rulebook's examples, fixtures, what API servers were asked, and real manifests.

#![expect(clippy::disallowed_methods, reason = "reads manifests from disk")]

use std::fs;
use std::path::Path;

use batchlint::rule::FixPromise;
use batchlint::rules;

use crate::random::Random;
use crate::shared;

/// Bytes of a manifest that is taken: a longer one shows no more, and takes its time.
const LONG: usize = 20_000;
/// What the names of real manifests begin with.
const WILD: &str = "wild/";

/// Texts with their names, by where they come from.
pub(crate) struct Seeds {
    kinds: Vec<(usize, Vec<(String, String)>)>,
}

impl Seeds {
    pub(crate) fn collect() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let fixtures = ["fixtures/clean", "fixtures/found", "fixtures/server/bases"];
        let fixtures = fixtures.iter().flat_map(|folder| files(&root.join(folder), "")).collect();
        let wild = shared::find("wild/plain").map(|folder| files(&folder, WILD)).unwrap_or_default();
        let kinds = vec![
            (20, examples(|promise| promise != FixPromise::None)),
            (20, examples(|promise| promise == FixPromise::Safe)),
            (5, examples(|promise| promise == FixPromise::None)),
            (15, fixtures),
            (20, recorded(&root.join("fixtures/server/verdicts.jsonl"))),
            (20, wild),
        ];
        Self { kinds: kinds.into_iter().filter(|(_, texts)| !texts.is_empty()).collect() }
    }

    pub(crate) fn pick(&self, random: &mut Random) -> (String, String) {
        let weighted: Vec<&Vec<(String, String)>> =
            self.kinds.iter().flat_map(|(weight, texts)| std::iter::repeat_n(texts, *weight)).collect();
        let texts = random.pick(&weighted).expect("the rulebook has examples");
        random.pick(texts).cloned().expect("empty kinds were left out")
    }
}

/// Whether a case's name tells of a real manifest.
pub(crate) fn is_wild(name: &str) -> bool {
    name.contains(WILD)
}

fn files(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let texts = files.filter_map(|file| {
        let text = fs::read_to_string(file.path()).ok().filter(|text| (1..LONG).contains(&text.len()))?;
        Some((format!("{prefix}{}", file.path().file_name()?.display()), text))
    });
    texts.collect()
}

/// The blocks of the pages whose rules promise this.
fn examples(is_meant: fn(FixPromise) -> bool) -> Vec<(String, String)> {
    let pages = rules::all().filter(|entry| is_meant(entry.rule.page.fix));
    let blocks = pages.flat_map(|entry| {
        let blocks = entry.rule.page.body().split("\n```yaml\n").skip(1);
        blocks.filter_map(|block| Some((entry.name.to_owned(), format!("{}\n", block.split_once("\n```")?.0))))
    });
    blocks.collect()
}

fn recorded(path: &Path) -> Vec<(String, String)> {
    let lines = fs::read_to_string(path).expect("the fixture is there");
    let cases = lines.lines().filter_map(|line| {
        let case: serde_json::Value = serde_json::from_str(line).ok()?;
        case["yaml"].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    });
    cases.enumerate().map(|(number, text)| (format!("verdicts.jsonl:{}", number + 1), text)).collect()
}
