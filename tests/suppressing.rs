//! Findings that are there and do not count: what suppresses them, and what is shown of it.

#![expect(clippy::disallowed_methods, reason = "tests look at the files that were changed")]

mod program;
mod shared;

use std::path::Path;

use batchlint::config::Config;
use batchlint::diagnostic::{Safety, Severity, Suppression, SuppressionKind};
use batchlint::lint::{Report, lint};
use batchlint::mend::ignores::{Unwritten, ignore};
use batchlint::mend::mend;
use batchlint::render::{Format, Look, Printer};
use batchlint::schedule::Instant;
use batchlint::text::{Lines, Source};
use batchlint::yaml::read::kubectl;
use program::{FOUND, Folder};

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);

/// Everything that is found, in two Jobs: `ttl-unset` on lines 5 and 20, and two that the server refuses on 6 and 17.
const JOBS: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: one
spec:
  backoffLimit: -1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: one
          image: registry.example.com/one:1.4.2
---
apiVersion: batch/v1
kind: Job
metadata:
  name: Two
spec:
  backoffLimit: 1
  ttlSecondsAfterFinished: -1
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: two
          image: registry.example.com/two:1.4.2
          command:
            - sh
            - -c
            - |
              echo {{ .Date }}
";

/// The rules that find something, with the lines; those that are suppressed in brackets.
fn told(report: &Report, text: &str) -> Vec<String> {
    let lines = Lines::new(text);
    let mut all: Vec<_> = report.findings.iter().chain(&report.suppressed).collect();
    all.sort_by_key(|finding| (finding.span, finding.rule));
    let told = all.iter().map(|finding| {
        let line = lines.position(finding.span.start).line;
        let told = format!("{line} {}", finding.rule);
        if finding.suppressed.is_some() { format!("({told})") } else { told }
    });
    told.collect()
}

fn checked(text: &str) -> Vec<String> {
    told(&lint(&Source::new("a.yaml", text), &Config::at(NOW)), text)
}

/// The text with something behind a line, counted from 1.
fn beside(text: &str, line: usize, comment: &str) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines
        .map(|(at, own)| if at + 1 == line { format!("{}{comment}\n", own.trim_end()) } else { own.to_owned() })
        .collect()
}

/// The text with a line of its own before another one.
fn above(text: &str, line: usize, comment: &str) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines.map(|(at, own)| if at + 1 == line { format!("{comment}\n{own}") } else { own.to_owned() }).collect()
}

#[test]
fn a_comment_behind_something_is_for_its_line() {
    assert_eq!(
        checked(JOBS),
        ["6 number-out-of-range", "17 name-not-allowed", "20 number-out-of-range", "31 placeholder-never-filled"]
    );
    let text = beside(JOBS, 6, " # batchlint: ignore[number-out-of-range] why");
    assert_eq!(checked(&text)[0], "(6 number-out-of-range)");
    assert_eq!(checked(&text)[2], "20 number-out-of-range");
    for names in ["api", "value-not-allowed", "ttl-unset, api", "number-out-of-range,api"] {
        let text = beside(JOBS, 6, &format!(" # once # batchlint: ignore[{names}]"));
        assert_eq!(checked(&text)[0], "(6 number-out-of-range)", "{names}");
    }
    let other = beside(JOBS, 6, " # batchlint: ignore[schedule] why");
    assert_eq!(checked(&other)[..2], ["6 number-out-of-range", "6 suppression-without-effect"]);
}

#[test]
fn a_comment_beside_a_text_of_several_lines_is_for_all_of_it() {
    let block = beside(JOBS, 30, " # batchlint: ignore[placeholder-never-filled] a program fills it in");
    assert_eq!(checked(&block)[3], "(31 placeholder-never-filled)");
    let quoted =
        JOBS.replace("- |\n              echo {{ .Date }}\n", "- \"echo {{ .Date }}\n                more\"\n");
    let key =
        beside(&JOBS.replace("name: Two", "name: \"T\n    wo\""), 18, " # batchlint: ignore[name-not-allowed] why");
    assert_eq!(checked(&key)[1], "(17 name-not-allowed)");
    let quoted = beside(&quoted, 31, " # batchlint: ignore[placeholder-never-filled] a program fills it in");
    assert_eq!(checked(&quoted)[3], "(30 placeholder-never-filled)");
}

