//! `--fix` and `--diff`: what becomes of a file before it is checked.

use std::collections::BTreeMap;

use crate::cli::{Status, complain};
use crate::config::Config;
use crate::diagnostic::Safety;
use crate::files::{self, Input};
use crate::lint::Part;
use crate::mend::{Mended, mend};
use crate::render::{Look, diff};
use crate::text::Source;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, clap::Args)]
#[group(id = "mending")]
pub(super) struct Fixes {
    /// Apply the safe fixes: the files change, and what is left is reported. Of standard input the mended text is
    /// printed, and findings go to standard error
    #[arg(long, help_heading = "Fixes", conflicts_with = "diff")]
    fix: bool,

    /// Show what --fix would change, as a unified diff; the exit status is 1 if there is something
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

/// What to do with a text that can be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mending {
    /// Write it.
    Write(Safety),
    /// Show what would change.
    Show(Safety),
}

impl Fixes {
    pub(super) fn mending(self, has_unsafe: bool) -> Option<Mending> {
        let allowed = if has_unsafe { Safety::Unsafe } else { Safety::Safe };
        match (self.fix, self.diff) {
            (true, _) => Some(Mending::Write(allowed)),
            (_, true) => Some(Mending::Show(allowed)),
            _ => None,
        }
    }
}

/// What a text is mended with.
pub(super) struct Means<'m> {
    pub(super) config: &'m Config,
    /// The objects that are mended, where not all are.
    pub(super) part: Option<Part>,
    pub(super) look: Look,
}

/// What became of a file.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The text that is checked now.
    pub(super) source: Source,
    /// What was mended in it, if it was.
    pub(super) mended: Option<Mended>,
    /// What would change, or the whole text of standard input: for the output.
    pub(super) text: String,
    /// What is to be said of it.
    pub(super) complaints: Vec<String>,
    pub(super) status: Status,
}

impl Mending {
    pub(super) fn allowed(self) -> Safety {
        let (Self::Write(allowed) | Self::Show(allowed)) = self;
        allowed
    }

    /// Mends a file that was read.
    pub(super) fn of(self, input: &Input, source: Source, means: &Means<'_>) -> Outcome {
        let is_stream = matches!((self, input), (Self::Write(_), Input::Stdin(_)));
        let unchanged = |source: Source, complaints, status| {
            let text = if is_stream { source.text().to_owned() } else { String::new() };
            Outcome { source, mended: None, text, complaints, status }
        };
        let mended = match mend(&source, means.config, self.allowed(), means.part.as_ref()) {
            Ok(mended) => mended,
            Err(refusal) => {
                let why = vec![format!("{}: not fixed: {refusal}", source.name())];
                return unchanged(source, why, Status::Clean);
            }
        };
        let complaints = mended.refused.iter().map(|refused| {
            let (rule, title, message) = (refused.rule, &refused.title, &refused.message);
            format!("{}: not fixed: {message} ({rule}): to {title} alone would bring another error", source.name())
        });
        let mut complaints: Vec<String> = complaints.collect();
        if mended.applied.is_empty() {
            let outcome = unchanged(source, complaints, Status::Clean);
            return Outcome { mended: Some(mended), ..outcome };
        }
        let refusal = match (self, input) {
            (_, Input::Stdin(_)) => None,
            (Self::Show(_), _) => files::irreplaceable(input.path()),
            (Self::Write(_), _) => {
                let [before, after] = [&source, &mended.source].map(|text| text.text().as_bytes());
                files::replace(input.path(), before, after).err()
            }
        };
        if let Some(error) = refusal {
            complaints.push(error.to_string());
            return unchanged(source, complaints, Status::Failed);
        }
        let text = match self {
            Self::Show(_) => diff::unified(source.name(), source.text(), mended.source.text(), means.look),
            Self::Write(_) if is_stream => mended.source.text().to_owned(),
            Self::Write(_) => String::new(),
        };
        let status = if matches!(self, Self::Show(_)) { Status::Found } else { Status::Clean };
        Outcome { source: mended.source.clone(), mended: Some(mended), text, complaints, status }
    }
}

/// What was mended in all files.
#[derive(Debug, Default)]
pub(super) struct Sum {
    files: usize,
    rules: BTreeMap<&'static str, usize>,
    forbidden: usize,
}

impl Sum {
    pub(super) fn add(&mut self, mended: &Mended) {
        self.files += usize::from(!mended.applied.is_empty());
        self.forbidden += mended.forbidden;
        for applied in &mended.applied {
            *self.rules.entry(applied.rule).or_default() += 1;
        }
    }

    /// Says what was mended, and what wants a person's decision.
    pub(super) fn say(&self, mending: Mending) {
        let count: usize = self.rules.values().sum();
        let things = |count: usize, thing: &str| format!("{count} {thing}{}", if count == 1 { "" } else { "s" });
        if count > 0 {
            let mut rules: Vec<_> = self.rules.iter().collect();
            rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let rules: Vec<String> = rules.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
            let verb = if matches!(mending, Mending::Write(_)) { "fixed" } else { "--fix would fix" };
            let (findings, files) = (things(count, "finding"), things(self.files, "file"));
            complain(&format!("{verb} {findings} in {files}: {}", rules.join(", ")));
        }
        if self.forbidden > 0 {
            let findings = things(self.forbidden, "finding");
            complain(&format!(
                "{findings} more can be fixed by changing what runs: look at it with --diff --unsafe-fixes, apply it \
                 with --fix --unsafe-fixes"
            ));
        }
    }
}
