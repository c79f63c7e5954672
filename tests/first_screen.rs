//! What people see first (`--format full`): the worst first, each thing once, and the numbers of every other format.

use std::collections::BTreeSet;
use std::path::Path;

use batchlint::analysis::Settings;
use batchlint::config::{Config, read};
use batchlint::lint::lint;
use batchlint::render::{Format, Look, Printer, Remarks};
use batchlint::rule::Entry;
use batchlint::rules;
use batchlint::schedule::Instant;
use batchlint::text::Source;
use serde_json::Value;
use textwrap::core::display_width;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
const LOOK: Look = Look { width: 80, color: false, unicode: true };

#[test]
fn the_first_sentence_counts_objects_by_what_happens_to_them() {
    let refused = cron_job("refused", "0 3 * * *", "Allow").replace("Never", "Always").replace("name: a", "name: A");
    let both = cron_job("both", "0 0 13 * 5", "Forbid");
    let stops = cron_job("stops", "0 3 * * *", "Forbid");
    let run = Run::new(&[
        ("a.yaml", &refused),
        ("b.yaml", &both),
        ("c.yaml", &format!("{stops}---\n{}", stops.replace("stops", "again"))),
        ("d.yaml", "a: [\n"),
        ("e.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: web}\n"),
    ]);
    let said = "4 CronJobs in 3 files: 1 would be rejected, 1 does other than it says, 3 could stop, pile up or lose \
                what they keep; 1 document is not YAML.";
    assert_eq!(run.first_sentence(), said);
    let fine = cron_job("fine", "0 3 * * *", "Allow");
    let run = Run::new(&[("b.yaml", &both), ("c.yaml", &fine)]);
    let said = "2 CronJobs in 2 files: 1 does other than it says, 1 could stop, pile up or lose \
                what it keeps.";
    assert_eq!(run.first_sentence(), said);
    let odd = fine.replace("name: fine", "name: fine\n  labels: {key: yes}");
    let run = Run::new(&[("a.yaml", &odd), ("b.yaml", &odd), ("c.yaml", "a: [\n")]);
    assert_eq!(run.first_sentence(), "2 CronJobs in 2 files: 2 would be rejected; 1 document is not YAML.");
    // A warning that is none of the three.
    let twice = fine.replace("[work]", "[work]\n              env: [{name: A, value: a}, {name: A, value: b}]");
    let full = Run::new(&[("a.yaml", &twice), ("b.yaml", &twice)]).full();
    assert!(full.starts_with("warning[variable-repeated]: `A` hides its earlier definition (2 files)\n"), "{full}");
}

#[test]
fn objects_without_a_name_are_counted_one_by_one() {
    let item = "  - apiVersion: batch/v1\n    kind: Job\n    spec: {template: {spec: {restartPolicy: Never}}}\n";
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{item}{item}");
    assert_eq!(Run::new(&[("a.yaml", &list)]).first_sentence(), "2 Jobs in 1 file: 2 would be rejected.");
}

#[test]
fn the_first_sentence_says_what_happens_however_severe_it_is_called() {
    let odd = cron_job("odd", "0 3 * * *", "Allow").replace("concurrencyPolicy", "concurencyPolicy");
    let files = [("a.yaml", odd.as_str()), ("b.yaml", odd.as_str())];
    let mut run = Run::new(&files);
    let said = run.first_sentence();
    assert!(said.contains("2 would be rejected"), "{said}");
    let layer = read("[severity]\nunknown-field = 'warning'").expect("it is right").layer;
    run.config = Config::of_layers(Settings::at(NOW), [&layer]).expect("the name exists");
    assert_eq!(run.first_sentence(), said);
}

#[test]
fn what_is_helped_otherwise_is_told_apart() {
    let zone = |zone: &str| {
        let job = cron_job("a", "0 3 * * *", "Allow");
        job.replace("  schedule", &format!("  timeZone: {zone}\n  schedule"))
    };
    let full = Run::new(&[("a.yaml", &zone("Europe/Berln")), ("b.yaml", &zone("America/New_Yrk"))]).full();
    assert!(full.contains("Europe/Berlin") && full.contains("America/New_York"), "{full}");
}

#[test]
fn fixable_is_what_the_option_fix_mends() {
    let line = "\n2 are fixable: batchlint check --fix PATH";
    let old = |name: &str| cron_job(name, "0 3 * * *", "Forbid").replace("batch/v1", "batch/v1beta1");
    let full = Run::new(&[("a.yaml", &old("a")), ("b.yaml", &old("b"))]).full();
    assert!(full.contains("(2 files, fixable)") && full.contains(line), "{full}");
    // Its mend wants a look.
    let odd = |name: &str| cron_job(name, "* */6 * * *", "Forbid").replace("\"\n  conc", "\" # every 6 hours\n  conc");
    let full = Run::new(&[("a.yaml", &odd("a")), ("b.yaml", &odd("b"))]).full();
    assert!(full.contains("comment-contradicts-schedule") && !full.contains("fixable"), "{full}");
}