#[test]
fn a_comment_on_a_line_of_its_own_is_for_the_key_or_item_below() {
    let ignore = "# batchlint: ignore[number-out-of-range, placeholder-never-filled, name-not-allowed]";
    for (line, expected) in [
        (6, "(6) 17 20 31"),
        (5, "(6) 17 20 31"),
        (18, "6 17 (20) (31)"),
        (25, "6 17 20 (31)"),
        (30, "6 17 20 (31)"),
        (16, "6 (17) 20 31"),
    ] {
        // However deep it stands, with another comment or an empty line between.
        for comment in [ignore.to_owned(), format!("          {ignore} why\n\n# more")] {
            let text = above(JOBS, line, &comment);
            let lines = comment.lines().count();
            let moved = |told: &String| {
                let number: usize =
                    told.trim_matches('(').split(' ').next().unwrap_or_default().parse().expect("a line");
                let number = if number >= line { number - lines } else { number };
                if told.starts_with('(') { format!("({number})") } else { number.to_string() }
            };
            let found = checked(&text).into_iter().filter(|told| !told.contains("suppression"));
            assert_eq!(found.map(|told| moved(&told)).collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }
    let apart =
        above(&above(JOBS, 20, "# batchlint: ignore[placeholder-never-filled]"), 18, "# batchlint: ignore[api]");
    assert_eq!(
        checked(&apart)[2..],
        ["21 suppression-without-effect", "(22 number-out-of-range)", "33 placeholder-never-filled"]
    );
}

#[test]
fn what_stands_below_may_start_below_its_dash_or_above_on_its_key() {
    let start = JOBS.split("---").next().unwrap_or_default().replace("backoffLimit: -1", "backoffLimit: 1");
    let with = |old: &str, new: &str| start.replacen(old, &new.replace("IGNORE", "# batchlint: ignore[api] why"), 1);
    let container = "        - name: one\n";
    for (old, new) in [
        (container, "        IGNORE\n        -\n          name: O_e\n"),
        (container, "        IGNORE\n        - # the first\n          name: O_e\n"),
        (container, "        -\n          IGNORE\n          name: O_e\n"),
        (container, "        - name:\n            IGNORE\n            O_e\n"),
        (container, "        - ? name\n          IGNORE\n          : O_e\n"),
        ("  name: one\n", "  IGNORE\n  ?\n    name\n  : O_e\n"),
    ] {
        let text = with(old, new);
        let found = checked(&text);
        assert!(found.len() == 1 && found[0].starts_with('('), "{found:?} {text}");
    }
    let never = "      restartPolicy: Never\n";
    let closing = with(never, &format!("{never}      nodeSelector: {{\n        IGNORE\n        }}\n"));
    assert_eq!(checked(&closing), ["11 suppression-without-effect"], "{closing}");
}

#[test]
fn a_comment_for_the_file_may_stand_anywhere_in_it() {
    let ignore = "# batchlint: ignore-file[number-out-of-range, placeholder-never-filled] all of it is generated";
    for line in [1, 13, 14, 25] {
        let found = checked(&above(JOBS, line, ignore));
        assert_eq!(found.iter().filter(|told| told.starts_with('(')).count(), 3, "{found:?}");
        assert_eq!(found.len(), 4, "{found:?}");
    }
}

#[test]
fn what_only_looks_like_a_comment_is_none() {
    for (line, behind) in [
        (6, "#batchlint: ignore[api]"),
        (11, "#batchlint: ignore[api]"),
        (31, "\n              # batchlint: ignore-file[api]"),
        (4, "\n  annotations: {a: \"x # batchlint: ignore-file[api]\"}"),
        (4, "\n  annotations:\n    a: x\n     y#batchlint: ignore-file[api]"),
    ] {
        let found = checked(&beside(JOBS, line, behind));
        assert!(!found.iter().any(|told| told.starts_with('(')), "{behind}: {found:?}");
        assert!(!found.iter().any(|told| told.contains("suppression")), "{behind}: {found:?}");
    }
}

#[test]
fn an_annotation_is_for_its_object() {
    let annotated = |text: &str| {
        JOBS.replace("  name: Two\n", &format!("  name: Two\n  annotations:\n    batchlint.dev/ignore: {text}\n"))
    };
    let expected =
        ["6 number-out-of-range", "(17 name-not-allowed)", "(22 number-out-of-range)", "33 placeholder-never-filled"];
    assert_eq!(checked(&annotated("\"api: generated\"")), expected);
    assert_eq!(checked(&annotated("'name-not-allowed; number-out-of-range: generated'")), expected);
    let lines = annotated("|\n      number-out-of-range, name-not-allowed: generated\n      pod: filled in\n");
    assert_eq!(checked(&lines).iter().filter(|told| told.starts_with('(')).count(), 3);
    let json = r#"{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"Two","annotations":{"batchlint.dev/ignore":"name-not-allowed: so it is"}},"spec":{"backoffLimit":1,"ttlSecondsAfterFinished":60,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"a:1"}]}}}}"#;
    assert_eq!(checked(json), ["(1 name-not-allowed)"]);
}

#[test]
fn an_annotation_of_a_template_is_for_nothing_and_can_be_moved() {
    let annotation = "batchlint.dev/ignore: \"number-out-of-range: so it is\"";
    let of_pods = |more: &str| {
        let metadata = format!("    metadata:\n      annotations:\n        {annotation}\n{more}");
        JOBS.replacen("  template:\n", &format!("  template:\n{metadata}"), 1)
    };
    let text = of_pods("      labels: {a: b}\n");
    let report = lint(&Source::new("a.yaml", text.as_str()), &Config::at(NOW));
    assert_eq!(told(&report, &text)[..2], ["6 number-out-of-range", "10 suppression-without-effect"]);
    let object = report.findings[1].object.as_ref().and_then(|object| object.name.as_deref());
    assert_eq!(object, Some("one"));
    let mended = |text: &str| mend(&Source::new("a.yaml", text), &Config::at(NOW), Safety::Unsafe, None);
    let mended = mended(&text).expect("it is no template").source;
    assert!(mended.text().starts_with(&format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  annotations:\n    {annotation}\n  name: one\n"
    )));
    assert_eq!(checked(mended.text())[0], "(8 number-out-of-range)");
    // What is alone there cannot be moved away.
    assert_eq!(checked(&of_pods(""))[..2], ["6 number-out-of-range", "10 suppression-without-effect"]);
    let cron_job = FOUND
        .replace("  jobTemplate:\n", &format!("  jobTemplate:\n    metadata: {{annotations: {{{annotation}}}}}\n"));
    assert_eq!(checked(&cron_job), ["7 starting-deadline-never-met", "9 suppression-without-effect"]);
}

#[test]
fn comments_behind_the_end_of_a_document_are_comments() {
    let one = JOBS.split("---").next().unwrap_or_default();
    let file = "# batchlint: ignore-file[number-out-of-range] generated";
    for end in ["...\n", "... # the end\n\n", "...\n# more\n"] {
        assert_eq!(checked(&format!("{one}{end}{file}\n")), ["(6 number-out-of-range)"], "{end}");
    }
    let below = "# batchlint: ignore[number-out-of-range] why";
    let text = format!("{one}...\n{below}\n");
    assert_eq!(checked(&text), ["6 number-out-of-range", "14 suppression-without-effect"]);
    let mended = mend(&Source::new("a.yaml", text), &Config::at(NOW), Safety::Safe, None).expect("it is no template");
    assert_eq!(mended.source.text(), format!("{one}...\n"));
    // Behind content that nobody reads nothing is known to be one.
    assert_eq!(checked(&format!("{one}...\na: |\n  {file}\n")), ["6 number-out-of-range", "14 content-ignored"]);
}

#[test]
fn what_is_wrong_with_a_suppression_is_about_its_object() {
    let objects = |text: &str| -> Vec<Option<String>> {
        let report = lint(&Source::new("a.yaml", text), &Config::at(NOW).with_required_reason(true));
        let own = report.findings.iter().filter(|finding| finding.group == "suppression");
        own.map(|finding| finding.object.as_ref().and_then(|object| object.name.clone())).collect()
    };
    for (line, name) in [(1, "one"), (4, "one"), (14, "Two"), (26, "Two")] {
        let above = above(JOBS, line, "# batchlint: ignore[schedule] why");
        for text in [above, beside(JOBS, line, " # batchlint: disable[pod]")] {
            assert_eq!(objects(&text), [Some(name.to_owned())], "{text}");
        }
    }
    assert_eq!(objects(&format!("{JOBS}# batchlint: ignore[pod] why\n")), [Some("Two".to_owned())]);
    assert_eq!(objects(&above(JOBS, 1, "# batchlint: ignore-file[schedule] why")), [None]);
    let item = |name: &str, comment: &str| {
        format!("  - apiVersion: batch/v1\n    kind: Job\n    metadata: {{name: {name}}}{comment}\n")
    };
    let list = |above: &str, beside: &str| {
        format!("kind: List\napiVersion: v1\n{above}items:\n{}{}", item("a", ""), item("b", beside))
    };
    assert_eq!(objects(&list("", " # batchlint: ignore[schedule] why")), [Some("b".to_owned())]);
    assert_eq!(objects(&list("# batchlint: ignore[schedule] why\n", "")), [None]);
}

#[test]
fn what_is_wrong_with_a_suppression_is_said_at_its_place_and_not_suppressed() {
    let messages = |comment: &str| -> Vec<String> {
        let text = beside(JOBS, 9, comment);
        let report = lint(&Source::new("a.yaml", text.as_str()), &Config::at(NOW).with_required_reason(true));
        let own = report.findings.iter().filter(|finding| finding.group == "suppression");
        own.map(|finding| format!("{}: {}", &text[finding.span.range()], finding.message)).collect()
    };
    insta::assert_snapshot!(
        [
            " # batchlint: ignore",
            " # batchlint: ignore[] why",
            " # batchlint: ignore[apis, pod] why",
            " # batchlint: ignore[all] why",
            " # batchlint: ignore[suppression-without-effect] why",
            " # batchlint: ignore[pod]",
            " # batchlint: ignore[pod] TODO: why",
            " # batchlint: ignore[pod, schedule] why # batchlint: ignore[api] why",
            " # batchlint: disable[pod] why",
            " # batchlint: ignored-file[pod] why",
            " # batchlint: see the wiki",
        ]
        .map(|comment| format!(
            "{}\n{}\n",
            comment.trim(),
            messages(comment).iter().map(|one| format!("  {one}\n")).collect::<String>()
        ))
        .concat()
    );
}

#[test]
fn a_suppression_is_without_effect_only_where_all_was_looked_for() {
    let without = |text: &str, config: Config| {
        let report = lint(&Source::new("a.yaml", text), &config);
        report.findings.iter().filter(|finding| finding.rule == "suppression-without-effect").count()
    };
    let config = || Config::at(NOW);
    let selected = |select: &[&str], ignore: &[&str]| config().with_rules(select, ignore).expect("these exist");
    let text = beside(JOBS, 7, " # batchlint: ignore[schedule, ttl-unset] why");
    assert_eq!(without(&text, config()), 1);
    assert_eq!(without(&text, selected(&[], &["schedule-too-often"])), 1);
    assert_eq!(without(&text, selected(&["pod", "suppression"], &[])), 0);
    assert_eq!(without(&text, selected(&[], &["schedule-too-often", "ttl-unset"])), 0);
    // A rule over many files may find something there, and so may any rule in what could not be read.
    assert_eq!(without(&beside(JOBS, 7, " # batchlint: ignore[fleet] why"), config()), 0);
    assert_eq!(
        without(&format!("{}: [", above(JOBS, 18, "# batchlint: ignore[pod]").replace("{{ .Date }}", "")), config()),
        0
    );
    let nothing_below = format!("{JOBS}# batchlint: ignore[pod] why\n");
    assert_eq!(without(&nothing_below, config()), 1);
    // Of two that say the same, the wider one is for nothing.
    let twice = beside(&above(JOBS, 5, "# batchlint: ignore[api] why"), 7, " # batchlint: ignore[api] why");
    assert_eq!(checked(&twice)[..2], ["5 suppression-without-effect", "(7 number-out-of-range)"]);
}

#[test]
fn what_has_no_effect_is_taken_out_and_nothing_else() {
    let fixed = |text: &str| {
        let mended =
            mend(&Source::new("a.yaml", text), &Config::at(NOW), Safety::Safe, None).expect("it is no template");
        mended.source.text().to_owned()
    };
    let annotated = |text: &str| JOBS.replace("  name: Two\n", &format!("  name: Two\n  annotations:\n{text}"));
    let line = |value: &str| format!("    batchlint.dev/ignore: {value}\n");
    for (before, after) in [
        (annotated(&line("'run: why'")), JOBS.to_owned()),
        (annotated(&format!("    a: b\n{}", line("'run: why'"))), annotated("    a: b\n")),
        (annotated(&line("'run: why; api: why'")), annotated(&line("'api: why'"))),
        (annotated(&line("'api: why; run: why'")), annotated(&line("'api: why'"))),
        (annotated(&line("'api, run: why'")), annotated(&line("'api: why'"))),
        (beside(JOBS, 7, " # batchlint: ignore[run] why"), JOBS.to_owned()),
        (beside(JOBS, 7, "  # once # batchlint: ignore[run]"), beside(JOBS, 7, "  # once")),
        (
            beside(JOBS, 6, " # batchlint: ignore[run] a # batchlint: ignore[api] b"),
            beside(JOBS, 6, " # batchlint: ignore[api] b"),
        ),
        (beside(JOBS, 6, " # batchlint: ignore[run, api, pod] a"), beside(JOBS, 6, " # batchlint: ignore[api] a")),
        (above(JOBS, 7, "      # batchlint: ignore[run]  "), JOBS.to_owned()),
        (
            above(JOBS, 7, "  # batchlint: ignore[run]\r\n  # more\r").replace("one\n", "one\r\n"),
            above(JOBS, 7, "  # more\r").replace("one\n", "one\r\n"),
        ),
    ] {
        assert_eq!(fixed(&before), after, "{before}");
    }
}

#[test]
fn what_is_suppressed_is_counted_apart_and_fails_nothing_and_is_not_mended() {
    let text = FOUND.replace("batch/v1\n", "batch/v1beta1 # batchlint: ignore[api-version-removed] an old cluster\n");
    let text = text.replace("startingDeadlineSeconds: 0", "startingDeadlineSeconds: 0 # batchlint: ignore[run] never");
    let folder = Folder::new("suppressed").file("a.yaml", &text);
    let run = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("no findings, 2 suppressed."), "{}", run.out);
    assert_eq!(std::fs::read_to_string(folder.path.join("a.yaml")).expect("it is there"), text);
    let run = folder.run(["check", "--format=concise", "--show-suppressed", "-q"]);
    assert_eq!(run.out.lines().filter(|line| line.contains("(suppressed: ")).count(), 2, "{}", run.out);
    let run = folder.run(["check", "--require-reason", "-q"]);
    assert_eq!(run.out, "");
}

