//! Configuration files: which one holds for what, and what is said of those that are wrong.

mod program;

use std::fmt::Write as _;

use program::{FOUND, Folder};
use serde_json::{Value, json};

/// What checks here are asked for: the files and lines of findings alone.
const CHECK: [&str; 4] = ["check", "--format=concise", "-q", "."];

/// One finding: the rule `starting-deadline-never-met`.
fn lines(folder: &Folder, more: &[&str]) -> Vec<String> {
    let run = folder.run([&CHECK[..], more].concat());
    assert_eq!(run.err, "", "{}", run.out);
    run.out.lines().map(|line| line.split(" with").next().unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_nearest_file_above_holds_up_to_the_root_of_the_repository() {
    let folder = Folder::new("nearest")
        .file("batchlint.toml", "ignore = ['run']\n")
        .file("a.yaml", FOUND)
        .file("sub/.batchlint.toml", "[severity]\nstarting-deadline-never-met = 'advice'\n")
        .file("sub/deep/b.yaml", FOUND)
        .file("repository/.git/HEAD", "")
        .file("repository/c.yaml", FOUND);
    let expected = [
        "repository/c.yaml:7:28: error[starting-deadline-never-met]",
        "sub/deep/b.yaml:7:28: advice[starting-deadline-never-met]",
    ];
    assert_eq!(lines(&folder, &[]), expected);
    assert_eq!(lines(&folder, &["--isolated"]).len(), 3);
    assert_eq!(lines(&folder, &["--config=sub/.batchlint.toml"]).len(), 3);
}

#[test]
fn a_base_lies_below_what_extends_it_and_the_command_line_above() {
    let folder = Folder::new("extended")
        .file("base.toml", "select = ['run']\n[severity]\nrun = 'advice'\n")
        .file("batchlint.toml", "extend = 'base.toml'\npedantic = true\n[severity]\nrun = 'warning'\n")
        .file("a.yaml", FOUND);
    let found = lines(&folder, &[]);
    assert!(found.iter().any(|line| line.contains("warning[starting-deadline-never-met]")), "{found:?}");
    assert!(found.len() > 1 && found.iter().all(|line| line.contains("warning[")), "{found:?}");
    assert_eq!(lines(&folder, &["--select=starting-deadline-never-met"]).len(), 1);
    assert_eq!(lines(&folder, &["--ignore=run"]), [""; 0]);
}

#[test]
fn some_files_may_be_of_another_cluster_and_others_are_left_out() {
    let new =
        FOUND.replace("    spec:\n      template", "    spec:\n      podReplacementPolicy: Failed\n      template");
    let folder = Folder::new("paths")
        .file(
            "batchlint.toml",
            "exclude = ['vendor/']\n[[overrides]]\npaths = ['old/**']\nkubernetes-version = '1.25'\n",
        )
        .file("old/a.yaml", &new)
        .file("new/a.yaml", &new)
        .file("vendor/a.yaml", FOUND);
    let unknown = lines(&folder, &["--select=unknown-field"]);
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].starts_with("old/a.yaml:10:7: error[unknown-field]"), "{unknown:?}");
    // Who names a file wants it checked, whatever else was named before.
    assert_eq!(folder.run(["check", "-q", "--select=run", "--ignore=pod", ".", "vendor/a.yaml"]).status, 1);
    let named = |more: &[&str]| folder.run([&["check", "-q", "vendor/a.yaml"][..], more].concat()).status;
    assert_eq!((named(&[]), named(&["--force-exclude"])), (1, 0));
    assert_eq!(lines(&folder, &["--select=run", "--exclude=old", "--exclude=new"]), [""; 0]);
}

