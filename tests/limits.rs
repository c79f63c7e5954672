//! All formats tell the same findings, and none of them tells one fault a thousand times over.

use std::num::NonZeroUsize;
use std::path::Path;

use batchlint::agenda::{Window, rows};
use batchlint::analysis::{Facts, analyse};
use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Late, Severity};
use batchlint::lint::{Report, Rest, lint};
use batchlint::project::Project;
use batchlint::render::runs::{list, timeline};
use batchlint::render::{Format, Harms, Look, Manner, Printer, Tally};
use batchlint::schedule::{Instant, Seconds, Zone};
use batchlint::text::{Lines, Location, Source, Span};
use serde_json::{Value, json};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
const HEAD: &str = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      \
                    restartPolicy: Sometimes\n      containers:\n        - name: a\n          image: a:1\n";

#[test]
fn every_format_has_the_same_findings_and_counts_them_alike() {
    // The server has two causes for the policy, in the same words.
    let run = Run::new(&with_unknown_fields(3), None);
    let json: Value = serde_json::from_str(&run.out(Format::Json)).expect("one object");
    let told = json["findings"].as_array().expect("a list");
    let counts = ["errors", "warnings", "advice"].map(|name| json["summary"][name].as_u64().unwrap_or_default());
    assert_eq!(u64::try_from(told.len()).expect("few"), counts.iter().sum::<u64>());
    let policies = told.iter().filter(|finding| finding["rule"] == "job-restart-policy");
    assert_eq!(
        policies.map(|finding| finding["server"]["reason"].clone()).collect::<Vec<_>>(),
        ["FieldValueNotSupported"]
    );

    assert_eq!(run.out(Format::Concise).lines().count(), told.len());
    let heads = ["error[", "warning[", "advice["];
    let in_full = run.out(Format::Full).lines().filter(|line| heads.iter().any(|head| line.starts_with(head))).count();
    assert_eq!(in_full, told.len());
    let lsp: Value = serde_json::from_str(&run.out(Format::Lsp)).expect("one list");
    assert_eq!(lsp[0]["diagnostics"].as_array().map(Vec::len), Some(told.len()));
    let tallies: Vec<Tally> = Format::ALL.iter().map(|format| run.printed(*format).tally).collect();
    assert!(tallies.iter().all(|tally| *tally == tallies[0]), "{tallies:#?}");
}

#[test]
fn the_rest_of_a_rules_findings_is_counted_in_every_format() {
    let run = Run::new(&with_unknown_fields(12), NonZeroUsize::new(5));
    let json: Value = serde_json::from_str(&run.out(Format::Json)).expect("one object");
    let listed = json["findings"].as_array().expect("a list");
    assert_eq!(listed.iter().filter(|finding| finding["rule"] == "unknown-field").count(), 5);
    assert_eq!(listed.iter().filter(|finding| finding["rule"] == "job-restart-policy").count(), 1);
    assert_eq!((&json["summary"]["notShown"], &json["summary"]["errors"]), (&not_shown(7), &json!(13)));

    let line = "Not shown: 7 of unknown-field; --max-findings N shows more.";
    for format in [Format::Full, Format::Concise] {
        let printed = run.printed(format);
        assert_eq!(printed.out.matches("[unknown-field]").count(), 5);
        assert!(printed.out.lines().chain(printed.aside.lines()).any(|told| told == line), "{}", printed.out);
        assert_eq!((printed.tally.errors, printed.tally.at_least(Severity::Error)), (13, 13));
    }

    let lsp: Value = serde_json::from_str(&run.out(Format::Lsp)).expect("one list");
    let told = lsp[0]["diagnostics"].as_array().expect("a list");
    let of_rule: Vec<&Value> = told.iter().filter(|told| told["code"] == "unknown-field").collect();
    assert_eq!(of_rule.len(), 6);
    assert_eq!(of_rule[5]["message"], "from here on, 7 more of this rule: they are not shown");
    assert_eq!(of_rule[5]["range"]["start"]["line"], 16);
}

#[test]
fn each_document_and_each_rule_has_a_limit_of_its_own() {
    let text = format!("{}---\n{}", with_unknown_fields(4), with_unknown_fields(7));
    let json: Value = serde_json::from_str(&Run::new(&text, NonZeroUsize::new(5)).out(Format::Json)).expect("JSON");
    assert_eq!(json["summary"]["notShown"], not_shown(2));
    let all = Run::new(&with_unknown_fields(1002), None).printed(Format::Concise);
    assert_eq!((all.out.matches("[unknown-field]").count(), all.tally.not_shown.len()), (1002, 0));
    let usual = Run::new(&with_unknown_fields(1002), Some(Manner::MOST)).printed(Format::Concise);
    assert_eq!(usual.tally.not_shown.get("unknown-field"), Some(&2));
}

