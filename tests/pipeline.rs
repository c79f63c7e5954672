//! What pipelines are told: each format is read back as its reader reads it, and says what JSON says.

mod program;

use program::{FOUND, Folder};
use serde_json::Value;

/// A name with all that some format could stumble over.
const NAME: &str = "a b,c:d;[%]|'é&<.yaml";

/// An error with a fix, one without, a warning and advice; messages that quote what formats could stumble over.
fn folder() -> Folder {
    let odd = FOUND
        .replace("schedule: \"30 4 * * *\"", "schedule: \"61 4 * * *\"")
        .replace("  startingDeadlineSeconds: 0\n", "")
        .replace("name: report\n              image", "name: \"Re|port]'%<&>, :\"\n              image");
    let uneven = FOUND.replace("30 4 * * *", "*/45 * * * *").replace("  startingDeadlineSeconds: 0\n", "");
    let old = FOUND.replace("batch/v1", "batch/v1beta1").replace("startingDeadlineSeconds: 0", "suspend: yes");
    repository("pipeline").file(NAME, &odd).file("jobs/old.yaml", &old).file("uneven.yaml", &uneven)
}

/// A folder that paths are named from.
fn repository(name: &str) -> Folder {
    Folder::new(name).file(".git/HEAD", "ref: refs/heads/main\n")
}

/// What a format says of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    file: String,
    line: u64,
    column: u64,
    rule: String,
    severity: String,
    text: String,
}

impl Said {
    fn new(file: &str, at: (u64, u64), rule: &str, severity: &str, text: &str) -> Self {
        let [file, rule, severity, text] = [file, rule, severity, text].map(str::to_owned);
        Self { file, line: at.0, column: at.1, rule, severity, text }
    }
}

fn printed(format: &str) -> String {
    let run = folder().run(["check", "--pedantic", "--format", format, "."]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(!run.out.contains(['\u{1b}', '\r']), "{}", run.out);
    run.out
}

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn string<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

/// What `--format json` says, which every other format has to say as well.
fn expected() -> Vec<Said> {
    let json = object(&printed("json"));
    let findings = json["findings"].as_array().expect("a list");
    let said = findings.iter().map(|finding| {
        let fix = finding.pointer("/fixes/0/title").and_then(Value::as_str);
        let help = finding["help"].as_str().or(fix).map_or(String::new(), |help| format!("\nhelp: {help}"));
        Said::new(
            string(finding, "/file"),
            (number(finding, "/range/start/line"), number(finding, "/range/start/column")),
            string(finding, "/rule"),
            string(finding, "/severity"),
            &format!("{}{help}", string(finding, "/message")),
        )
    });
    let said: Vec<Said> = said.collect();
    for severity in ["error", "warning", "advice"] {
        assert!(said.iter().any(|said| said.severity == severity), "no {severity}: the test has no use");
    }
    assert!(said.iter().any(|said| said.text.contains('|') && said.file.contains('%')), "nothing is awkward");
    said
}

fn same(mut said: Vec<Said>, mut expected: Vec<Said>) {
    said.sort();
    expected.sort();
    for (said, expected) in said.iter().zip(&expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len());
}

/// The first of each pair is written as the second.
fn unescaped(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut result = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let pair = pairs.iter().find(|(_, written)| rest.starts_with(written));
        let (plain, length) = match pair {
            Some((plain, written)) => (*plain, written.len()),
            None => {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                (&rest[..length], length)
            }
        };
        result.push_str(plain);
        rest = &rest[length..];
    }
    result
}

/// `a=1,b=2` as the runners read it.
fn property<'t>(properties: &'t str, separator: char, name: &str) -> &'t str {
    let mut pairs = properties.split(separator).filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name} in {properties}")).1
}

const GITHUB: [(&str, &str); 5] = [(":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")];

