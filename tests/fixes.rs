//! What findings offer keeps its promise: each fix alone, and all of a file together, leave a file that is read, and
//! each does what it says.

#![expect(clippy::disallowed_methods, reason = "tests read manifests from disk")]
#![expect(clippy::print_stderr, reason = "a test says what it found")]

mod shared;

use std::collections::BTreeMap;
use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Resolved, Severity};
use batchlint::lint::{Report, lint};
use batchlint::rule::{Audience, FixPromise};
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::{Edit, Source, apply_edits};
use batchlint::yaml::{self, File};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
/// The fixes of a file that are tried one by one.
const MOST: usize = 12;
/// Of the many files beside the checkout, one in so many is looked at.
const STRIDE: usize = 9;
/// Of the lines of a manifest whose texts are changed, likewise.
const LINES: usize = 5;
/// Of the recorded cases, likewise.
const CASES: usize = 9;

/// What became of the fixes that were tried.
#[derive(Default)]
struct Outcome {
    tried: usize,
    /// Values that a help named, and no fix wrote.
    named: usize,
    wrong: Vec<String>,
    /// Files whose fixes leave each other alone in the text, and make one key twice: each is right, and one is enough.
    clashes: Vec<String>,
}

#[test]
fn whoever_follows_a_fix_hears_no_more_of_it_and_nothing_new() {
    let mut outcome = Outcome::default();
    for (name, text) in texts() {
        check(&name, &text, &mut outcome);
    }
    eprintln!("{} fixes were tried, and {} values that helps name", outcome.tried, outcome.named);
    assert!(outcome.tried > 100, "{} fixes were tried", outcome.tried);
    assert!(outcome.wrong.is_empty(), "{}", outcome.wrong.join("\n"));
    assert!(outcome.clashes.len() < 3, "{:#?}", outcome.clashes);
}

fn check(name: &str, text: &str, outcome: &mut Outcome) {
    let (told, before) = (Told::of(name, text), Flaws::of(text));
    let findings = told.report.findings.iter().zip(told.report.fixes());
    let fixes: Vec<(&Finding, Resolved)> =
        findings.flat_map(|(finding, fixes)| fixes.into_iter().map(move |fix| (finding, fix))).collect();
    let unpromised = fixes.iter().map(|(finding, _)| finding.rule).filter(|rule| !promises(rule));
    outcome.wrong.extend(unpromised.map(|rule| format!("{name}: the page of {rule} says that there is no fix")));
    for (finding, fix) in fixes.iter().take(MOST) {
        outcome.tried += 1;
        let faults = follow(text, fix, |mended| {
            let worse = Flaws::of(mended).is_worse_than(&before).then(|| "it reads worse".to_owned());
            worse.into_iter().chain(told.faults_after(finding, &Told::of(name, mended))).collect()
        });
        let place = format!("{name}: {} {}: {}", finding.rule, finding.span.start, fix.title);
        outcome.wrong.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
    }
    for (finding, value) in
        told.report.findings.iter().filter_map(|one| Some((one, value_named_by(one, text)?))).take(MOST)
    {
        outcome.named += 1;
        let mended = apply_edits(text, &[Edit::replace(finding.span, value)]).unwrap_or_default();
        let after = Told::of(name, &mended);
        let refused = |one: &&Finding| one.rule == finding.rule && one.span.start == finding.span.start;
        let still = after.report.findings.iter().find(refused);
        let place = format!("{name}: {} {}: {value} is named", finding.rule, finding.span.start);
        outcome.wrong.extend(still.map(|one| format!("{place}, and refused: {}", one.message)));
    }
    let together = apart(fixes.iter().map(|(_, fix)| fix));
    match apply_edits(text, &together) {
        Ok(mended) if !Flaws::of(&mended).is_worse_than(&before) => {}
        Ok(mended) if Flaws::of(&mended).errors <= before.errors => outcome.clashes.push(name.to_owned()),
        _ => outcome.wrong.push(format!("{name}: all together")),
    }
}