#[test]
fn the_first_sentence_says_what_the_json_has() {
    let run = Run::of_pages();
    let json = run.json();
    let objects = |is_meant: &dyn Fn(&Value) -> bool| {
        let found = json["findings"].as_array().expect("a list").iter();
        let meant = found.filter(|finding| is_meant(finding) && is_checked(&json, finding));
        meant
            .map(|finding| [&finding["file"], &finding["document"], &finding["object"]].map(Value::to_string))
            .collect::<BTreeSet<_>>()
            .len()
    };
    let is_refused = |finding: &Value| finding.get("server").is_some() && finding["severity"] == "error";
    let group = |finding: &Value| finding["group"].as_str().map(str::to_owned).unwrap_or_default();
    let is_other = |finding: &Value| {
        !is_refused(finding)
            && finding["severity"] != "advice"
            && ["schedule", "pod", "command"].contains(&group(finding).as_str())
    };
    let is_later = |finding: &Value| !is_refused(finding) && ["run", "lifecycle"].contains(&group(finding).as_str());
    let numbers = [
        json["summary"]["checked"].as_u64().and_then(|checked| usize::try_from(checked).ok()).expect("a number"),
        objects(&is_refused),
        objects(&is_other),
        objects(&is_later),
    ];
    assert!(numbers.iter().all(|number| *number > 10), "{numbers:?}");
    let [checked, refused, other, later] = numbers;
    let sentence = run.first_sentence();
    let words = [
        format!("{checked} Jobs and CronJobs in "),
        format!(": {refused} would be rejected, {other} do other than they say, {later} could stop, pile up or lose"),
    ];
    assert!(words.iter().all(|words| sentence.contains(words)), "{sentence}\n{words:#?}");
}

#[test]
fn every_format_counts_alike() {
    let run = Run::of_pages();
    let json = run.json();
    let number = |name: &str| json["summary"][name].as_u64().expect("a number");
    let [errors, warnings, advice] = ["errors", "warnings", "advice"].map(number);
    let all = usize::try_from(errors + warnings + advice).expect("few");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(all));

    let (concise, aside) = run.printed(Format::Concise, Remarks::Summary);
    assert_eq!(concise.lines().count(), all);
    let lsp: Value = serde_json::from_str(&run.printed(Format::Lsp, Remarks::Summary).0).expect("JSON");
    let files = lsp.as_array().expect("a list").iter();
    assert_eq!(files.filter_map(|file| file["diagnostics"].as_array()).map(Vec::len).sum::<usize>(), all);

    let full = run.full();
    assert_eq!(headlines(&full).iter().map(|headline| times(headline)).sum::<usize>(), all, "{full}");
    let last = |text: &str| {
        let words: Vec<&str> = text[text.rfind("Checked ").expect("the numbers")..].split_whitespace().collect();
        words.join(" ").split_once(" Why,").map(|(numbers, _)| numbers.to_owned())
    };
    let suppressed = number("suppressed");
    let numbers = format!("{errors} errors, {warnings} warnings, {advice} pieces of advice, {suppressed} suppressed.");
    assert!(last(&full).expect("numbers").contains(&numbers), "{full}");
    assert_eq!(last(&full), last(&aside));
    let habits = json["summary"]["notShown"]["habits"].as_object().expect("habits by rule");
    let habits: u64 = habits.values().filter_map(Value::as_u64).sum();
    assert!(habits > 0 && last(&full).expect("numbers").contains(&format!("Not shown: {habits} remarks on habits")));
}