fn by_github(text: &str) -> Vec<Said> {
    let said = text.lines().map(|line| {
        let (kind, rest) = line.strip_prefix("::").and_then(|rest| rest.split_once(' ')).expect("a command");
        let (properties, message) = rest.split_once("::").expect("a message");
        let value = |name: &str| unescaped(property(properties, ',', name), &GITHUB);
        let severity = if kind == "notice" { "advice" } else { kind };
        let at = ["line", "col"].map(|name| value(name).parse().expect("a number"));
        Said::new(&value("file"), at.into(), &value("title"), severity, &unescaped(message, &GITHUB[2..]))
    });
    said.collect()
}

#[test]
fn github_is_told_all_in_its_commands_the_worst_first() {
    let said = by_github(&printed("github"));
    let rank = |said: &Said| ["error", "warning", "advice"].iter().position(|name| *name == said.severity);
    assert!(said.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])));
    same(said, expected());
}

#[test]
fn of_more_than_github_shows_the_last_notice_counts_the_rest() {
    let mut folder = repository("github");
    for number in 0..13 {
        folder = folder.file(&format!("{number:02}.yaml"), &FOUND.replace("report", &format!("report-{number}")));
    }
    let run = folder.run(["check", "--format", "github", "."]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 11, "{}", run.out);
    assert!(lines[..10].iter().all(|line| line.starts_with("::error file=0")), "{}", run.out);
    assert!(lines[10].starts_with("::notice title=batchlint::and 3 errors more"), "{}", run.out);
}

#[test]
fn azure_is_told_all_in_its_commands() {
    const WRITTEN: [(&str, &str); 5] = [("]", "%5D"), (";", "%3B"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%AZP25")];
    let said = printed("azure");
    let said = said.lines().map(|line| {
        let rest = line.strip_prefix("##vso[task.logissue ").expect("a command");
        let (properties, message) = rest.split_once(']').expect("a message");
        let value = |name: &str| unescaped(property(properties, ';', name), &WRITTEN);
        let at = ["linenumber", "columnnumber"].map(|name| value(name).parse().expect("a number"));
        Said::new(&value("sourcepath"), at.into(), &value("code"), &value("type"), &unescaped(message, &WRITTEN[2..]))
    });
    // It knows no advice.
    let expected = expected().into_iter().map(|said| match said.severity.as_str() {
        "advice" => Said { severity: "warning".to_owned(), ..said },
        _ => said,
    });
    same(said.collect(), expected.collect());
}

#[test]
fn teamcity_knows_each_kind_before_the_first_of_it() {
    const WRITTEN: [(&str, &str); 6] = [("'", "|'"), ("[", "|["), ("]", "|]"), ("\n", "|n"), ("\r", "|r"), ("|", "||")];
    // A value ends at the first quote that no bar precedes.
    let value = |line: &str, name: &str| {
        let rest = line.split_once(&format!(" {name}='")).unwrap_or_else(|| panic!("no {name} in {line}")).1;
        let mut end = 0;
        while !rest[end..].starts_with('\'') {
            end += if rest[end..].starts_with('|') { 1 } else { 0 };
            end += rest[end..].chars().next().expect("a quote follows").len_utf8();
        }
        unescaped(&rest[..end], &WRITTEN)
    };
    let text = printed("teamcity");
    let (mut known, mut said) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.starts_with("##teamcity[inspectionType ") {
            known.push(value(line, "id"));
            assert!(!value(line, "description").is_empty() && !value(line, "category").is_empty());
            continue;
        }
        assert!(line.starts_with("##teamcity[inspection ") && line.ends_with("']"), "{line}");
        let rule = value(line, "typeId");
        assert!(known.contains(&rule), "{rule} was not told of");
        let severity = value(line, "SEVERITY").replace("INFO", "ADVICE").to_lowercase();
        let at = (value(line, "line").parse().expect("a number"), 0);
        said.push(Said::new(&value(line, "file"), at, &rule, &severity, &value(line, "message")));
    }
    same(said, expected().into_iter().map(|said| Said { column: 0, ..said }).collect());
}

#[test]
fn gitlab_reads_a_report_with_a_fingerprint_of_its_own_for_each() {
    let report = object(&printed("gitlab"));
    let issues = report.as_array().expect("a list");
    let mut fingerprints: Vec<&str> = issues.iter().map(|issue| string(issue, "/fingerprint")).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), issues.len());
    let said = issues.iter().map(|issue| {
        let severity = match string(issue, "/severity") {
            "critical" => "error",
            "major" => "warning",
            "minor" => "advice",
            other => panic!("GitLab knows it, we do not: {other}"),
        };
        let begin = "/location/positions/begin";
        let at = (number(issue, &format!("{begin}/line")), number(issue, &format!("{begin}/column")));
        let (path, rule) = (string(issue, "/location/path"), string(issue, "/check_name"));
        Said::new(path, at, rule, severity, string(issue, "/description"))
    });
    same(said.collect(), expected());
}