#[test]
fn findings_over_all_files_are_suppressed_at_their_place_and_count_as_an_effect() {
    let job = |name: &str, comment: &str| {
        FOUND
            .replace("Seconds: 0", "Seconds: 300")
            .replace("30 4 * * *\"", &format!("0 4 * * *\"{comment}"))
            .replace("name: report\nspec", &format!("name: {name}\nspec"))
    };
    let folder = |comment: &str| {
        let names = ["a", "b", "c", "d", "e"].into_iter();
        names.fold(Folder::new("fleet"), |folder, name| folder.file(&format!("{name}.yaml"), &job(name, comment)))
    };
    let together = |run: &program::Run| run.out.lines().filter(|line| line.contains("runs-start-together")).count();
    assert_eq!(together(&folder("").run(["check", "--format=concise"])), 1);
    let run = folder(" # batchlint: ignore[runs-start-together] they are small").run(["check", "--format=concise"]);
    assert_eq!(together(&run), 4, "{}", run.out);
    assert!(!run.out.contains("a.yaml"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.contains("suppression-without-effect")), "{}", run.out);
    // Whether it has one is not known of a part of the files.
    let run =
        folder(" # batchlint: ignore[runs-start-together] they are small").run(["check", "--format=concise", "b.yaml"]);
    assert_eq!(run.out, "");
}