#[test]
fn what_is_not_kept_is_counted_and_stood_for_alike() {
    let text = format!("{}---\n{}", with_unknown_fields(12), with_unknown_fields(7));
    let shown = Run::new(&text, NonZeroUsize::new(5));
    let kept = Run { keeps_few: true, ..Run::new(&text, NonZeroUsize::new(5)) };
    for &format in Format::ALL {
        let (shown, kept) = (shown.printed(format), kept.printed(format));
        assert_eq!((shown.out, shown.aside), (kept.out, kept.aside));
        // What was not kept may have happened to further objects.
        let counts = |tally: Tally| Tally { harms: Harms::default(), ..tally };
        assert_eq!(counts(shown.tally), counts(kept.tally.clone()));
        assert_eq!((kept.tally.errors, kept.tally.not_shown.get("unknown-field")), (21, Some(&9)));
    }
}

#[test]
fn the_rest_of_what_is_severe_enough_is_counted_and_the_rest_of_what_is_not_is_below() {
    let text = with_unknown_fields(12);
    let few = Config::at(NOW).with_most(NonZeroUsize::new(5));
    let report = lint(&Source::new("a.yaml", text.as_str()), &few.clone().with_min_severity(Severity::Error));
    assert_eq!(
        report.rests.iter().map(|rest| (rest.first.rule, rest.count())).collect::<Vec<_>>(),
        [("unknown-field", 7)]
    );
    assert!(!report.below.contains_key("unknown-field"), "{:?}", report.below);
}

/// Very many problems of a check are counted without what they say: whatever is shown says it, and no count differs.
#[test]
fn of_very_many_problems_none_is_shown_that_says_nothing() {
    const MANY: usize = 90_000;
    let text = HEAD.replace("  name: a\nspec", &format!("  name: a\n  finalizers: [{}]\nspec", "a,".repeat(MANY)));
    let [usual, all] =
        [Some(Manner::MOST), None].map(|most| lint(&Source::new("a.yaml", text.as_str()), &config(most)));
    assert_eq!([&usual, &all].map(|report| count_of("value-not-supported", report)), [MANY; 2]);
    let shown = all.findings.iter().filter(|one| one.rule == "value-not-supported");
    assert!(
        shown.clone().all(|one| one.message.as_str() == shown.clone().next().expect("there are some").message.as_str())
    );
    assert!((1 << 16..MANY).contains(&shown.count()));
}

/// What is said of one place is counted as often as it says something else, also where it is not put into words.
#[test]
fn of_very_many_problems_all_at_one_place_are_counted() {
    const MANY: usize = 30_000;
    let text = HEAD
        .replace("      containers", &format!("      initContainers: [{}]\n      containers", "null,".repeat(MANY)));
    let report = lint(&Source::new("a.yaml", text), &config(Some(Manner::MOST)));
    assert_eq!(count_of("missing-field", &report), 2 * MANY);
}

/// What a rule finds in a whole file is taken in piece by piece, and all of it is counted.
#[test]
fn of_very_many_errors_in_a_text_the_first_are_shown_and_all_are_counted() {
    const MANY: usize = 40_000;
    let text = format!("kind: CronJob\nx:\n{}", "- .inf\n".repeat(MANY));
    let report = lint(&Source::new("a.yaml", text), &config(Some(Manner::MOST)));
    let shown = report.findings.iter().filter(|one| one.rule == "yaml-syntax").map(|one| one.span.start);
    assert_eq!(shown.collect::<Vec<u32>>(), (0..1000).map(|number| 19 + 7 * number).collect::<Vec<_>>());
    assert_eq!(count_of("yaml-syntax", &report), MANY);
}