#[test]
fn a_moved_finding_keeps_its_fingerprint_in_every_format_that_has_one() {
    let known = |text: &str| {
        let folder = repository("moved").file("report.yaml", text);
        let [gitlab, sarif] =
            ["gitlab", "sarif"].map(|format| object(&folder.run(["check", "--format", format, "."]).out));
        let sarif = sarif.pointer("/runs/0/results/0/partialFingerprints").expect("fingerprints").clone();
        (gitlab[0]["fingerprint"].clone(), sarif)
    };
    assert_eq!(known(FOUND), known(&format!("# one more line\n{FOUND}")));
    assert_ne!(known(FOUND), known(&FOUND.replace("name: report", "name: other")));
}

fn rdjson(diagnostic: &Value) -> Said {
    let severity = string(diagnostic, "/severity").replace("INFO", "ADVICE").to_lowercase();
    let start = "/location/range/start";
    let at = (number(diagnostic, &format!("{start}/line")), number(diagnostic, &format!("{start}/column")));
    let (path, rule) = (string(diagnostic, "/location/path"), string(diagnostic, "/code/value"));
    Said::new(path, at, rule, &severity, string(diagnostic, "/message"))
}

#[test]
fn reviewdog_reads_one_object_or_one_a_line() {
    let whole = object(&printed("rdjson"));
    assert_eq!(string(&whole, "/source/name"), "batchlint");
    let whole: Vec<Said> = whole["diagnostics"].as_array().expect("a list").iter().map(rdjson).collect();
    same(whole.clone(), expected());
    assert_eq!(printed("rdjsonl").lines().map(|line| rdjson(&object(line))).collect::<Vec<_>>(), whole);
}

#[test]
fn reviewdog_counts_bytes_and_is_offered_only_whole_fixes() {
    let text = FOUND.replace("  startingDeadlineSeconds: 0", "  \"é😀\": 1\n  suspend: \"true\"");
    let folder = repository("rdjson").file("report.yaml", &text);
    let run = folder.run(["check", "--format", "rdjsonl", "."]);
    let diagnostic = run.out.lines().map(object).find(|found| string(found, "/code/value") == "wrong-type");
    let diagnostic = diagnostic.unwrap_or_else(|| panic!("{}", run.out));
    assert_eq!(number(&diagnostic, "/location/range/start/column"), 12);
    assert_eq!(string(&diagnostic, "/suggestions/0/text"), "true");
    let unknown = run.out.lines().map(object).find(|found| string(found, "/message").contains('é'));
    let range = unknown.expect("the field is unknown")["location"]["range"].clone();
    assert_eq!((number(&range, "/start/column"), number(&range, "/end/column")), (3, 11));
}

