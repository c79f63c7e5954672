//! Misplaced fields in which the server would warn of something once they are where they belong.

use super::{Mends, UNKNOWN as RULE};
use crate::analysis::{Analysis, analyse};
use crate::diagnostic::Finding;
use crate::hash::{HashMap, HashSet};
use crate::k8s::{Manifest, Problem};
use crate::text::{Edit, apply_edits};
use crate::yaml::{self, Change};

/// Says with a field that is to be moved what the server warns of in it. All are moved and the text is read once more.
pub(in crate::lint) fn foretell(findings: &mut [Finding], analysis: &Analysis) {
    let mut offers: Vec<&mut Finding> =
        findings.iter_mut().filter(|finding| finding.rule == RULE && finding.fixes.len() == 1).collect();
    let changes: Vec<&Change> = offers.iter().flat_map(|finding| &finding.fixes).map(|fix| &fix.change).collect();
    let mut moves = yaml::resolve(analysis.file(), &changes).into_iter();
    let mut edits: Vec<Edit> = Vec::new();
    offers.retain(|_| {
        let moved = moves.next().flatten().filter(|moved| moved.len() > 1);
        let is_move = moved.is_some();
        edits.extend(moved.into_iter().flatten());
        is_move
    });
    if offers.is_empty() {
        return;
    }
    let mends = Mends::of(edits);
    let Ok(text) = apply_edits(analysis.source().text(), &mends.edits) else { return };
    let moved = analyse(analysis.source().with_text(text), analysis.settings());
    let mut offers = offers.into_iter().peekable();
    for (old, new) in analysis.manifests().zip(moved.manifests()) {
        let own: Vec<&mut Finding> =
            std::iter::from_fn(|| offers.next_if(|finding| finding.span.end <= old.root.span().end)).collect();
        if !own.is_empty() {
            warn(own, [(analysis, old), (&moved, new)]);
        }
    }
}

fn warn(moves: Vec<&mut Finding>, [(analysis, old), (moved, new)]: [(&Analysis, Manifest<'_>); 2]) {
    let (before, after) = (analysis.verdict(old), moved.verdict(new));
    let is_warning = |problem: &&Problem| problem.is_warning();
    let known: HashSet<&str> = before.problems().iter().filter(is_warning).map(|one| &*one.message).collect();
    // The first by each field that it is in.
    let mut warnings: HashMap<&str, &Problem> = HashMap::default();
    for warning in after.problems().iter().filter(is_warning).filter(|one| !known.contains(&*one.message)) {
        for step in warning.field.split(['.', '[']) {
            warnings.entry(step).or_insert(warning);
        }
    }
    for finding in moves {
        let name = finding.field.as_deref().and_then(|field| field.rsplit_once('.')).map_or("", |(_, name)| name);
        let Some(warning) = warnings.get(name) else { continue };
        let mut help = finding.help.take().map_or_else(String::new, |help| format!("{help}; "));
        help.push_str(&format!("there the server warns that {}", warning.message));
        if let Some(mend) = &warning.help {
            help.push_str(&format!(": {mend}"));
        }
        finding.help = Some(help.into());
    }
}
