//! `--fix`, `--add-ignores` and `--diff`: what becomes of a file before it is checked.

use std::collections::BTreeMap;

use super::late::Late;
use crate::cli::{Status, complain};
use crate::config::Config;
use crate::diagnostic::Safety;
use crate::files::{self, Input};
use crate::lint::Part;
use crate::mend::ignores::{Ignored, TO_DO, ignore};
use crate::mend::mend;
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

    /// Suppress all that is found, by comments with a reason to be written: from then on only what is new is reported.
    /// With --diff, show them
    #[arg(long, help_heading = "Fixes", conflicts_with_all = ["fix", "unsafe_fixes", "since"])]
    add_ignores: bool,
}

/// What to do with a text before it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mending {
    pub(super) work: Work,
    /// Whether it is only shown what would change.
    pub(super) is_shown: bool,
}

/// What changes a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    Fix(Safety),
    Ignore,
}

impl Fixes {
    pub(super) fn mending(self, has_unsafe: bool) -> Option<Mending> {
        let allowed = if has_unsafe { Safety::Unsafe } else { Safety::Safe };
        let work = if self.add_ignores { Work::Ignore } else { Work::Fix(allowed) };
        (self.fix || self.diff || self.add_ignores).then_some(Mending { work, is_shown: self.diff })
    }
}

/// What a text is mended with.
pub(super) struct Means<'m> {
    pub(super) config: &'m Config,
    /// The objects that are mended, where not all are.
    pub(super) part: Option<Part>,
    pub(super) look: Look,
    /// What other files have a say on, where that is to be suppressed.
    pub(super) late: &'m Late,
}

/// What became of a file.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The text that is checked now.
    pub(super) source: Source,
    /// What was done in it.
    pub(super) done: Sum,
    /// What would change, or the whole text of standard input: for the output.
    pub(super) text: String,
    /// What is to be said of it.
    pub(super) complaints: Vec<String>,
    pub(super) status: Status,
}

/// A text as it could be.
struct Proposal {
    /// The text, where it is another one.
    source: Option<Source>,
    done: Sum,
    complaints: Vec<String>,
}

impl Mending {
    /// Works on a file that was read.
    pub(super) fn of(self, input: &Input, source: Source, means: &Means<'_>) -> Outcome {
        let proposal = match self.work {
            Work::Fix(allowed) => fixed(&source, means, allowed),
            Work::Ignore => ignored(&source, means.config, means.late),
        };
        let is_stream = !self.is_shown && matches!(input, Input::Stdin(_));
        let Proposal { source: new, done, mut complaints } = proposal;
        let unchanged = |source: Source, done, complaints, status| {
            let text = if is_stream { source.text().to_owned() } else { String::new() };
            Outcome { source, done, text, complaints, status }
        };
        let Some(new) = new else { return unchanged(source, done, complaints, Status::Clean) };
        let refusal = match input {
            Input::Stdin(_) => None,
            _ if self.is_shown => files::irreplaceable(input.path()),
            _ => {
                let [before, after] = [&source, &new].map(|text| text.text().as_bytes());
                files::replace(input.path(), before, after).err()
            }
        };
        if let Some(error) = refusal {
            complaints.push(error.to_string());
            return unchanged(source, Sum::default(), complaints, Status::Failed);
        }
        if self.is_shown {
            let text = diff::unified(source.name(), source.text(), new.text(), means.look);
            return Outcome { source: new, done, text, complaints, status: Status::Found };
        }
        unchanged(new, done, complaints, Status::Clean)
    }
}

fn fixed(source: &Source, means: &Means<'_>, allowed: Safety) -> Proposal {
    let name = source.name();
    let mended = match mend(source, means.config, allowed, means.part.as_ref()) {
        Ok(mended) => mended,
        Err(refusal) => {
            let complaints = vec![format!("{name}: not fixed: {refusal}")];
            return Proposal { source: None, done: Sum::default(), complaints };
        }
    };
    let complaints = mended.refused.iter().map(|refused| {
        let (rule, title, message) = (refused.rule, &refused.title, &refused.message);
        format!("{name}: not fixed: {message} ({rule}): to {title} alone would bring another error")
    });
    let complaints = complaints.collect();
    let done = Sum::of(mended.applied.iter().map(|applied| (applied.rule, 1)), mended.forbidden);
    Proposal { source: (!mended.applied.is_empty()).then_some(mended.source), done, complaints }
}