/// As a server of 1.36 answered: of 3,145,728 bytes it said what is wrong with them, of 3,145,729 that they are too many.
#[test]
fn what_servers_refuse_unread_is_not_looked_at() {
    let rules = |length: usize| {
        let text = HEAD.replace("image: a:1", &format!("image: a:1\n          args: [\"{}\"]", "x".repeat(length)));
        let report = lint(&Source::new("a.yaml", text), &config(None));
        let rules: Vec<String> = report.findings.iter().map(|one| one.rule.to_string()).collect();
        (rules, report.findings[0].server.clone())
    };
    let around =
        r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"a"},"spec":{"template":{"spec":{"containers":["#;
    let around =
        format!(r#"{around}{{"args":[""],"image":"a:1","name":"a"}}],"restartPolicy":"Sometimes"}}}}}}}}"#) + "\n";
    let most = 3_145_728 - around.len();
    assert!(rules(most).0.contains(&"job-restart-policy".to_owned()));
    let (found, server) = rules(most + 1);
    assert_eq!((found, server.expect("it is refused").stage), (vec!["value-too-long".to_owned()], "request"));
}

#[test]
fn of_many_documents_ten_times_as_many_findings_of_a_rule_are_shown() {
    let text = "---\nkind: Job\n".repeat(100);
    for keeps_few in [false, true] {
        let run = Run { keeps_few, ..Run::new(&text, NonZeroUsize::new(5)) };
        let printed = run.printed(Format::Concise);
        assert_eq!(printed.out.matches("[kind-missing]").count(), 50);
        assert_eq!(printed.tally.not_shown.get("kind-missing"), Some(&50));
        let lsp: Value = serde_json::from_str(&run.out(Format::Lsp)).expect("one list");
        let told = lsp[0]["diagnostics"].as_array().expect("a list");
        let last = told.iter().rfind(|told| told["code"] == "kind-missing").expect("there are some");
        assert_eq!(last["message"], "from here on, 50 more of this rule: they are not shown");
        assert_eq!(last["range"]["start"]["line"], 101);
    }
}

#[test]
fn of_many_cron_jobs_people_are_shown_the_first_thousand() {
    let source = Source::new("a.yaml", "---\nkind: CronJob\n".repeat(1002));
    let mut project = Project::new();
    project.add(Facts::of(&analyse(source, Config::at(NOW).settings())));
    let window = Window { from: NOW, until: NOW + Seconds::DAY };
    let rows = rows(&project, window, 40);
    let look = Look { width: 80, color: false, unicode: true };
    let (mut picture, mut notes) = (Vec::new(), Vec::new());
    timeline::write(&rows, window, Zone::utc(), look, &mut picture).expect("memory takes all");
    list::write_notes(&rows, window, look, &mut notes).expect("memory takes all");
    for out in [picture, notes] {
        let out = String::from_utf8(out).expect("text");
        assert_eq!(out.matches("(no name)").count(), 1000);
        assert!(out.lines().any(|line| line == "and 2 more CronJobs: --format json has all"), "{out}");
    }
}

#[test]
fn findings_that_are_known_late_have_the_same_limit() {
    let late = |line: u32| {
        let lines = Lines::new("a\na\na\na\na\na\n");
        let at = Location::new("late.yaml", &lines, Span::new(2 * line, 2 * line + 1));
        Late::new(at, Finding::new("a-rule", "fleet", Severity::Advice, Span::empty(0), "known late"), Vec::new())
    };
    for &format in Format::ALL {
        let mut run = Run::new(HEAD, NonZeroUsize::new(4));
        run.late = (0..6).map(late).collect();
        let printed = run.printed(format);
        assert_eq!(printed.tally.not_shown, [("a-rule", 2)].into());
        // Where what says the same is told once, it is there once.
        let told = if matches!(format, Format::Full | Format::Markdown) { 1 } else { 4 };
        assert_eq!(printed.out.matches("known late").count(), told, "{}: {}", format.name(), printed.out);
        let rest = ["2 more of this rule", "2 of a-rule", "\"a-rule\":2", "and 2 pieces of advice more"];
        let (out, aside) = (&printed.out, &printed.aside);
        assert!(rest.iter().any(|rest| out.contains(rest) || aside.contains(rest)), "{}: {out}{aside}", format.name());
    }
}

/// Habits are counted among what is not shown, too.
fn config(most: Option<NonZeroUsize>) -> Config {
    Config::at(NOW).with_pedantic(true).with_most(most)
}

fn not_shown(unknown_fields: usize) -> Value {
    json!({"belowSeverity": {}, "habits": {}, "beyondLimit": {"unknown-field": unknown_fields}})
}

struct Run {
    source: Source,
    most: Option<NonZeroUsize>,
    /// Whether no more are kept than are shown.
    keeps_few: bool,
    late: Vec<Late>,
}

struct Printed {
    out: String,
    aside: String,
    tally: Tally,
}

impl Run {
    fn new(text: &str, most: Option<NonZeroUsize>) -> Self {
        Self { source: Source::new("a.yaml", text), most, keeps_few: false, late: Vec::new() }
    }

    fn out(&self, format: Format) -> String {
        self.printed(format).out
    }

    fn printed(&self, format: Format) -> Printed {
        let mut printer = Printer::new(format, Look { width: 80, color: false, unicode: true });
        printer.manner.most = self.most;
        let (mut out, mut aside) = (Vec::new(), Vec::new());
        let mut writer = printer.writer();
        let report = lint(&self.source, &config(self.most.filter(|_| self.keeps_few)));
        writer.add(printer.share(&self.source, report, Path::new("a.yaml")), &mut out).expect("memory takes all");
        writer.add_late(self.late.clone());
        let tally = writer.tally().clone();
        writer.finish(&mut out, &mut aside).expect("memory takes all");
        let [out, aside] = [out, aside].map(|text| String::from_utf8(text).expect("output is UTF-8"));
        Printed { out, aside, tally }
    }
}

/// How many findings of a rule there are, shown or not.
fn count_of(rule: &str, report: &Report) -> usize {
    let counted = report.rests.iter().filter(|rest| rest.first.rule == rule).map(Rest::count);
    report.findings.iter().filter(|one| one.rule == rule).count() + counted.sum::<usize>()
}

/// A Job with so many fields that its spec does not have.
fn with_unknown_fields(count: usize) -> String {
    let fields: String = (0..count).map(|number| format!("  odd{number}: 1\n")).collect();
    format!("{HEAD}{fields}")
}