#[test]
fn what_is_suppressed_takes_no_room_from_what_is_kept() {
    let labels: String = (1..21).map(|label| format!("    -{label}: a\n")).collect();
    let text = JOBS.replacen("  name: one\n", &format!("  name: one\n  labels: # here\n{labels}"), 1);
    let folder = Folder::new("limits").file("a.yaml", &above(&text, 5, "  # batchlint: ignore[api] many"));
    let run = folder.run(["check", "--format=concise", "--max-findings=3", "--show-suppressed"]);
    assert_eq!(run.out.matches("(suppressed: many)").count(), 3, "{}", run.out);
    assert_eq!(run.out.lines().count(), 3 + 4, "{}", run.out);
    assert!(run.err.contains("20 suppressed"), "{}", run.err);
}

#[test]
fn a_suppression_says_nothing_of_when_a_schedule_runs() {
    let text = FOUND.replace("Seconds: 0", "Seconds: 300");
    let text = text.replace("4 * * *\"", "4 * * *\" # batchlint: ignore[every-minute-of-the-hour] every hour at 7:00");
    let text = text.replace("  schedule", "  # batchlint: ignore[schedule-too-often] every 5 minutes\n  schedule");
    let found = checked(&text);
    assert!(!found.iter().any(|told| told.contains("comment")), "{found:?}");
    let said = text.replace("every 5 minutes", "x\n  # every 5 minutes");
    assert!(checked(&said).iter().any(|told| told.contains("comment-contradicts-schedule")), "{:?}", checked(&said));
}