fn ignored(source: &Source, config: &Config, late: &Late) -> Proposal {
    let name = source.name();
    match ignore(source, config, late.in_file(name)) {
        Ok(Ignored { source, rules, in_json, .. }) => {
            let why =
                "JSON holds no comments; the annotation `batchlint.dev/ignore` suppresses what is found in its object";
            let complaint =
                (in_json > 0).then(|| format!("{name}: {} not suppressed: {why}", things(in_json, "finding")));
            let source = (!rules.is_empty()).then_some(source);
            Proposal { source, done: Sum::of(rules, 0), complaints: complaint.into_iter().collect() }
        }
        Err(error) => Proposal {
            source: None,
            done: Sum::default(),
            complaints: vec![format!("{name}: nothing suppressed: {error}")],
        },
    }
}

/// What was done in files.
#[derive(Debug, Default)]
pub(super) struct Sum {
    files: usize,
    rules: BTreeMap<&'static str, usize>,
    forbidden: usize,
}

impl Sum {
    /// What was done in one file.
    fn of(rules: impl IntoIterator<Item = (&'static str, usize)>, forbidden: usize) -> Self {
        let mut sum = Self { files: 0, rules: BTreeMap::new(), forbidden };
        for (rule, count) in rules {
            *sum.rules.entry(rule).or_default() += count;
        }
        sum.files = usize::from(!sum.rules.is_empty());
        sum
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.forbidden += other.forbidden;
        for (rule, count) in &other.rules {
            *self.rules.entry(rule).or_default() += count;
        }
    }

    /// Says what was done, and what wants a person's decision.
    pub(super) fn say(&self, mending: Mending) {
        let count: usize = self.rules.values().sum();
        if count > 0 {
            let verb = match (mending.work, mending.is_shown) {
                (Work::Fix(_), false) => "fixed",
                (Work::Fix(_), true) => "--fix would fix",
                (Work::Ignore, false) => "suppressed",
                (Work::Ignore, true) => "--add-ignores would suppress",
            };
            let (findings, files) = (things(count, "finding"), things(self.files, "file"));
            complain(&format!("{verb} {findings} in {files}: {}", self.by_rule()));
            if mending == (Mending { work: Work::Ignore, is_shown: false }) {
                complain(&format!("write the reasons where `{TO_DO}` stands"));
            }
        }
        if self.forbidden > 0 {
            let findings = things(self.forbidden, "finding");
            complain(&format!(
                "{findings} more can be fixed by changing what runs: look at it with --diff --unsafe-fixes, apply it \
                 with --fix --unsafe-fixes"
            ));
        }
    }

    /// How much of each rule, the commonest first; of what nobody reads to the end, the sum.
    fn by_rule(&self) -> String {
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let (named, others) = rules.split_at(if rules.len() > NAMED + 1 { NAMED } else { rules.len() });
        let mut parts: Vec<String> = named.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
        if !others.is_empty() {
            let sum: usize = others.iter().map(|(_, count)| **count).sum();
            parts.push(format!("{sum} of {} other rules", others.len()));
        }
        parts.join(", ")
    }
}

/// Rules that are named beside what was done.
const NAMED: usize = 5;

fn things(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn the_commonest_rules_are_named_and_the_others_counted() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let sum = |count: usize| Sum::of(names[..count].iter().copied().zip([1, 2, 3, 3, 2, 1, 1, 1]), 0).by_rule();
        assert_eq!(sum(6), "3 c, 3 d, 2 b, 2 e, 1 a, 1 f");
        assert_eq!(sum(8), "3 c, 3 d, 2 b, 2 e, 1 a, 3 of 3 other rules");
        assert_eq!(sum(1), "1 a");
    }
}