#[test]
fn what_a_base_leaves_out_or_takes_in_is_taken_back_by_what_is_stronger() {
    let folder = Folder::new("taken-back")
        .file("batchlint.toml", "exclude = ['old/']\ninclude = ['*.tmpl']\n")
        .file("old/a.yaml", FOUND)
        .file("sub/batchlint.toml", "extend = '../batchlint.toml'\nexclude = ['!old/a.yaml']\ninclude = ['!b.tmpl']\n")
        .file("sub/old/a.yaml", FOUND)
        .file("sub/old/b.yaml", FOUND)
        .file("sub/b.tmpl", FOUND)
        .file("sub/c.tmpl", FOUND);
    let files = |more: &[&str]| -> Vec<String> {
        lines(&folder, more).iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    };
    assert_eq!(files(&[]), ["sub/c.tmpl", "sub/old/a.yaml"]);
    assert_eq!(files(&["--exclude=!/old/"]), ["old/a.yaml", "sub/c.tmpl", "sub/old/a.yaml"]);
}

#[test]
fn standard_input_obeys_the_file_beside_its_name() {
    let folder = Folder::new("stream").file("sub/batchlint.toml", "ignore = ['run']\n");
    let run = |name: &str| folder.run_with(["check", "-q", "-", name], FOUND.as_bytes()).status;
    assert_eq!((run("--stdin-filename=sub/a.yaml"), run("--stdin-filename=a.yaml")), (0, 1));
}

#[test]
fn what_holds_for_a_file_is_shown_with_its_origin() {
    let folder = Folder::new("shown")
        .file("base.toml", "ignore = ['ttl-unset']\n")
        .file(
            "batchlint.toml",
            "extend = 'base.toml'\npedantic = true\nbaseline = 'known.json'\nkubernetes-version = '1.30'\n\n\
             [[overrides]]\npaths = ['old/']\nignore = ['pod']\nkubernetes-version = '1.28'\n",
        )
        .file("old/a.yaml", FOUND);
    insta::assert_snapshot!(folder.run(["config", "show", "old/a.yaml"]).out);
    let run = folder.run(["config", "show", "odl"]);
    assert_eq!((run.status, run.err.as_str()), (2, "batchlint: odl: no such file or folder\n"));
}

