//! Values of a wrong type that are refused of the right type, too: there is nothing to offer then.

mod renames;
mod uncovered;

pub(super) use renames::complete;
pub(super) use uncovered::foretell;

use crate::analysis::{Analysis, analyse};
use crate::diagnostic::Finding;
use crate::hash::HashMap;
use crate::k8s::{Manifest, Problem, Topic, validation};
use crate::sort;
use crate::text::{Edit, Span, apply_edits};
use crate::yaml;

/// The rule whose findings are of such values.
const RULE: &str = "wrong-type";
/// The rule whose findings are of fields by a wrong name, or in a wrong place.
const UNKNOWN: &str = "unknown-field";

/// Withdraws the mends of values that the server would refuse after them, and says why it would. All are made together
/// and the text is read once more: they are of one scalar each, and leave each other alone.
pub(super) fn withdraw(findings: &mut [Finding], analysis: &Analysis) {
    let offers: Vec<&mut Finding> =
        findings.iter_mut().filter(|finding| finding.rule == RULE && !finding.fixes.is_empty()).collect();
    if offers.is_empty() {
        return;
    }
    let changes: Vec<_> = offers.iter().flat_map(|finding| &finding.fixes).map(|fix| &fix.change).collect();
    let mends = Mends::of(yaml::resolve(analysis.file(), &changes).into_iter().flatten().flatten().collect());
    let Ok(text) = apply_edits(analysis.source().text(), &mends.edits) else { return };
    let mended = analyse(analysis.source().with_text(text), analysis.settings());
    let mut offers = offers.into_iter().peekable();
    for (old, new) in analysis.manifests().zip(mended.manifests()) {
        let own = |finding: &&mut Finding| finding.span.end <= old.root.span().end;
        let own: Vec<&mut Finding> = std::iter::from_fn(|| offers.next_if(own)).collect();
        if !own.is_empty() {
            judge(own, new, &mends, &mended);
        }
    }
}

/// Looks at the mended object, and takes back what is refused there.
fn judge(offers: Vec<&mut Finding>, manifest: Manifest<'_>, mends: &Mends, mended: &Analysis) {
    // What was mended has the right type; what is still of a wrong one is not asked for, and may be much.
    let verdict = validation::check_rest(manifest, mended.settings().kubernetes);
    let refused = verdict.problems().iter().filter(|one| one.rejects() && one.topic != Topic::WrongType);
    let by_field: HashMap<&str, &Problem> = refused.clone().map(|one| (one.field.as_str(), one)).collect();
    let by_place: HashMap<u32, &Problem> = refused.map(|one| (one.span.start, one)).collect();
    for finding in offers {
        let place = mends.moved(finding.span);
        let of_field = finding.field.as_deref().and_then(|field| {
            // Of some parts the server names what holds them; of its other parts there may be more to say.
            let owner = field.rsplit_once(['.', '[']).map(|(owner, _)| owner);
            let covers = |problem: &&&Problem| problem.span.range().contains(&(place as usize));
            by_field.get(field).or_else(|| by_field.get(owner?).filter(covers))
        });
        if let Some(problem) = of_field.or_else(|| by_place.get(&place)) {
            finding.fixes.clear();
            finding.help = Some(problem.message.clone());
        }
    }
}

/// The edits of all mends, in order of place.
struct Mends {
    edits: Vec<Edit>,
    /// What the text has gained before each of them, and in all.
    gains: Vec<i64>,
}

impl Mends {
    fn of(mut edits: Vec<Edit>) -> Self {
        sort::by_key(&mut edits, |edit| edit.span);
        // What aliases lead to is mended once.
        edits.dedup();
        let mut total = 0;
        let mut gains = Vec::with_capacity(edits.len() + 1);
        gains.push(total);
        for edit in &edits {
            total += edit.text.len() as i64 - i64::from(edit.span.len());
            gains.push(total);
        }
        Self { edits, gains }
    }

    /// Where bytes that an edit starts with are afterwards.
    fn moved(&self, span: Span) -> u32 {
        let at = self.edits.partition_point(|edit| edit.span.start < span.start);
        u32::try_from(i64::from(span.start) + self.gains[at]).unwrap_or(u32::MAX)
    }
}