#[test]
fn sarif_says_where_what_and_how_to_mend_it() {
    let log = object(&printed("sarif"));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run.pointer("/tool/driver/rules").and_then(Value::as_array).expect("rules");
    let rules: Vec<&str> = rules.iter().map(|rule| string(rule, "/id")).collect();
    let results = run["results"].as_array().expect("results");
    let said = results.iter().map(|result| {
        let place = "/locations/0/physicalLocation";
        let uri = string(result, &format!("{place}/artifactLocation/uri"));
        assert_eq!(string(result, &format!("{place}/artifactLocation/uriBaseId")), "%SRCROOT%");
        let rule = string(result, "/ruleId");
        assert!(rules.contains(&rule), "{rule} is not described");
        let severity = string(result, "/level").replace("note", "advice");
        let at = ["startLine", "startColumn"].map(|name| number(result, &format!("{place}/region/{name}")));
        Said::new(&decoded(uri), at.into(), rule, &severity, string(result, "/message/text"))
    });
    same(said.collect(), expected());
    let fix = results.iter().find_map(|result| result.pointer("/fixes/0")).expect("one has a fix");
    assert_eq!(string(fix, "/artifactChanges/0/replacements/0/insertedContent/text"), "batch/v1");
}

/// A percent-encoded reference.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, tail @ ..] = rest {
        let byte =
            if *first == b'%' { u8::from_str_radix(&String::from_utf8_lossy(&tail[..2]), 16).ok() } else { None };
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn checkstyle_is_xml_that_says_the_same() {
    let text = printed("checkstyle");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let mut said = Vec::new();
    for error in document.descendants().filter(|node| node.has_tag_name("error")) {
        let value = |name: &str| error.attribute(name).unwrap_or_else(|| panic!("no {name}"));
        let file = error.parent().and_then(|file| file.attribute("name")).expect("the file's name");
        let at = ["line", "column"].map(|name| value(name).parse().expect("a number"));
        let (rule, severity) = (value("source").trim_start_matches("batchlint."), value("severity"));
        said.push(Said::new(file, at.into(), rule, &severity.replace("info", "advice"), value("message")));
    }
    same(said, expected());
}

#[test]
fn junit_counts_what_it_lists_and_only_what_fails_is_a_failure() {
    let folder = folder().file("good.yaml", &FOUND.replace("  startingDeadlineSeconds: 0\n", ""));
    let run = folder.run(["check", "--pedantic", "--format", "junit", ".", "none.yaml"]);
    let document = roxmltree::Document::parse(&run.out).expect("XML");
    let all = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
    let root = document.root_element();
    assert_eq!(root.attribute("tests"), Some(all("testcase").as_str()));
    assert_eq!(root.attribute("failures"), Some(all("failure").as_str()));
    assert_eq!((root.attribute("errors"), all("error").as_str()), (Some("1"), "1"));
    for suite in root.children().filter(roxmltree::Node::is_element) {
        let all = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")] {
            assert_eq!(suite.attribute(attribute), Some(all(tag).as_str()), "{attribute}");
        }
    }
    let advice = expected().iter().filter(|said| said.severity == "advice").count();
    assert!(all("skipped").parse::<usize>().expect("a number") >= advice && advice > 0);
}

