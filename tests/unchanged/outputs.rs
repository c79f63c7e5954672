//! What each command prints of a part of what stands beside the checkout.

use std::fs;

use crate::digest::Digests;
use crate::program::{Folder, Run};
use crate::{files, recorded, shared, string};

const FROM: &str = "--from=2026-11-21T00:00:00Z";
/// Formats of `check`, which one run writes.
const FORMATS: [&str; 14] = [
    "full",
    "concise",
    "json",
    "lsp",
    "markdown",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "azure",
    "teamcity",
];
/// Commands that have options.
const COMMANDS: [&str; 12] = [
    "check",
    "merge",
    "schedule",
    "runs",
    "simulate",
    "diff",
    "read",
    "explain",
    "rules",
    "config",
    "lsp",
    "completions",
];

/// A folder with manifests that API servers were asked about (`recorded`), real ones (`real`), and objects before and
/// after a change (`old`, `new`); and schedules, a line each.
pub(crate) struct Inputs {
    folder: Folder,
    schedules: String,
}

impl Inputs {
    pub(crate) fn read() -> Option<Self> {
        // Paths in files start at the root of the repository, which this is.
        let mut folder = Folder::new("unchanged").file(".git/HEAD", "ref: refs/heads/main\n");
        for (number, text) in recorded()?.iter().enumerate().filter(|(number, _)| number % 9 == 4) {
            folder = folder.file(&format!("recorded/{number:04}.yaml"), text);
        }
        for (name, text) in files(&shared::find("wild/plain")?).iter().step_by(20) {
            folder = folder.file(&format!("real/{name}"), text);
        }
        let changes = fs::read_to_string(shared::find("conformance/updates.jsonl")?).expect("recorded changes");
        for (number, case) in changes.lines().enumerate().filter(|(number, _)| number % 20 == 7) {
            for (member, name) in [("old", "old"), ("yaml", "new")] {
                // Each pair has a namespace of its own, so that no other is taken for it.
                let own = format!("metadata:\n  namespace: n{number}\n");
                let text = string(case, member)?.replacen("metadata:\n", &own, 1);
                folder = folder.file(&format!("{name}/{number:04}.yaml"), &text);
            }
        }
        let schedules = fs::read_to_string(shared::find("conformance/schedules.jsonl")?).expect("recorded schedules");
        Some(Self { folder, schedules: schedules.lines().filter_map(schedule_of).collect() })
    }

    pub(crate) fn run_each_command(&self, digests: &mut Digests) {
        for format in ["--format=yaml", "--format=json"] {
            self.run(&["read", format, "recorded", "real"], digests);
            self.run(&["read", "--as=server", "--strict", format, "recorded"], digests);
        }
        for format in ["--format=text", "--format=json"] {
            self.run(&["schedule", "-", FROM, format], digests);
            self.run(&["schedule", "-", "-z=America/New_York", FROM, format], digests);
            self.run(&["runs", "-z=Australia/Lord_Howe", FROM, format, "recorded", "real"], digests);
            self.run(&["simulate", "-z=UTC", "--for=1d", FROM, format, "recorded"], digests);
        }
        self.run(&["runs", "-z=UTC", FROM, "--format=html", "recorded", "real"], digests);
        let assumed = ["--run-time=40m", "--fails=3", "--evicted=5", "--outage=2026-11-21T02:00Z/2h"];
        let timeline = ["simulate", "-z=UTC", "--for=6h", FROM, "--timeline", "--color=always", "new"];
        self.run(&[&timeline[..], &assumed].concat(), digests);
        for format in ["--format=text", "--format=json", "--format=markdown"] {
            self.run(&["diff", "--isolated", "--for=2d", FROM, format, "old", "new"], digests);
        }
        for format in ["--format=text", "--format=json"] {
            self.run(&["rules", format], digests);
        }
        for command in COMMANDS {
            self.run(&[command, "--help"], digests);
        }
        for shell in ["bash", "elvish", "fish", "nushell", "powershell", "zsh"] {
            self.run(&["completions", shell], digests);
        }
        for version in ["1.27", "1.31", "1.35"] {
            let args = ["check", "--isolated", "--format=concise", "--kubernetes-version", version, "recorded", "new"];
            self.run(&args, digests);
        }
        self.run(&["check", "--isolated", "--statistics", "recorded", "real"], digests);
        self.run(&["config", "show", "real"], digests);
        self.check(digests);
        self.check_charts(digests);
        self.run_at("60", &["check", "--isolated", "real"], digests);
        self.run_at("60", &["diff", "--isolated", "--for=2d", FROM, "old", "new"], digests);
        self.run_at("132", &["runs", "-z=UTC", FROM, "--by=cronjob", "--count=3", "real"], digests);
        self.run_at("132", &["simulate", "-z=UTC", "--for=2h", FROM, "new"], digests);
    }

    /// All formats at once, and what would be mended.
    fn check(&self, digests: &mut Digests) {
        let formats = FORMATS.map(|format| format!("--format={format}={format}.out"));
        let mut args = vec!["check", "--isolated", "--pedantic", "--verbose", "real", "new"];
        args.extend(formats.iter().map(String::as_str));
        digests.add_lines("check in all formats", &all_of(&self.folder.run(&args)));
        for format in FORMATS {
            let written = fs::read_to_string(self.folder.path.join(format!("{format}.out"))).expect("it was written");
            let anywhere = written.replace(&*self.folder.path.to_string_lossy(), "/folder");
            digests.add_lines(&format!("check --format={format}"), &anywhere);
        }
        self.run(&["check", "--isolated", "--diff", "--unsafe-fixes", "real"], digests);
    }

    /// What is found in charts and patches, and where it is written.
    fn check_charts(&self, digests: &mut Digests) {
        let Some(templates) = shared::find("conformance/templates") else { return };
        for (kind, every) in [("hand", 1), ("random", 10), ("kustomize", 1)] {
            let mut names: Vec<_> = fs::read_dir(templates.join(kind))
                .expect("recorded cases")
                .map(|entry| format!("{kind}/{}", entry.expect("a case").file_name().to_string_lossy()))
                .collect();
            names.sort();
            let mut args = vec!["check", "--isolated", "--pedantic", "--format=json"];
            args.extend(names.iter().step_by(every).map(String::as_str));
            let run = Run::of(self.folder.command(&args).current_dir(&templates).output());
            digests.add_lines(&format!("check {kind}"), &all_of(&run));
        }
    }

    /// On a terminal of so many columns.
    fn run_at(&self, width: &str, args: &[&str], digests: &mut Digests) {
        let run = Run::of(self.folder.command(args).env("COLUMNS", width).output());
        digests.add_lines(&format!("{} in {width} columns", args.join(" ")), &all_of(&run));
    }

    fn run(&self, args: &[&str], digests: &mut Digests) {
        let run = self.folder.run_with(args, self.schedules.as_bytes());
        digests.add_lines(&args.join(" "), &all_of(&run));
    }
}

fn all_of(run: &Run) -> String {
    format!("{}\n{}\n{}", run.status, run.out, run.err)
}

/// A line of its own, where it is one.
fn schedule_of(case: &str) -> Option<String> {
    string(case, "schedule").filter(|schedule| !schedule.contains(['\n', '\r'])).map(|schedule| schedule + "\n")
}