/// The value that a help without a fix names for what is there, if that is a value.
fn value_named_by<'f>(finding: &'f Finding, text: &str) -> Option<&'f str> {
    let (before, after) = (&text[..finding.span.start as usize], &text[finding.span.end as usize..]);
    let is_key = after.trim_start_matches(['"', '\'']).starts_with(':');
    if is_key || !before.trim_end_matches([' ', '"', '\'']).ends_with([':', '-', '[', ',']) || !finding.fixes.is_empty()
    {
        return None;
    }
    let help = finding.help.as_ref()?.as_str();
    let behind = ["write `", "did you mean `"].into_iter().find_map(|words| Some(help.split_once(words)?.1));
    let (value, rest) =
        behind.or_else(|| help.strip_prefix('`').filter(|_| help.ends_with("` would do")))?.split_once('`')?;
    let is_whole = rest.is_empty() || rest.starts_with([',', ';', '?']) || rest == " would do";
    (is_whole && !value.contains(['\n', ':', '"', '…'])).then_some(value)
}

/// Whether a rule's page says that its findings may have a fix.
fn promises(rule: &str) -> bool {
    rules::all().any(|entry| entry.name == rule && entry.rule.page.fix != FixPromise::None)
}

/// What is wrong with a text after one fix.
fn follow(text: &str, fix: &Resolved, ask: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let Ok(mended) = apply_edits(text, &fix.edits) else { return vec!["the edits overlap".to_owned()] };
    let lost = lost_comments(text, fix, &mended).into_iter().map(|comment| format!("it loses {comment:?}"));
    ask(&mended).into_iter().chain(lost).collect()
}

/// Comments that a fix loses: one that takes something out may take along what is said of that, and suppressions are
/// mended themselves.
fn lost_comments<'t>(text: &'t str, fix: &Resolved, mended: &str) -> Vec<&'t str> {
    let takes = |at: usize| {
        let mut edits = fix.edits.iter().filter(|edit| edit.text.is_empty());
        edits.any(|edit| edit.span.start as usize <= at && at < edit.span.end as usize)
    };
    let lines = text.lines().filter_map(|line| line.find("# ").map(|at| &line[at..]));
    let own = lines.filter(|comment| !takes(comment.as_ptr() as usize - text.as_ptr() as usize));
    own.filter(|comment| !mended.contains(comment) && !comment.contains("batchlint: ")).collect()
}

/// What is told of a text: how often each rule says the same, and how often it speaks of the same bytes.
struct Told<'t> {
    text: &'t str,
    report: Report,
    times: BTreeMap<(&'static str, String), usize>,
}

impl<'t> Told<'t> {
    fn of(name: &str, text: &'t str) -> Self {
        let config = Config::at(NOW).with_pedantic(true);
        let mut told = Self { text, report: lint(&Source::new(name, text), &config), times: BTreeMap::new() };
        for finding in &told.report.findings {
            for key in told.keys(finding) {
                *told.times.entry(key).or_default() += 1;
            }
        }
        told
    }