/// A wrong file, and no word of what it might have meant: the run stops.
#[test]
fn a_wrong_configuration_stops_the_run_at_its_place() {
    let wrong = [
        "selct = ['run']",
        "select = 'run'",
        "select = [1]",
        "select = ['runs']",
        "select = [",
        "ignore = ['ttl-unse', 'schedule-sintax']",
        "ignore = { run = true }",
        "select = []",
        "baseline = ''",
        "baseline = 'nowhere.json'",
        "extend = ''",
        "min-severity = 'eror'",
        "min-severity = 'high'",
        "controller-time-zone = 'Europe/Berln'",
        "pedantic = 'yes'",
        "pedantic = 1",
        "kubernetes-version = 1.31",
        "kubernetes-version = '31'",
        "kubernetes-version = '1.2'",
        "kubernetes-version = '1.99'",
        "[severity]\nrun = 'fatal'",
        "[severity]\nrun = 'Warning'",
        "[severity]\nrunn = 'error'",
        "severity = 'error'",
        "[severity]\nrun = true",
        "exclude = 'vendor'",
        "exclude = ['[z-a]']",
        "exclude = ['{a']",
        "exclude = ['/']",
        "exclude = ['./sub']",
        "exclude = ['!a.yaml', 'a.yaml']",
        "include = ['!a.tmpl']",
        "[[overrides]]\npaths = ['!old/', '!new/']",
        "[[overrides]]\npaths = ['../other/a.yaml']",
        "extend = 'nowhere.toml'",
        "extend = 'batchlint.toml'",
        "extend = ['a.toml']",
        "overrides = 'a'",
        "[overrides]\npaths = ['a']",
        "[[overrides]]\nselect = ['run']",
        "[[overrides]]\npaths = ['a']\nexclude = ['b']",
        "[[overrides]]\npaths = 'a'",
        "[[overrides]]\npaths = []",
        "[[overrides]]\npaths = ['a']\nextend = 'b'",
        "select = ['run']\nselect = ['pod']",
        "a b",
        "\u{feff}select = ['run'] x",
    ];
    let mut told = String::new();
    for text in wrong {
        let folder = Folder::new("wrong").file("batchlint.toml", &format!("{text}\n")).file("a.yaml", FOUND);
        let run = folder.run(["check"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{text}");
        let _ = writeln!(told, "{text}\n    {}", run.err.trim_end().replace('\n', "\n    "));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn two_files_in_one_folder_and_a_base_that_is_wrong_stop_it_too() {
    let folder = Folder::new("both").file("batchlint.toml", "").file(".batchlint.toml", "").file("a.yaml", FOUND);
    let run = folder.run(["check"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("batchlint.toml: stands beside a .batchlint.toml; keep one of them"), "{}", run.err);
    let folder = Folder::new("base").file("base.toml", "selct = []\n").file("batchlint.toml", "extend = 'base.toml'\n");
    let run = folder.run(["check"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("base.toml:1:1: no key is named `selct`"), "{}", run.err);
    assert_eq!(folder.run(["check", "--config=nowhere.toml"]).status, 2);
    let folder = Folder::new("no-file").file("batchlint.toml/a", "").file("a.yaml", FOUND);
    let run = folder.run(["check"]);
    assert_eq!((run.status, run.err.as_str()), (2, "batchlint: batchlint.toml: no file\n"));
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&Folder::new("schema").run(["config", "schema"]).out).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let right = json!({
        "extend": "../batchlint.toml", "select": ["run", "unknown-field"], "ignore": ["ttl-unset"], "pedantic": true,
        "kubernetes-version": "1.31", "exclude": ["vendor/"], "severity": {"runs-pile-up": "error", "all": "warning"},
        "overrides": [{"paths": ["old/"], "kubernetes-version": "1.28", "select": ["all"]}],
    });
    assert!(validator.is_valid(&right));
    for wrong in [
        json!({"selct": []}),
        json!({"select": ["runs"]}),
        json!({"pedantic": "yes"}),
        json!({"kubernetes-version": "31"}),
        json!({"select": []}),
        json!({"baseline": ""}),
        json!({"severity": {"run": "fatal"}}),
        json!({"overrides": [{"select": ["run"]}]}),
        json!({"overrides": [{"paths": ["a"], "exclude": ["b"]}]}),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn the_readmes_example_is_right() {
    let readme = include_str!("../README.md");
    let blocks = readme.split("```toml\n").skip(1).filter_map(|block| block.split("```").next());
    let example = blocks.into_iter().find(|block| block.contains("[[overrides]]")).expect("README shows one");
    let folder = Folder::new("readme").file("batchlint.toml", "").file("sub/batchlint.toml", example);
    let folder = folder.file("sub/a.yaml", FOUND).file("sub/environments/prod.yaml", "image: {}\n");
    let run = folder.run(["check", "-q", "--format=concise"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
}

#[test]
fn files_of_other_endings_are_looked_at_in_folders_where_a_file_includes_them() {
    let folder = Folder::new("include")
        .file("batchlint.toml", "include = ['*.yaml.tmpl', 'jobs/*.j2']\nexclude = ['jobs/no.j2']\n")
        .file("a.yaml.tmpl", FOUND)
        .file("b.j2", FOUND)
        .file("jobs/c.j2", FOUND)
        .file("jobs/no.j2", FOUND)
        .file("sub/.batchlint.toml", "[[overrides]]\npaths = ['*']\nignore = ['run']\n")
        .file("sub/d.yaml.tmpl", FOUND);
    let names = |args: &[&str]| {
        let run = folder.run([&["check", "--format=concise", "-q"], args].concat());
        let mut names: Vec<String> =
            run.out.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names(&[]), ["a.yaml.tmpl", "jobs/c.j2"]);
    assert_eq!(names(&["--isolated"]), [""; 0]);
    assert_eq!(names(&["b.j2"]), ["b.j2"]);
    let listed = folder.run(["runs", "--from=2026-11-21", "--format=json"]).out;
    let listed: Value = serde_json::from_str(&listed).expect("one object");
    assert_eq!(listed["cronJobs"].as_array().map(Vec::len), Some(2), "{listed}");
    // A file that is wrong stops the run, whatever it was read for.
    let wrong = Folder::new("include-wrong")
        .file("a.yaml", FOUND)
        .file("sub/batchlint.toml", "includ = []\n")
        .file("sub/b.txt", "");
    let run = wrong.run(["check", "."]);
    assert_eq!(run.status, 2);
    assert!(
        run.err.contains("sub/batchlint.toml:1:1: no key is named `includ`; did you mean `include`?"),
        "{}",
        run.err
    );
}

/// A CronJob with an hour at which clocks change in Berlin, whose comment names the zone.
fn at_night(comment: &str) -> String {
    let schedule = format!("\"30 2 * * *\"{comment}");
    FOUND.replace("\"30 4 * * *\"", &schedule).replace("  startingDeadlineSeconds: 0\n", "")
}

#[test]
fn schedules_without_a_zone_run_by_that_of_the_controller() {
    let folder = Folder::new("controller")
        .file("batchlint.toml", "[[overrides]]\npaths = ['eu/']\ncontroller-time-zone = 'Europe/Berlin'\n")
        .file("eu/a.yaml", &at_night(""))
        .file("us/a.yaml", &at_night(""))
        .file("eu/set.yaml", &at_night("\n  timeZone: Asia/Tokyo"));
    let found =
        |args: &[&str]| folder.run([&["check", "--format=concise", "-q", "--select=schedule"], args].concat()).out;
    let of_config = found(&[]);
    assert!(of_config.contains("eu/a.yaml:6:17: warning[clock-change] "), "{of_config}");
    assert!(of_config.contains("in the controller's zone, Europe/Berlin by configuration"), "{of_config}");
    assert!(
        of_config
            .contains("us/a.yaml:6:17: advice[time-zone-unset] the hour is that of the controller's clock, mostly UTC")
    );
    assert_eq!(of_config.matches("clock-change").count(), 1, "{of_config}");
    assert!(!of_config.contains("set.yaml"), "{of_config}");
    assert_eq!(found(&["--controller-time-zone=Europe/Berlin"]).matches("clock-change").count(), 2);
    assert_eq!(folder.run(["check", "--controller-time-zone=Europe/Berln"]).status, 2);
    let show = folder.run(["config", "show", "eu/a.yaml"]).out;
    assert!(show.contains("controller-time-zone = \"Europe/Berlin\"  # batchlint.toml:3"), "{show}");
    let text = folder.run(["runs", "--from=2026-11-21T00:00:00Z", "--by=cronjob"]).out;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the controller's own zone: Europe/Berlin by configuration, UTC is assumed."), "{text}");
    let runs: Value =
        serde_json::from_str(&folder.run(["runs", "--from=2026-11-21T00:00:00Z", "--format=json"]).out).expect("JSON");
    let zones: Vec<&Value> =
        runs["cronJobs"].as_array().into_iter().flatten().map(|one| &one["controllerTimeZone"]).collect();
    assert_eq!(zones, [&json!("Europe/Berlin"), &Value::Null, &Value::Null]);
    assert_eq!(runs["cronJobs"][0]["runs"][0]["utc"], json!("2026-11-21T01:30:00Z"));
}

#[test]
fn what_is_said_beside_a_schedule_is_compared_with_the_controllers_clock() {
    let found = |comment: &str, zone: &str| {
        let folder = Folder::new("controller-said").file("a.yaml", &at_night(comment));
        let zone = format!("--controller-time-zone={zone}");
        folder
            .run([
                "check",
                "--format=concise",
                "-q",
                "--select=schedule",
                "--ignore=clock-change,time-zone-unset",
                &zone,
            ])
            .out
    };
    assert_eq!(found(" # 02:30 Berlin time", "Europe/Berlin"), "");
    let wrong = found(" # 02:30 Berlin time", "Asia/Tokyo");
    assert!(wrong.contains("warning[comment-contradicts-schedule]") && wrong.contains("Asia/Tokyo"), "{wrong}");
}

#[test]
fn one_schedule_is_explained_in_the_controllers_zone() {
    let folder = Folder::new("controller-schedule");
    let args = ["schedule", "30 2 * * 0", "--controller-time-zone=Europe/Berlin", "--from=2026-11-21", "-n1"];
    let text = folder.run(args).out;
    assert!(
        text.starts_with("at 02:30 on Sunday, Europe/Berlin\n  without timeZone, in the controller's zone"),
        "{text}"
    );
    assert!(text.contains("01:30") && text.contains("does not exist: no run"), "{text}");
    let own = folder.run([&args[..], &["--time-zone=Asia/Tokyo"]].concat()).out;
    assert!(own.starts_with("at 02:30 on Sunday, Asia/Tokyo\n\n"), "{own}");
}

#[test]
fn limits_of_rules_hold_by_path_and_are_named_where_they_are_set() {
    let often = FOUND.replace("30 4 * * *", "*/10 * * * *").replace("  startingDeadlineSeconds: 0\n", "");
    let folder = Folder::new("limits")
        .file(
            "batchlint.toml",
            "[rules.schedule-too-often]\nleast = '15m'\n[[overrides]]\npaths = ['slow/']\n\
             [overrides.rules.schedule-too-often]\nleast = '5m'\n",
        )
        .file("a.yaml", &often)
        .file("slow/a.yaml", &often);
    let found = |more: &[&str]| {
        folder.run([&["check", "--format=concise", "-q", "--select=schedule-too-often"], more].concat()).out
    };
    assert_eq!(
        found(&[]),
        "a.yaml:6:13: advice[schedule-too-often] a pod every 10 minutes, 144 a day, each with its own start (`least` is \
         15m by configuration)\n"
    );
    assert_eq!(found(&["--isolated"]), "");
    let show = folder.run(["config", "show", "slow/a.yaml"]).out;
    assert!(!show.contains("15m"), "{show}");
    assert!(show.contains("rules.schedule-too-often.least = \"5m\"  # batchlint.toml:6"), "{show}");
    let wrong = Folder::new("limits-wrong")
        .file("batchlint.toml", "[rules.schedule-too-often]\nleast = 5\n")
        .file("a.yaml", FOUND);
    let run = wrong.run(["check"]);
    let said = "batchlint.toml:2:9: `least` is a length of time with its unit in quotes, such as `\"5m\"`";
    assert!(run.status == 2 && run.err.contains(said), "{}", run.err);
}

#[test]
fn the_limit_over_all_files_is_that_of_the_folder() {
    let at = |name: &str| FOUND.replace("name: report", &format!("name: {name}")).replace("30 4", "0 4");
    let at = |name: &str| at(name).replace("  startingDeadlineSeconds: 0\n", "");
    let folder = Folder::new("limits-fleet").file("a.yaml", &at("a")).file("b.yaml", &at("b"));
    let found = |folder: &Folder| folder.run(["check", "--format=concise", "-q", "--select=runs-start-together"]).out;
    assert_eq!(found(&folder), "");
    let folder = folder.file("batchlint.toml", "[rules.runs-start-together]\nmany = 2\n");
    let said = found(&folder);
    assert!(
        said.contains("2 of 2 CronJobs start in the same minute") && said.ends_with("(`many` is 2 by configuration)\n"),
        "{said}"
    );
}