/// What a format shows of the one finding of [`FOUND`], which a baseline suppresses.
fn shown(format: Format, shows_suppressed: bool) -> String {
    let source = Source::new("a.yaml", FOUND);
    let mut report = lint(&source, &Config::at(NOW));
    report.suppress(|_| Some(Suppression::new(SuppressionKind::External, " known since\nMay ")));
    let mut printer = Printer::new(format, Look { width: 80, color: false, unicode: true });
    printer.manner.shows_suppressed = shows_suppressed;
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut writer = printer.writer();
    let share = printer.share(&source, report, Path::new("a.yaml"));
    writer.add(share, &mut out).expect("a vector takes all");
    assert_eq!((writer.tally().suppressed, writer.tally().at_least(Severity::Advice)), (1, 0));
    writer.finish(&mut out, &mut aside).expect("a vector takes all");
    String::from_utf8([out, aside].concat()).expect("output is UTF-8")
}

#[test]
fn what_is_suppressed_is_counted_and_shown_only_where_that_is_asked_for() {
    for &format in Format::ALL {
        let hidden = shown(format, false);
        assert!(!hidden.contains("no run ever starts"), "{hidden}");
    }
    insta::assert_snapshot!([shown(Format::Full, true), shown(Format::Concise, true)].join("\n"));
    let json: serde_json::Value = serde_json::from_str(&shown(Format::Json, true)).expect("JSON");
    assert_eq!(json["findings"][0]["suppressed"]["kind"], "external");
    assert_eq!(json["findings"][0]["suppressed"]["reason"], "known since\\nMay");
    assert_eq!((&json["summary"]["errors"], &json["summary"]["suppressed"]), (&0.into(), &1.into()));
    assert!(shown(Format::Lsp, true).contains("\"severity\":4"));
}