#[test]
fn what_is_wrong_in_many_places_is_drawn_once() {
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            let text = cron_job(&format!("job-{number}"), "0 3 * * *", "Forbid");
            (format!("jobs/{number:02}.yaml"), text.replace("batch/v1", "batch/v1beta1"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let run = Run::new(&files);
    let full = run.full();
    assert_eq!(headlines(&full).len(), 2, "{full}");
    assert!(full.contains(
        "error[api-version-removed]: `batch/v1beta1` was removed in Kubernetes 1.25\n  (40 files, fixable)\n"
    ));
    assert!(full.contains("  also jobs/01.yaml:1, jobs/02.yaml:1, jobs/03.yaml:1 and 36 more\n"), "{full}");
    assert!(full.contains("Every place: batchlint check -v"), "{full}");
    let (verbose, _) = run.printed(Format::Full, Remarks::All);
    for (name, _) in &files[1..] {
        assert_eq!(verbose.matches(&format!("{name}:1")).count(), 1, "{verbose}");
    }
    assert!(!verbose.contains(" more") && !verbose.contains("Every place"), "{verbose}");
}

#[test]
fn places_in_one_file_are_lines() {
    let jobs = |name: &str| {
        let job = cron_job(name, "0 3 * * *", "Forbid").replace("batch/v1", "batch/v1beta1");
        format!("{job}---\n{job}").replace("restartPolicy: Never", "restartPolicy: Always")
    };
    let full = Run::new(&[("a.yaml", &jobs("a")), ("b.yaml", &jobs("b"))]).full();
    assert!(full.contains("(4 times in 2 files, fixable)\n"), "{full}");
    assert!(full.contains("  also line 18, b.yaml:1, line 18\n"), "{full}");
    assert!(!full.contains("Every place"), "{full}");
}

#[test]
fn the_worst_comes_first_then_the_rules_by_name_then_the_files() {
    let full = Run::of_pages().full();
    let rank = |headline: &String| {
        let (severity, rest) = headline.split_once('[').expect("a label");
        let rule = rest.split(']').next().unwrap_or_default().to_owned();
        (["error", "warning", "advice"].iter().position(|name| *name == severity), rule)
    };
    let told: Vec<_> = headlines(&full).iter().map(rank).collect();
    assert!(told.len() > 100 && told.is_sorted(), "{told:#?}");
    let forbid = cron_job("a", "0 3 * * *", "Forbid");
    let full = Run::new(&[("b.yaml", &forbid), ("c.yaml", &forbid)]).full();
    assert!(full.contains("─[b.yaml:7:22]") && full.contains("also c.yaml:7\n"), "{full}");
}

#[test]
fn one_finding_speaks_for_itself() {
    let full = Run::new(&[("a.yaml", &cron_job("a", "0 3 * * *", "Forbid"))]).full();
    assert!(full.starts_with("advice[forbid-without-deadline]: one run that hangs"), "{full}");
    assert!(!full.contains("also") && !full.contains("batchlint runs"), "{full}");
    let quiet = Run::of_pages().printed(Format::Full, Remarks::None).0;
    assert!(quiet.starts_with("error[") && quiet.ends_with("\n\n") && !quiet.contains("Checked "), "{quiet}");
}

#[test]
fn it_fits_a_terminal_and_a_log() {
    let run = Run::of_pages();
    for width in [60, 80] {
        let full = Run { look: Look { width, color: false, unicode: false }, ..run.clone() }.full();
        let long: Vec<&str> = full.lines().filter(|line| display_width(line) > width).collect();
        assert!(long.is_empty(), "{long:#?}");
        assert!(!full.contains(['─', '│', '╰']), "{full}");
    }
}

#[derive(Clone)]
struct Run {
    files: Vec<(String, String)>,
    look: Look,
    config: Config,
}

impl Run {
    fn new(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
        Self { files: files.collect(), look: LOOK, config: Config::at(NOW) }
    }

    /// The examples of every rule's page, each page a file.
    fn of_pages() -> Self {
        let page = |rule: &Entry| {
            let blocks = rule.rule.page.body().split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
            (format!("{}.yaml", rule.name), blocks.collect::<Vec<_>>().join("---\n"))
        };
        Self { files: rules::all().map(page).collect(), look: LOOK, config: Config::at(NOW) }
    }

    fn full(&self) -> String {
        self.printed(Format::Full, Remarks::Summary).0
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.printed(Format::Json, Remarks::Summary).0).expect("one object")
    }

    /// The first paragraph, on one line.
    fn first_sentence(&self) -> String {
        let full = self.full();
        let (first, _) = full.split_once("\n\n").expect("an empty line stands behind it");
        first.replace('\n', " ")
    }

    /// The output, and what is said beside it.
    fn printed(&self, format: Format, remarks: Remarks) -> (String, String) {
        let mut printer = Printer::new(format, self.look);
        (printer.manner.remarks, printer.manner.most) = (remarks, None);
        let (mut out, mut aside) = (Vec::new(), Vec::new());
        let mut writer = printer.writer();
        for (name, text) in &self.files {
            let source = Source::new(name.as_str(), text.as_str());
            let report = lint(&source, &self.config);
            writer.add(printer.share(&source, report, Path::new(name)), &mut out).expect("memory takes all");
        }
        writer.finish(&mut out, &mut aside).expect("memory takes all");
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        (text(out), text(aside))
    }
}

fn is_checked(json: &Value, finding: &Value) -> bool {
    let documents = json["documents"].as_array().expect("a list").iter();
    let mut own =
        documents.filter(|document| document["file"] == finding["file"] && document["document"] == finding["document"]);
    !finding["object"].is_null() && own.any(|document| document["checked"] == true)
}

/// The lines that begin with a severity, each with those that it goes on in.
fn headlines(full: &str) -> Vec<String> {
    let mut headlines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in full.lines() {
        if ["error[", "warning[", "advice["].iter().any(|label| line.starts_with(label)) {
            headlines.push(line.to_owned());
            is_open = true;
        } else if is_open && line.starts_with("  ") && !line.contains("─[") {
            let headline = headlines.last_mut().expect("one is open");
            headline.push(' ');
            headline.push_str(line.trim());
        } else {
            is_open = false;
        }
    }
    headlines
}

/// How many findings a headline stands for.
fn times(headline: &str) -> usize {
    let counted = headline.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let number = counted.and_then(|(_, count)| {
        let (number, rest) = count.split_once(' ')?;
        (rest.starts_with("times") || rest.starts_with("files")).then(|| number.parse().ok())?
    });
    number.unwrap_or(1)
}

fn cron_job(name: &str, schedule: &str, policy: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: {name}\nspec:\n  schedule: \"{schedule}\"\n  \
         concurrencyPolicy: {policy}\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          \
         restartPolicy: Never\n          containers:\n            - name: a\n              image: a:1\n              \
         command: [work]\n"
    )
}
