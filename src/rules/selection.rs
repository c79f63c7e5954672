//! The rules of one run, sorted by what they look at.

use super::all;
use crate::k8s::Topic;
#[cfg(feature = "templates")]
use crate::kustomize::Fault;
#[cfg(feature = "templates")]
use crate::rule::Obstacle;
use crate::rule::{Check, Consequence, Entry, Limits, Misuse};

/// The rule that tells of templates that nobody has filled in.
pub(crate) const UNRENDERED: &str = "template-not-rendered";

/// The rules that are wanted, by what they look at.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    pub(crate) files: Vec<&'static Entry>,
    /// Those that look at a Job or CronJob, or at a part of it.
    pub(crate) objects: Vec<&'static Entry>,
    pub(crate) fleets: Vec<&'static Entry>,
    /// Those of the API, each at the number of its topic.
    api: Vec<Option<&'static Entry>>,
    changes: Vec<&'static Entry>,
    suppressions: Vec<&'static Entry>,
    patches: Vec<&'static Entry>,
    helm: Vec<&'static Entry>,
    /// The names of those whose findings are counted, and not shown.
    counted: Vec<&'static str>,
    /// The limits that were set.
    limits: Limits,
}

/// What becomes of a rule's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// They are shown.
    Show,
    /// They are counted only.
    Count,
    /// Nobody looks for them.
    Off,
}

impl Selection {
    /// The rules as they are wished.
    pub(crate) fn new(wish: impl Fn(&Entry) -> Wish) -> Self {
        let mut selection = Self {
            files: Vec::with_capacity(8),
            objects: Vec::with_capacity(all().len()),
            fleets: Vec::new(),
            api: Vec::new(),
            changes: Vec::new(),
            suppressions: Vec::with_capacity(4),
            patches: Vec::new(),
            helm: Vec::new(),
            counted: Vec::new(),
            limits: Limits::default(),
        };
        for entry in all() {
            match wish(entry) {
                Wish::Off => continue,
                Wish::Count => selection.counted.push(entry.name),
                Wish::Show => {}
            }
            let rules = match entry.rule.check {
                Check::File(_) | Check::Stream(_) => &mut selection.files,
                Check::Fleet(_) => &mut selection.fleets,
                Check::Change(_) => &mut selection.changes,
                Check::Suppression(_) => &mut selection.suppressions,
                Check::Patch(_) => &mut selection.patches,
                Check::Helm(_) => &mut selection.helm,
                Check::Api(topic) => {
                    selection.speaks_of(topic, entry);
                    continue;
                }
                _ => &mut selection.objects,
            };
            rules.push(entry);
        }
        selection
    }

    /// The same with limits that were set.
    pub(crate) fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Whether the same is found in an object by the rules of another selection.
    pub(crate) fn finds_as(&self, other: &Self) -> bool {
        let names = |of: &Self| {
            let all = [&of.files, &of.objects, &of.fleets].map(|rules| rules.iter().map(|rule| rule.name).collect());
            let api = of.api.iter().map(|rule| rule.map_or("", |rule| rule.name)).collect();
            let [files, objects, fleets]: [Vec<&str>; 3] = all;
            [files, objects, fleets, api]
        };
        self.limits == other.limits && names(self) == names(other)
    }

    /// The limits that were set.
    pub(crate) const fn limits(&self) -> &Limits {
        &self.limits
    }

    fn speaks_of(&mut self, topic: Topic, entry: &'static Entry) {
        let at = topic as usize;
        self.api.resize(self.api.len().max(at + 1), None);
        self.api[at] = Some(entry);
    }

    /// Whether the findings of that rule are shown, and not just counted.
    pub(crate) fn shows(&self, rule: &str) -> bool {
        !self.counted.contains(&rule)
    }

    /// The rule whose page speaks of that topic of the API; the test below sees to it that each has one.
    pub(crate) fn of_topic(&self, topic: Topic) -> Option<&'static Entry> {
        self.api.get(topic as usize).copied().flatten()
    }

    /// The rule that speaks of suppressions that are wrong in that way.
    pub(crate) fn of_misuse(&self, misuse: Misuse) -> Option<&'static Entry> {
        let is_of = |entry: &&Entry| matches!(entry.rule.check, Check::Suppression(own) if own == misuse);
        self.suppressions.iter().copied().find(is_of)
    }

    /// The rule that speaks of changes that do that.
    pub(crate) fn of_consequence(&self, consequence: Consequence) -> Option<&'static Entry> {
        let is_of = |entry: &&Entry| matches!(entry.rule.check, Check::Change(own) if own == consequence);
        self.changes.iter().copied().find(is_of)
    }

    /// Whether any rule speaks of changes.
    #[cfg(feature = "cli")]
    pub(crate) fn asks_for_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The rule that speaks of patches that are wrong in that way.
    #[cfg(feature = "templates")]
    pub(crate) fn of_fault(&self, fault: Fault) -> Option<&'static Entry> {
        self.patches.iter().copied().find(|entry| matches!(entry.rule.check, Check::Patch(own) if own == fault))
    }

    /// The rule that speaks of what stops helm in that way.
    #[cfg(feature = "templates")]
    pub(crate) fn of_obstacle(&self, obstacle: Obstacle) -> Option<&'static Entry> {
        self.helm.iter().copied().find(|entry| matches!(entry.rule.check, Check::Helm(own) if own == obstacle))
    }

    /// Whether somebody looks for what that rule finds in manifests as they are, be it shown or counted.
    pub(crate) fn runs(&self, rule: &Entry) -> bool {
        let all = [&self.files, &self.objects, &self.fleets, &self.suppressions, &self.patches, &self.helm];
        let all = all.into_iter().flatten();
        all.chain(self.api.iter().flatten()).any(|entry| entry.name == rule.name)
    }

    /// The rule that speaks in the place of the API server of texts that something else fills in.
    pub(crate) fn of_filled_in(&self) -> Option<&'static Entry> {
        self.files.iter().copied().find(|entry| entry.name == UNRENDERED)
    }

    /// Whether any rule tells what the API server would say, or speaks in its place.
    pub(crate) fn asks_the_api(&self) -> bool {
        !self.api.is_empty() || self.of_filled_in().is_some()
    }

    /// Whether any rule looks at the objects themselves, beyond what the API server would say of them.
    pub(crate) fn looks_at_objects(&self) -> bool {
        !self.objects.is_empty() || !self.fleets.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Selection, Wish};
    use crate::k8s::Topic::{self, *};

    #[test]
    fn every_topic_of_the_api_has_its_page() {
        let topics = [
            UnknownField,
            RepeatedKey,
            WrongType,
            Required,
            OutOfRange,
            Malformed,
            FilePath,
            Resources,
            Contradiction,
            Security,
            JobPolicy,
            JobSelector,
            NotSupported,
            Duplicate,
            ContainerField,
            OperatingSystem,
            Forbidden,
            NotFound,
            TooLong,
            TooMany,
            Schedule,
            TimeZone,
            RestartPolicy,
            LongName,
            Name,
            ApiVersion,
            ApiVersionRemoved,
            KindMissing,
            NoDnsLabel,
            Deprecated,
            RepeatedPort,
            RepeatedVariable,
            FractionOfByte,
            ServerWarning,
            Copied,
            DroppedField,
        ];
        // The last one of the enum: a topic added after it is missing above.
        assert_eq!(topics.len(), DroppedField as usize + 1);
        let selection = Selection::new(|_| Wish::Show);
        let mut names: Vec<&str> = topics.map(|topic: Topic| selection.of_topic(topic).expect("a page").name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), topics.len(), "each has a page of its own");
    }
}
