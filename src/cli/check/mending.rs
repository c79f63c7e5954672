//! `--fix`, `--add-ignores` and `--diff`: what becomes of a file before it is checked.

use super::done::{Mending, Sum, Work, refusal, things};
use super::late::Late;
use crate::cli::Status;
use crate::config::Config;
use crate::diagnostic::Safety;
use crate::files::{self, Input};
use crate::lint::{Part, Report};
use crate::mend::ignores::{Ignored, ignore};
use crate::mend::{Mended, mend, mend_among_others};
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
    /// What is known of all files.
    pub(super) late: &'m Late,
    /// Whether there is no other file that has a say.
    pub(super) is_alone: bool,
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

impl Mending {
    /// Leaves a text to its chart: what is checked is what templates make of it.
    pub(super) fn spare(
        self,
        is_stdin: bool,
        (source, report): (&Source, &Report),
        (late, look): (&Late, Look),
    ) -> Outcome {
        let changed = late.charts.changed(source.name()).filter(|_| self.is_shown);
        let text = match changed {
            Some(changed) => diff::unified(source.name(), changed.before.text(), changed.after.text(), look),
            None if is_stdin && !self.is_shown => source.text().to_owned(),
            None => String::new(),
        };
        let status = if changed.is_some() { Status::Found } else { Status::Clean };
        let complaints = self.spared((source.name(), report), changed.map_or(0, |changed| changed.count));
        let complaints = complaints.into_iter().collect();
        Outcome { source: source.clone(), done: Sum::default(), text, complaints, status }
    }

    /// What is to be said of findings in what the templates of a chart print, but for so many that are mended.
    pub(super) fn spared(self, (name, report): (&str, &Report), mended: usize) -> Option<String> {
        let count = report.findings.iter().filter(|finding| finding.template.is_some()).count().saturating_sub(mended);
        let (what, why) = match self.work {
            Work::Fix(_) => ("fixed", "no change of what its chart's templates print it from is proved to mend it"),
            Work::Ignore => ("suppressed", "a chart's template prints what is found"),
        };
        let findings = things(count, "finding");
        (count > 0).then(|| format!("{name}: {findings} not {what}: {why}"))
    }
}

fn fixed(source: &Source, means: &Means<'_>, allowed: Safety) -> Proposal {
    let name = source.name();
    let changed = means.late.changed(name);
    // What is only shown has not been written.
    let begun = changed.map_or(source, |changed| &changed.after);
    let (config, part) = (means.config, means.part.as_ref());
    let mended = if means.is_alone {
        mend(begun, config, allowed, part)
    } else {
        mend_among_others(begun, config, allowed, part)
    };
    let (now, rules, forbidden, complaints): (_, Vec<_>, _, _) = match mended {
        Ok(Mended { source, applied, refused, forbidden, .. }) => {
            let complaints = refused.iter().map(|refused| refusal(name, refused, None)).collect();
            (source, applied.iter().map(|applied| applied.rule).collect(), forbidden, complaints)
        }
        Err(why) => (begun.clone(), Vec::new(), 0, vec![format!("{name}: not fixed: {why}")]),
    };
    let files = usize::from(changed.is_some() || !rules.is_empty());
    Proposal {
        source: (now.text() != source.text()).then_some(now),
        done: Sum::of(files, rules.into_iter().map(|rule| (rule, 1)), forbidden),
        complaints,
    }
}

/// Why findings are not suppressed.
const IN_JSON: &str =
    "JSON holds no comments; the annotation `batchlint.dev/ignore` suppresses what is found in its object";
const WITHOUT_HEAD: &str = "what cannot be read whole takes comments at its head alone, and Kubernetes would read this text \
                            otherwise with one";

fn ignored(source: &Source, config: &Config, late: &Late) -> Proposal {
    let name = source.name();
    match ignore(source, config, late.in_file(name)) {
        Ok(Ignored { source, rules, in_json, without_head, .. }) => {
            let left = [(in_json, IN_JSON), (without_head, WITHOUT_HEAD)].into_iter().filter(|(count, _)| *count > 0);
            let complaint = |(count, why)| format!("{name}: {} not suppressed: {why}", things(count, "finding"));
            let source = (!rules.is_empty()).then_some(source);
            let done = Sum::of(usize::from(!rules.is_empty()), rules, 0);
            Proposal { source, done, complaints: left.map(complaint).collect() }
        }
        Err(error) => Proposal {
            source: None,
            done: Sum::default(),
            complaints: vec![format!("{name}: nothing suppressed: {error}")],
        },
    }
}