#[test]
fn the_readme_is_right() {
    let readme = include_str!("../README.md");
    let block =
        readme.split("```yaml\n").find(|block| block.contains("# batchlint: ignore[")).expect("README shows one");
    let text = block.split("```").next().expect("a part comes first");
    let expected = ["(4 name-not-allowed)", "(8 step-uneven)", "(20 placeholder-never-filled)"];
    assert_eq!(checked(text), expected);
}

/// The text with comments for all that is found in it.
fn ignored(text: &str) -> String {
    let source = Source::new("a.yaml", text);
    ignore(&source, &Config::at(NOW), &[]).expect("it can be proved").source.text().to_owned()
}

/// The text without these comments.
fn without_ignores(text: &str) -> String {
    let mut rest = text;
    let mut left = String::new();
    while let Some((at, _)) = rest.match_indices("# batchlint: ignore").find(|(at, _)| is_ours(&rest[*at..])) {
        let end = at + rest[at..].find("TODO: why").expect("it is ours") + "TODO: why".len();
        let before = rest[..at].rsplit('\n').next().unwrap_or_default();
        let is_alone = before.trim_matches(['\u{feff}', ' ', '\t']).is_empty();
        let (start, end) = match is_alone {
            true => {
                (at - before.trim_start_matches('\u{feff}').len(), end + rest[end..].find('\n').map_or(0, |at| at + 1))
            }
            false => (at - 1, end),
        };
        left.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    left + rest
}

fn is_ours(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains("] TODO: why"))
}