    fn keys(&self, finding: &Finding) -> [(&'static str, String); 2] {
        // How often it comes stands behind it in brackets.
        let message = finding.message.split(" (").next().unwrap_or_default();
        [(finding.rule, message.to_owned()), (finding.rule, format!("at {}", &self.text[finding.span.range()]))]
    }

    fn count(&self, key: &(&'static str, String)) -> usize {
        self.times.get(key).copied().unwrap_or_default()
    }

    /// What is told after one fix that should not be: the finding itself, and whatever was not told before.
    fn faults_after(&self, finding: &Finding, after: &Told<'_>) -> Vec<String> {
        let is_new = |one: &&Finding| {
            let has_more = after.keys(one).iter().all(|key| after.count(key) > self.count(key));
            let bytes = &after.text[one.span.range()];
            has_more && !self.uncovers(finding, one, bytes)
        };
        let new = after.report.findings.iter().filter(is_new).map(|one| format!("new, {}: {}", one.rule, one.message));
        let [own, _] = self.keys(finding);
        let stays = after.count(&own) >= self.count(&own);
        new.chain(stays.then(|| format!("it stays: {}", finding.message))).collect()
    }
}

/// What a mend brings to light by its nature: the rule that it mends, and the one that speaks of what was hidden.
const HIDDEN: [(&str, &str); 6] = [
    // The failed Jobs that are kept now are what the other rule is about.
    ("ttl-beside-history-limits", "failed-history-without-logs"),
    // The server counts the names of whole volumes alone.
    ("fields-contradict", "duplicate-value"),
    // It names the first of the texts that are filled in, and the fix took that along.
    ("fields-contradict", "template-not-rendered"),
    // A text is read up to its next error.
    ("yaml-syntax", "yaml-syntax"),
    // Amounts are compared once all of them are some.
    ("wrong-type", "resource-not-allowed"),
    // Labels are compared once all of them are texts.
    ("wrong-type", "job-selector"),
];

impl Told<'_> {
    /// Whether a finding only waited for another to be mended: what nobody can read, or no server takes, does nothing;
    /// and who follows a finding of faults did not ask for habits.
    fn uncovers(&self, mended: &Finding, new: &Finding, bytes: &str) -> bool {
        let is_habit =
            |rule: &str| rules::all().any(|one| one.name == rule && one.rule.page.audience != Audience::Regular);
        let is_of_runs = !matches!(new.group, "api" | "yaml") && new.severity != Severity::Error;
        let stage = mended.server.as_ref().map(|server| server.stage);
        let is_unread = mended.group == "yaml" || stage.is_some_and(|stage| stage != "validation");
        let is_refused = stage.is_some() || mended.group == "yaml";
        // The value of a key that no server knew.
        let value = || self.text[mended.span.end as usize..].trim_start_matches(['"', '\'', ':', ' ']);
        is_refused && is_of_runs
            || is_unread
                && matches!(new.rule, "field-deprecated" | "field-dropped" | "server-warning" | "variable-repeated")
            || mended.rule == "unknown-field" && value().starts_with(bytes)
            || is_habit(new.rule) && !is_habit(mended.rule)
            || HIDDEN.contains(&(mended.rule, new.rule))
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
    let cases = std::fs::read_to_string(root.join("fixtures/server/verdicts.jsonl")).expect("the fixture is there");
    for (number, case) in cases.lines().enumerate().step_by(CASES) {
        let case: serde_json::Value = serde_json::from_str(case).expect("a line is a case");
        texts.extend(case["yaml"].as_str().map(|text| (format!("verdicts.jsonl:{}", number + 1), text.to_owned())));
    }
    texts.extend(mistyped(root));
    for entry in rules::all() {
        let blocks = entry.rule.page.body().split("```yaml\n").skip(1);
        texts.extend(
            blocks.filter_map(|block| Some((format!("{}.md", entry.name), block.split_once("```")?.0.to_owned()))),
        );
    }
    texts
}

/// Manifests with one text each that YAML reads as something else.
fn mistyped(root: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for file in walkdir::WalkDir::new(root.join("fixtures/server/bases")).sort_by_file_name() {
        let path = file.expect("the folder can be read").into_path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate().skip(1).step_by(LINES) {
            let Some((key, value)) = line.split_once(": ") else { continue };
            if value.starts_with(['{', '[', '&', '*', '|', '>']) {
                continue;
            }
            let other = if number % 2 == 0 { "true" } else { "5" };
            let (lines, changed) = (text.lines().collect::<Vec<_>>(), format!("{key}: {other}"));
            let lines = [&lines[..number], &[changed.as_str()], &lines[number + 1..]].concat();
            texts.push((format!("{}:{}", path.display(), number + 1), lines.join("\n") + "\n"));
        }
    }
    texts
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

fn linted(name: &str, text: &str) -> Report {
    lint(&Source::new(name, text), &Config::at(NOW).with_pedantic(true))
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