#[test]
fn each_format_looks_like_this() {
    for format in ["markdown", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "azure", "teamcity"] {
        let folder = repository("looks").file("jobs/report.yaml", FOUND);
        let run = folder.run(["check", "--format", format, "jobs"]);
        insta::assert_snapshot!(format, run.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

#[test]
fn formats_go_into_files_beside_what_people_see() {
    let folder = folder();
    let alone = folder.run(["check", "."]);
    let run = folder.run([
        "check",
        "--format",
        "full",
        "--format",
        "sarif=.git/out.sarif",
        "--format=json=.git/out.json",
        ".",
    ]);
    assert_eq!((run.status, &run.out), (1, &alone.out));
    let file = |name: &str| read(&folder, name);
    assert_eq!(file(".git/out.json"), folder.run(["check", "--format", "json", "."]).out);
    assert_eq!(file(".git/out.sarif"), folder.run(["check", "--format", "sarif", "."]).out);
    let run = folder.run(["check", "--format", "json", "--output", ".git/out.json", "."]);
    assert_eq!(
        (run.status, run.out.as_str(), file(".git/out.json")),
        (1, "", folder.run(["check", "--format", "json", "."]).out)
    );
    assert_eq!(hidden(&folder), 0, "nothing else is left");
}

#[expect(clippy::disallowed_methods, reason = "the program writes the file")]
fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path.join(name)).expect("it was written")
}

#[expect(clippy::disallowed_methods, reason = "the program writes beside the file")]
fn hidden(folder: &Folder) -> usize {
    let entries = std::fs::read_dir(folder.path.join(".git")).expect("a folder");
    let is_hidden = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with(".batchlint");
    entries.filter_map(Result::ok).filter(is_hidden).count()
}

#[test]
fn formats_that_do_not_go_together_are_refused_with_the_way_out() {
    let folder = folder();
    for (args, why) in [
        (&["--format", "json", "--format", "sarif"][..], "give the others a file, `--format sarif=FILE`"),
        (&["--format", "json=a", "--format", "sarif=a"], "a cannot hold two formats"),
        (&["--format", "json=a", "--output", "b"], "leave one of them out"),
        (&["--format", "sarif", "--statistics"], "sarif has no place for it"),
        (&["--format", "jason"], "possible values"),
        (&["--format", "json=none/out.json"], "none/out.json"),
        (&["--format", "json=a", "--format", "sarif=./a"], "./a cannot hold two formats"),
        (&["--format", "json="], "`--format json=` names no file"),
        (&["--format", "json=uneven.yaml"], "uneven.yaml is to be checked"),
        (&["--diff", "--output", "a"], "a stays empty"),
        (&["--write-baseline", "a", "--format", "json=./a"], "a is the baseline"),
    ] {
        let run = folder.run([&["check"], args, &["."]].concat());
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.replace("\n", " ").contains(why), "{args:?}: {}", run.err);
    }
    // Who says it twice means it once.
    let run = |args: &[&str]| folder.run([&["check"], args, &["."]].concat()).out;
    assert_eq!(run(&["--format", "json", "--format", "json"]), run(&["--format", "json"]));
    // Several may stand in one log.
    let run = folder.run(["check", "--format", "concise", "--format", "github", "."]);
    assert!(run.out.contains(": error[") && run.out.contains("::error "), "{}", run.out);
}

