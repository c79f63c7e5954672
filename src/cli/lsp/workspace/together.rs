//! What is found over all files of the workspace. To look over them takes longer than a keystroke, so that it is done beside
//! the conversation, of the files as they are then; until it is done, what was found before is shown where it stands now.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::moved::Moved;
use crate::config::Config;
use crate::diagnostic::{Condition, Finding, Late};
use crate::hash::HashMap;
use crate::lint::{self, of_one_file};
use crate::project::{Circumstances, Project, Scope, decided};
use crate::text::Source;

/// The texts that are open, by the names of their files.
pub(super) type Open = HashMap<Arc<str>, Source>;

/// The files as they are now, to be looked over.
pub(in crate::cli::lsp) struct Look {
    pub(super) project: Project,
    pub(super) config: Arc<Config>,
    pub(super) open: Open,
}

/// What was found over them.
pub(in crate::cli::lsp) struct Together {
    late: HashMap<Arc<str>, Vec<Late>>,
    circumstances: Circumstances,
    /// What was open then; of the others, the text is that of the file.
    open: Open,
}

impl Look {
    /// Looks over all files.
    pub(in crate::cli::lsp) fn over(self) -> Together {
        let mut late: HashMap<Arc<str>, Vec<Late>> = HashMap::default();
        for one in lint::over_all(&self.project, &self.config, Scope::Whole) {
            late.entry(Arc::clone(&one.at().file)).or_default().push(one);
        }
        Together { late, circumstances: self.project.circumstances(), open: self.open }
    }
}

impl Together {
    /// What is found in a text over all files, and those of its own findings that they confirm; and whether it was another
    /// text when they were looked over, so that somebody is to look again.
    pub(super) fn found(&self, source: &Source, conditional: &[(Condition, Late)]) -> (Vec<Finding>, bool) {
        let own = decided(conditional, Some(&self.circumstances)).map(of_one_file);
        let late = self.late.get(source.name()).map_or(&[][..], Vec::as_slice);
        let then = self.open.get(source.name()).filter(|_| !late.is_empty());
        let found = late.iter().map(of_one_file);
        match then.and_then(|then| Moved::between(then.text(), source.text())) {
            Some(moved) => (own.chain(found.filter_map(|finding| moved.finding(finding))).collect(), true),
            None => (own.chain(found).collect(), false),
        }
    }

    /// Takes a text for one of which the same is found at the same places.
    pub(super) fn is_as_good(&mut self, source: &Source) {
        self.open.insert(source.shared_name(), source.clone());
    }

    /// The files in which something else was found before; nothing, where it may be all of them.
    pub(super) fn differs(&self, before: &Self) -> Option<BTreeSet<Arc<str>>> {
        if !self.circumstances.hold_as(&before.circumstances) {
            return None;
        }
        let names = self.late.keys().chain(before.late.keys());
        let differs = |name: &&Arc<str>| {
            let now = self.late.get(&**name).map_or(&[][..], Vec::as_slice);
            let then = before.late.get(&**name).map_or(&[][..], Vec::as_slice);
            let texts = before.open.get(&**name).zip(self.open.get(&**name));
            let moved = texts.and_then(|(then, now)| Moved::between(then.text(), now.text()));
            let then = then.iter().map(of_one_file);
            let then: Vec<Option<Finding>> = match moved {
                Some(moved) => then.map(|finding| moved.finding(finding)).collect(),
                None => then.map(Some).collect(),
            };
            let is_same =
                |(now, then): (&Late, &Option<Finding>)| then.as_ref().is_some_and(|then| shows(now.finding(), then));
            now.len() != then.len() || !now.iter().zip(&then).all(is_same)
        };
        Some(names.filter(differs).map(Arc::clone).collect())
    }
}

/// Whether two findings look the same.
fn shows(one: &Finding, other: &Finding) -> bool {
    let all = |finding: &Finding| (finding.rule, finding.span, finding.severity, finding.suppressed.is_some());
    all(one) == all(other) && (&one.message, &one.help) == (&other.message, &other.help)
}
