//! What findings offer keeps its promise: each fix alone, and all of a file together, leave a file that is read, and
//! each does what it says.

#![expect(clippy::disallowed_methods, reason = "tests read manifests from disk")]
#![expect(clippy::print_stderr, reason = "a test says what it found")]

mod shared;

use std::collections::BTreeMap;
use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Resolved};
use batchlint::lint::{Report, lint};
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Edit, Source, apply_edits};
use batchlint::yaml::{self, File};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
/// The fixes of a file that are tried one by one.
const MOST: usize = 12;
/// Of the many files beside the checkout, one in so many is looked at.
const STRIDE: usize = 7;

/// What became of the fixes that were tried.
#[derive(Default)]
struct Outcome {
    tried: usize,
    wrong: Vec<String>,
    /// Fixes after which the finding is still there, by rule, with a place each.
    useless: BTreeMap<&'static str, Vec<String>>,
    /// Files whose fixes leave each other alone in the text, and make one key twice: each is right, and one is enough.
    clashes: Vec<String>,
}

#[test]
fn fixes_leave_a_file_that_is_read() {
    let mut outcome = Outcome::default();
    for (name, text) in texts() {
        check(&name, &text, &mut outcome);
    }
    let useless: usize = outcome.useless.values().map(Vec::len).sum();
    eprintln!("{useless} of {} fixes leave their finding: {:#?}", outcome.tried, outcome.useless);
    assert!(outcome.tried > 100, "{} fixes were tried", outcome.tried);
    assert!(outcome.wrong.is_empty(), "{:#?}", outcome.wrong);
    assert!(outcome.clashes.len() < 3, "{:#?}", outcome.clashes);
    assert!(useless * 100 < outcome.tried, "too many");
}

fn check(name: &str, text: &str, outcome: &mut Outcome) {
    let report = linted(name, text);
    let before = Flaws::of(text);
    let fixes: Vec<(&Finding, Resolved)> = report
        .findings
        .iter()
        .zip(report.fixes())
        .flat_map(|(finding, fixes)| fixes.into_iter().map(move |fix| (finding, fix)))
        .collect();
    for (finding, fix) in fixes.iter().take(MOST) {
        outcome.tried += 1;
        let place = format!("{name}: {} {}: {}", finding.rule, finding.span.start, fix.title);
        let Ok(mended) = apply_edits(text, &fix.edits) else {
            outcome.wrong.push(format!("{place}: the edits overlap"));
            continue;
        };
        if Flaws::of(&mended).is_worse_than(&before) {
            outcome.wrong.push(format!("{place}: alone"));
        }
        if !is_better(&report, finding, &linted(name, &mended)) {
            outcome.useless.entry(finding.rule).or_default().push(place);
        }
    }
    let together = apart(fixes.iter().map(|(_, fix)| fix));
    match apply_edits(text, &together) {
        Ok(mended) if !Flaws::of(&mended).is_worse_than(&before) => {}
        Ok(mended) if Flaws::of(&mended).errors <= before.errors => outcome.clashes.push(name.to_owned()),
        _ => outcome.wrong.push(format!("{name}: all together")),
    }
}

/// What a reader says against a text.
struct Flaws {
    documents: usize,
    errors: usize,
    repeated: usize,
}

impl Flaws {
    fn of(text: &str) -> Self {
        let File { documents, errors, .. } = yaml::parse(text);
        let repeated = documents.iter().map(|document| document.repeated.len()).sum();
        Self { documents: documents.len(), errors: errors.len(), repeated }
    }

    fn is_worse_than(&self, other: &Self) -> bool {
        // In a text that was not read to its end there may be more of everything.
        let more = self.documents != other.documents || self.repeated > other.repeated;
        self.errors > other.errors || more && other.errors == 0
    }
}

/// Whether the finding is gone, or another one like it with it.
fn is_better(before: &Report, finding: &Finding, after: &Report) -> bool {
    let count = |report: &Report| {
        let alike = |other: &&Finding| (other.rule, &other.message) == (finding.rule, &finding.message);
        report.findings.iter().filter(alike).count()
    };
    let refused = |report: &Report| report.findings.iter().filter(|finding| finding.server.is_some()).count();
    count(after) < count(before) || refused(after) < refused(before)
}

/// The edits of the fixes that leave each other alone, the earlier ones first.
fn apart<'f>(fixes: impl Iterator<Item = &'f Resolved>) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for fix in fixes {
        let touches = |edit: &Edit| {
            taken.iter().any(|other| other.span.start <= edit.span.end && edit.span.start <= other.span.end)
        };
        if !fix.edits.iter().any(touches) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    taken
}

/// Names and texts: fixtures, the pages' examples, and what stands beside the checkout.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    let folders = [(Some(root.join("fixtures")), 1), (shared::find("cases"), 1), (shared::find("wild/plain"), STRIDE)];
    for (folder, stride) in folders {
        let Some(folder) = folder else { continue };
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        let paths = files.map(|file| file.expect("the folder can be read").into_path());
        texts.extend(paths.step_by(stride).filter(|path| is_manifest(path)).filter_map(|path| {
            Some((path.strip_prefix(root).unwrap_or(&path).display().to_string(), std::fs::read_to_string(&path).ok()?))
        }));
    }
    for entry in rules::all() {
        let blocks = entry.rule.page.body.split("```yaml\n").skip(1);
        texts.extend(
            blocks.filter_map(|block| Some((format!("{}.md", entry.name), block.split_once("```")?.0.to_owned()))),
        );
    }
    texts
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

fn linted(name: &str, text: &str) -> Report {
    lint(&Source::new(name, text), &Config::at(NOW))
}

#[test]
fn an_anchor_that_is_needed_stays() {
    let text = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: \"0 3 * * *\"\n  \
                successfulJobsHistoryLimit: 3\n  jobTemplate:\n    spec:\n      ttlSecondsAfterFinished: &t 60\n      \
                activeDeadlineSeconds: *t\n      template:\n        spec:\n          restartPolicy: Never\n          \
                containers:\n            - name: a\n              image: a:1\n";
    let fixes = |text: &str| {
        let report = linted("a.yaml", text);
        let both = report.findings.iter().zip(report.fixes());
        both.filter(|(finding, _)| finding.rule == "ttl-beside-history-limits")
            .map(|(_, fixes)| fixes.len())
            .sum::<usize>()
    };
    assert_eq!(fixes(text), 0);
    assert_eq!(fixes(&text.replace("*t", "60")), 1);
}