#[test]
fn comments_are_written_where_they_are_no_text() {
    let text = JOBS.replace("- |\n", "- >- # a script\n").replace("name: Two", "name: Two # of them  ");
    let text = text.replace("backoffLimit: -1", "{}: -1").replacen("{}", "backoffLimit", 1);
    insta::assert_snapshot!(ignored(&text));
    assert_eq!(without_ignores(&ignored(&text)), text);
    let windows = text.replace('\n', "\r\n");
    assert_eq!(ignored(&windows), ignored(&text).replace('\n', "\r\n"));
    let wide = JOBS.replace("backoffLimit: -1", &format!("\"backoffLimit\": -1 # {}", "wide ".repeat(20)));
    assert!(
        ignored(&wide).contains("\n  # batchlint: ignore[number-out-of-range] TODO: why\n  \"backoffLimit\""),
        "{}",
        ignored(&wide)
    );
    let broken = format!("\u{feff}{JOBS}x: [\n");
    assert!(ignored(&broken).starts_with("\u{feff}# batchlint: ignore-file["), "{}", ignored(&broken));
    // A comment behind what nobody reads would not be read, be it on the same line.
    let objects = ["'apiVersion: batch/v1\nkind: 'Job' # x", "{apiVersion: batch/v1, kind: Job, kind: Job} x"];
    for unread in objects {
        assert!(ignored(unread).starts_with("# batchlint: ignore-file["), "{}", ignored(unread));
    }
    let read = "{apiVersion: batch/v1, kind: Job, kind: Job} # x\n...\nx\n";
    assert!(ignored(read).contains("} # x # batchlint: ignore[missing-field, repeated-key] TODO: why\n...\nx"));
}

#[test]
fn where_no_comment_can_stand_none_is_written_and_it_is_said() {
    // The header of a block may have the block behind it on its line: what ends lines for Kubernetes ends none for editors.
    let hidden = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: A}\nx: |\r  a\n  b\nspec: {}\n";
    let text = ignored(hidden);
    assert!(
        text.starts_with("# batchlint: ignore-file[hidden-line-break, unknown-field] TODO: why\napiVersion"),
        "{text}"
    );
    assert!(text.contains("\nmetadata: {name: A} # batchlint: ignore[name-not-allowed"), "{text}");
    assert_eq!(without_ignores(&text), hidden);
    for end in ["", "\n"] {
        let at_end = format!("kind: Job\napiVersion: batch/v1\nx: |\r  a{end}");
        assert_eq!(without_ignores(&ignored(&at_end)), at_end);
    }
    // A tab before the first word is nothing at the start of a text, and an error behind a line.
    let tab = "\t  {a: b}name: hello\nkind: Job\n";
    let source = Source::new("a.yaml", tab);
    let left = ignore(&source, &Config::at(NOW), &[]).expect("there is nothing to prove");
    assert_eq!((left.source.text(), left.in_json, left.without_head), (tab, 0, 1));
    let folder = Folder::new("no-head").file("a.yaml", tab);
    let run = folder.run(["check", "--add-ignores", "--format=concise"]);
    assert!(
        run.err.contains("a.yaml: 1 finding not suppressed: what cannot be read whole takes comments"),
        "{}",
        run.err
    );
    assert_eq!(run.status, 1);
}

