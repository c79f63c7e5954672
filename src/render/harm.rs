//! What findings mean for the objects that they are about, and how many objects that happens to.

use std::sync::Arc;

use crate::diagnostic::{Finding, Late, Object, Severity};
use crate::hash::{HashMap, HashSet};
use crate::lint::Report;
use crate::rule::Audience;
use crate::rules;

/// What a finding means for its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    /// The API server does not take it.
    Rejected,
    /// What runs, or when, is not what was written.
    Otherwise,
    /// It works, until it stops, piles up, or loses what it keeps.
    Later,
}

impl Harm {
    /// What it means; `None` where it is none of these, or a habit that does no harm by itself. The server's answer
    /// decides, unless it is one to a text that is not filled in yet; then the group of the rule. How severe somebody
    /// wants it to be does not: that changes nothing of what happens. What several objects do together is in no number
    /// of objects.
    pub(super) fn of(finding: &Finding) -> Option<Self> {
        let page = &rules::find(finding.rule)?.rule.page;
        let is_serious = page.severity >= Severity::Warning;
        match finding.group {
            _ if finding.server.is_some() && is_serious => Some(Self::Rejected),
            "schedule" | "pod" | "command" if is_serious => Some(Self::Otherwise),
            "run" | "lifecycle" if page.audience == Audience::Regular => Some(Self::Later),
            _ => None,
        }
    }
}

/// The objects that something happens to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Harms {
    objects: HashMap<Harmed, [bool; 3]>,
    /// Whether there were findings that were not kept, so that there may be more.
    is_cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Harmed {
    file: Arc<str>,
    document: Option<usize>,
    object: Arc<Object>,
}

impl Harms {
    /// Those of one file; what was not checked is no object that could be counted among the others.
    pub(super) fn of(file: &str, report: &Report) -> Self {
        let is_cut = report.rests.iter().any(|rest| rest.first.suppressed.is_none());
        let mut harms = Self { is_cut, ..Self::default() };
        if report.findings.is_empty() {
            return harms;
        }
        let file: Arc<str> = file.into();
        let checked = report.documents.iter().filter(|outcome| outcome.not_checked.is_none());
        let checked: HashSet<usize> = checked.map(|outcome| outcome.document).collect();
        for finding in &report.findings {
            if finding.happens_to().0.is_some_and(|document| checked.contains(&document)) {
                harms.count(&file, finding);
            }
        }
        harms
    }

    /// Adds a finding that is known only when all files were read.
    pub(super) fn add_late(&mut self, late: &Late) {
        self.count(&late.at().file, late.finding());
    }

    /// Adds those of another file.
    pub(super) fn add(&mut self, other: Self) {
        self.is_cut |= other.is_cut;
        for (object, harms) in other.objects {
            let known = self.objects.entry(object).or_default();
            known.iter_mut().zip(harms).for_each(|(known, harm)| *known |= harm);
        }
    }

    /// Whether it may happen to more objects than are counted.
    pub(super) fn are_at_least(&self) -> bool {
        self.is_cut
    }

    /// How many objects that happens to.
    pub(super) fn objects(&self, harm: Harm) -> usize {
        self.objects.values().filter(|harms| harms[harm as usize]).count()
    }

    fn count(&mut self, file: &Arc<str>, finding: &Finding) {
        let (document, object) = finding.happens_to();
        if let (Some(harm), Some(object)) = (Harm::of(finding), object) {
            let (file, object) = (Arc::clone(file), Arc::clone(object));
            let harmed = Harmed { file, document, object };
            self.objects.entry(harmed).or_default()[harm as usize] = true;
        }
    }
}