#[test]
fn what_was_written_is_not_checked_with_the_manifests_beside_it() {
    let folder = repository("again").file("report.yaml", FOUND);
    for _ in 0..2 {
        let run = folder.run(["check", "--format", "full", "--format", "json=findings.json", "."]);
        assert!(run.out.contains("Checked 1 document in 1 file"), "{}", run.out);
        assert_eq!(object(&read(&folder, "findings.json"))["summary"]["files"], 1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_named() {
    let run = repository("device").file("report.yaml", FOUND).run(["check", "--format", "json=/dev/full", "."]);
    assert_eq!(run.status, 2);
    assert_eq!(run.err, "batchlint: the output cannot be written: /dev/full: no space left on device\n");
}

#[test]
fn when_the_reader_of_the_log_goes_files_and_status_are_as_if_it_had_stayed() {
    let folder = repository("gone").file("report.yaml", &many());
    for args in [&["--format=concise"][..], &["--format=concise", "--format=json=.git/out.json"]] {
        let mut child = folder.command(&[&["check", "-q"], args, &["."]].concat()).spawn().expect("the program starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(1), "{args:?}");
    }
    assert_eq!(object(&read(&folder, ".git/out.json"))["summary"]["errors"], 3600);
}

/// Three documents, each with more findings of a rule than are shown.
fn many() -> String {
    let fields = |value: u32| (0..1200).map(|at| format!("  x{at}: {value}\n")).collect::<String>();
    (0..3)
        .map(|at| {
            FOUND.replace("  startingDeadlineSeconds: 0\n", &fields(at)).replace("report", &format!("r{at}")) + "---\n"
        })
        .collect()
}

#[test]
fn what_stands_for_more_has_a_fingerprint_of_its_own() {
    let run = repository("limit").file("report.yaml", &many()).run(["check", "--format", "gitlab", "."]);
    let report = object(&run.out);
    let issues = report.as_array().expect("a list");
    let mut fingerprints: Vec<&str> = issues.iter().map(|issue| string(issue, "/fingerprint")).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!((issues.len(), fingerprints.len()), (3003, 3003));
}

#[test]
fn what_does_not_count_is_shown_as_the_least_or_marked() {
    let text = FOUND
        .replace("  startingDeadline", "  # batchlint: ignore[starting-deadline-never-met] known\n  startingDeadline");
    let folder = repository("suppressed").file("report.yaml", &text);
    let shown = |format: &str| {
        let run = folder.run(["check", "-q", "--show-suppressed", "--format", format, "."]);
        assert_eq!(run.status, 0, "{}", run.err);
        run.out
    };
    for (format, least) in [
        ("gitlab", "\"severity\":\"minor\""),
        ("checkstyle", "severity=\"info\""),
        ("rdjson", "\"severity\":\"INFO\""),
        ("teamcity", "SEVERITY='INFO'"),
        ("junit", "<skipped "),
        ("sarif", "\"suppressions\":[{"),
    ] {
        let out = shown(format);
        assert!(out.contains(least), "{format}: {out}");
    }
    assert_eq!((shown("github"), shown("azure")), (String::new(), String::new()));
    assert!(shown("teamcity").starts_with("##teamcity[inspectionType id='starting-deadline-never-met'"));
    let rules = object(&shown("sarif")).pointer("/runs/0/tool/driver/rules/0/id").cloned();
    assert_eq!(rules, Some(Value::from("starting-deadline-never-met")));
}

#[test]
fn a_pipeline_is_given_what_it_shows_unless_somebody_asks_otherwise_or_it_is_a_hook() {
    let folder = repository("unasked").file("report.yaml", FOUND);
    let run = |set: &[(&str, &str)], args: &[&str]| {
        let mut command = folder.command(&[&["check"], args, &["."]].concat());
        command.envs(set.iter().copied());
        program::Run::of(command.output())
    };
    let alone = run(&[], &[]);
    let summary = folder.path.join("summary.md");
    let summary = summary.to_str().expect("UTF-8");
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary)];
    let seen = run(&github, &[]);
    assert!(
        seen.out.starts_with(&alone.out) && seen.out.contains("\n::error file=report.yaml,line=7,"),
        "{}",
        seen.out
    );
    run(&github, &[]);
    assert_eq!(read(&folder, "summary.md").matches("### batchlint").count(), 2, "what was there stays");
    // What nobody asked for fails nothing.
    let nowhere = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "/none/such/summary.md")];
    assert_eq!((run(&nowhere, &[]).status, run(&nowhere, &[]).out), (seen.status, seen.out));
    assert!(run(&[("TF_BUILD", "True")], &[]).out.contains("##vso[task.logissue type=error;"));
    assert!(run(&[("TEAMCITY_VERSION", "2026.1")], &[]).out.contains("##teamcity[inspection "));
    for (set, args) in [
        (&[("GITHUB_ACTIONS", "true"), ("PRE_COMMIT", "1")][..], &[][..]),
        (&[("GITHUB_ACTIONS", "true")], &["--format", "full"]),
        (&[("GITHUB_ACTIONS", "true")], &["--statistics"]),
        (&[("GITHUB_ACTIONS", "true")], &["--diff"]),
    ] {
        assert!(!run(set, args).out.contains("::"), "{set:?} {args:?}");
    }
}
