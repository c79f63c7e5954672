//! What a rule is: a page that says why, and a check that finds it.

#[cfg(feature = "formats")]
mod address;
mod consequence;
pub(crate) mod dates;
mod findings;
mod fleet;
mod misuse;
mod notes;
mod page;
mod parameter;
mod seen;
mod within;

#[cfg(feature = "formats")]
pub(crate) use address::{HOME, address, with_addresses};
pub use consequence::Consequence;
pub(crate) use dates::controller_clock;
pub use findings::{Findings, Reported};
pub use fleet::{Fleet, FleetFindings};
pub use misuse::Misuse;
pub(crate) use misuse::without_effect;
pub(crate) use notes::notes;
pub(crate) use page::page;
pub use page::{Audience, FixPromise, Page};
pub use parameter::{Limits, Parameter, Unit};
pub(crate) use seen::Seen;
pub use within::Within;

pub(crate) use crate::schedule::duration;

use crate::analysis::{Process, Script, Stream, Subject};
use crate::controller::{TimeZone, Timetable};
use crate::diagnostic::Finding;
use crate::k8s::Topic;
use crate::k8s::objects::{CronJobSpec, JobSpec, PodSpec};
use crate::kustomize::Fault;
use crate::text::{Message, Span};
use crate::yaml::File;

/// A rule: one page in `rules/<group>/`, one file in `src/rules/<group>/`.
#[derive(Debug)]
pub struct Rule {
    /// The page, as users read it.
    pub page: Page,
    /// What the rule looks at.
    pub check: Check,
    /// The limits in it that a configuration may set.
    pub parameters: &'static [Parameter],
}

impl Rule {
    /// A rule from its page, `page!("group/name")`; one with a wrong front matter does not compile. Where nobody looks at
    /// scripts, or at many files together, what would is not in the program.
    pub(crate) const fn new(page: Page, check: Check) -> Self {
        let check = match check {
            Check::Script(_) if !cfg!(feature = "commands") => Check::Script(|_, _| {}),
            Check::Fleet(_) if !cfg!(feature = "fleets") => Check::Fleet(|_, _| {}),
            check => check,
        };
        Self { page, check, parameters: &[] }
    }

    /// The same with limits that a configuration may set.
    pub(crate) const fn with(self, parameters: &'static [Parameter]) -> Self {
        Self { page: self.page, check: self.check, parameters }
    }
}

/// What a rule looks at; it gets that with the object around it. The engine walks each document once and calls it for
/// each.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Check {
    /// The text of a whole file.
    File(fn(&File, &mut Findings<'_>)),
    /// All objects of a file together, as one apply takes them.
    Stream(fn(&Stream<'_>, &mut Findings<'_>)),
    /// A Job or CronJob as a whole.
    Manifest(fn(&Subject<'_>, &mut Findings<'_>)),
    /// A CronJob's spec.
    CronJob(fn(Within<'_, CronJobSpec<'_>>, &mut Findings<'_>)),
    /// A CronJob's time zone, where Kubernetes knows it.
    TimeZone(fn(Within<'_, TimeZone<'_>>, &mut Findings<'_>)),
    /// A CronJob's schedule, where Kubernetes understands it.
    Schedule(fn(Within<'_, Timetable<'_>>, &mut Findings<'_>)),
    /// A Job's spec, or that of a CronJob's template.
    Job(fn(Within<'_, JobSpec<'_>>, &mut Findings<'_>)),
    /// The spec of the pods.
    Pod(fn(Within<'_, PodSpec<'_>>, &mut Findings<'_>)),
    /// Each container and init container.
    Container(fn(Within<'_, Process<'_>>, &mut Findings<'_>)),
    /// Each script that a shell reads in a container, be it in a command line or in a ConfigMap of the text.
    Script(fn(Within<'_, Script<'_>>, &mut Findings<'_>)),
    /// All files of a run together.
    Fleet(fn(&Fleet<'_>, &mut FleetFindings<'_>)),
    /// Nothing itself: it names the API validation's problems of that topic.
    Api(Topic),
    /// Nothing itself: it names what a change of an object does, where it is known what that was.
    Change(Consequence),
    /// Nothing itself: it names what is wrong in that way with suppressions.
    Suppression(Misuse),
    /// Nothing itself: it names what is wrong in that way with the patches of a kustomization.
    Patch(Fault),
    /// Nothing itself: it names what stops helm in that way.
    Helm(Obstacle),
}

/// What stops helm in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// It cannot read the template.
    Unreadable,
    /// It cannot go on with the values that there are.
    Stops,
}

/// A rule with its place in the rulebook.
#[derive(Debug)]
pub struct Entry {
    /// The folder: `yaml`, `api`, `schedule`, `run`, `pod`, `command`, `lifecycle`, `kustomize`, `fleet`, `change` or
    /// `suppression`.
    pub group: &'static str,
    /// The defect in kebab-case.
    pub name: &'static str,
    /// The rule.
    pub rule: &'static Rule,
}

impl Entry {
    /// A finding of this rule at some bytes, with nothing else to say.
    pub(crate) fn finding(&self, span: Span, message: impl Into<Message>) -> Finding {
        Finding::new(self.name, self.group, self.rule.page.severity, span, message)
    }

    /// What a suppression may name it by: its name, its group, its former names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.name, self.group].into_iter().chain(self.rule.page.former_names())
    }

    /// Whether it speaks of suppressions, which cannot suppress that.
    pub(crate) const fn is_about_suppressions(&self) -> bool {
        matches!(self.rule.check, Check::Suppression(_))
    }

    /// Whether it speaks of changes, and so where there are two versions.
    #[cfg(feature = "cli")]
    pub(crate) const fn is_about_changes(&self) -> bool {
        matches!(self.rule.check, Check::Change(_))
    }

    /// Whether it looks at all files together.
    pub(crate) const fn is_over_all_files(&self) -> bool {
        matches!(self.rule.check, Check::Fleet(_))
    }

    /// Whether it looks at objects one by one, and at the scripts that they run, wherever these are.
    pub(crate) const fn looks_at_objects(&self) -> bool {
        use Check::*;
        match self.rule.check {
            File(_) | Stream(_) | Fleet(_) | Api(_) | Change(_) | Suppression(_) | Patch(_) | Helm(_) => false,
            Manifest(_) | CronJob(_) | TimeZone(_) | Schedule(_) | Job(_) | Pod(_) | Container(_) | Script(_) => true,
        }
    }

    /// Whether a `--select` or `--ignore` word means this rule: its name, a former one, its group, or `all`.
    #[must_use]
    pub fn is_meant_by(&self, word: &str) -> bool {
        word == "all" || self.names().any(|name| name == word)
    }
}
