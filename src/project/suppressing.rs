//! What files suppress of the findings over all files.

use super::Scope;
use crate::analysis::{Facts, Suppressing, Suppressions};
use crate::config::Config;
use crate::diagnostic::Late;
use crate::hash::HashMap;
use crate::rule::{Misuse, without_effect};
use crate::rules;
use crate::text::Location;

/// Takes findings out of the count that their files suppress; and where all files were read, adds one for each
/// suppression that turned out to have no effect.
pub(super) fn suppress(found: &mut Vec<Late>, files: &[&Facts], config: &Config, scope: Scope) {
    let suppressing = files.iter().filter_map(|facts| Some((&*facts.file, facts.suppressing.as_deref()?)));
    let suppressing: Vec<(&str, &Suppressing)> = suppressing.collect();
    if suppressing.is_empty() {
        return;
    }
    let own = suppressing.iter().map(|(file, own)| (*file, own.suppressions.clone()));
    let mut suppressions: HashMap<&str, Suppressions> = own.collect();
    for late in found.iter_mut() {
        let Some(own) = suppressions.get_mut(&*late.at().file) else { continue };
        let names = rules::find(late.finding().rule).into_iter().flat_map(|entry| entry.names());
        if let Some(why) = own.take(names, late.at().span()) {
            *late = late.clone().suppressed(why);
        }
    }
    if scope == Scope::Whole {
        found.extend(suppressing.iter().flat_map(|(file, own)| ineffective(&suppressions[file], own, config)));
    }
}

/// The suppressions of a file that have no effect on what was found over all files, either.
fn ineffective(came: &Suppressions, own: &Suppressing, config: &Config) -> Vec<Late> {
    let Some(entry) = config.selection().of_misuse(Misuse::WithoutEffect) else { return Vec::new() };
    let without = own.undecided.iter().filter(|(written, name, _)| !came.all[*written].names[*name].has_effect);
    let late = |(written, name, at): &(usize, usize, Location)| {
        let findings = without_effect(entry, &came.all[*written], &[*name], None).into_iter();
        findings.map(|finding| Late::new(at.clone(), finding, Vec::new())).collect::<Vec<_>>()
    };
    without.flat_map(late).collect()
}