#[test]
fn a_repository_starts_with_a_comment_for_all_that_is_found() {
    let folder = Folder::new("ignores")
        .file("a.yaml", JOBS)
        .file("b.yaml", FOUND)
        .file("c.json", "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"A\"},\"spec\":{}}");
    let names = ["d", "e", "f", "g"].into_iter();
    let folder = names.fold(folder, |folder, name| {
        let text = FOUND.replace("Seconds: 0", "Seconds: 300").replace("30 4 * * *", "0 4 * * *");
        folder.file(&format!("{name}.yaml"), &text.replace("name: report\nspec", &format!("name: {name}\nspec")))
    });
    let read = |name: &str| std::fs::read_to_string(folder.path.join(name)).expect("it is there");
    let diff = folder.run(["check", "--add-ignores", "--diff"]);
    assert_eq!((diff.status, diff.out.matches("+++").count(), read("b.yaml").as_str()), (1, 3, FOUND), "{}", diff.out);
    let run = folder.run(["check", "--add-ignores", "--format=concise"]);
    assert!(run.out.lines().all(|line| line.starts_with("c.json")) && run.status == 1, "{}", run.out);
    assert!(run.err.contains("c.json: 2 findings not suppressed: JSON holds no comments"), "{}", run.err);
    assert!(
        run.err.contains("suppressed 6 findings in 3 files: 2 number-out-of-range, 1 name-not-allowed"),
        "{}",
        run.err
    );
    assert!(
        read("d.yaml").contains("\"0 4 * * *\" # batchlint: ignore[runs-start-together] TODO: why\n"),
        "{}",
        read("d.yaml")
    );
    assert_eq!((without_ignores(&read("a.yaml")).as_str(), without_ignores(&read("b.yaml")).as_str()), (JOBS, FOUND));
    let (before, again) = (read("a.yaml"), folder.run(["check", "--add-ignores", "--format=concise"]));
    assert_eq!((again.out, read("a.yaml")), (run.out, before));
    let reasons = folder.run(["check", "--require-reason", "--format=concise", "b.yaml"]);
    assert!(reasons.out.contains("the reason of this suppression is still to be written"), "{}", reasons.out);
    let stream = folder.run_with(["check", "--add-ignores", "-"], FOUND.as_bytes());
    assert_eq!((stream.status, stream.out), (0, read("b.yaml")));
}

#[test]
fn real_manifests_are_suppressed_as_a_whole_and_read_as_before() {
    let Some(folder) = shared::find("wild/plain") else { return };
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.file_type().is_file()).step_by(5);
    let mut count = 0;
    for file in files {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let name = file.path().display();
        let source = Source::new("a.yaml", text.as_str());
        let ignored = match ignore(&source, &Config::at(NOW), &[]) {
            Err(Unwritten::Template { .. }) if text.contains("{{") => continue,
            ignored => ignored.unwrap_or_else(|error| panic!("{name}: {error}")),
        };
        let new = ignored.source.text();
        let left = lint(&ignored.source, &Config::at(NOW)).findings;
        assert_eq!(left.len(), ignored.in_json + ignored.without_head, "{name}: {left:#?}\n{new}");
        assert_eq!(without_ignores(new), text, "{name}");
        assert_eq!(
            kubectl(new.as_bytes()).into_iter().flatten().collect::<Vec<_>>(),
            kubectl(text.as_bytes()).into_iter().flatten().collect::<Vec<_>>(),
            "{name}"
        );
        count += ignored.rules.values().sum::<usize>();
    }
    assert!(count > 100, "{count}");
}
