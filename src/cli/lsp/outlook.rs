//! What the controllers will do with a Job or CronJob, as `batchlint simulate` tells it.

use super::checked::Checked;
use crate::analysis::analyse;
use crate::cli::surroundings;
use crate::foresight::{Assumed, World, plans};
use crate::k8s::schema::{Field, Type};
use crate::render::Look;
use crate::render::simulate::text;
use crate::schedule::{Instant, Zone};
use crate::text::Source;

pub(super) const LOOK: Look = Look { width: 80, color: false, unicode: true };

/// The fields by which the controllers go.
const POLICIES: [(&str, &[&str]); 3] = [
    ("CronJobSpec", &["concurrencyPolicy", "startingDeadlineSeconds", "suspend"]),
    (
        "JobSpec",
        &[
            "activeDeadlineSeconds",
            "backoffLimit",
            "backoffLimitPerIndex",
            "completions",
            "parallelism",
            "podFailurePolicy",
            "podReplacementPolicy",
            "suspend",
            "ttlSecondsAfterFinished",
        ],
    ),
    ("PodSpec", &["activeDeadlineSeconds", "restartPolicy"]),
];

/// Whether the controllers go by a field.
pub(super) fn is_policy(owner: &Type, field: &Field) -> bool {
    POLICIES.iter().any(|(name, fields)| *name == owner.name() && fields.contains(&field.name))
}

/// Questions that people should ask of the object at a byte, with what the simulation answers, if the field there is one
/// by which the controllers go.
pub(super) fn of(checked: &Checked, owner: &Type, field: &Field, byte: u32) -> Option<String> {
    let manifest = checked.analysis.manifests().find(|manifest| manifest.root.span().touches(byte))?;
    let index = checked.analysis.manifests().take_while(|one| one.root.span().end < byte).count();
    let before = checked.analysis.manifests().take(index);
    let own = before.filter(|one| one.document.index == manifest.document.index).count();
    if !is_policy(owner, field) {
        return None;
    }
    // The other documents have no say in it.
    let document = manifest.document.slice(manifest.document.span).to_owned();
    let settings = checked.settings_now();
    let alone = analyse(Source::new(checked.analysis.source().shared_name(), document), &settings);
    let plan = plans(&alone, &checked.config).into_iter().nth(own)?;
    let assumed = assumed(settings.now);
    let mut told = Vec::new();
    let zone = surroundings::zone().unwrap_or(Zone::utc());
    text::write_outlook((&plan, &assumed), (zone, false), LOOK, &mut told).ok()?;
    Some(String::from_utf8_lossy(&told).into_owned()).filter(|told| !told.trim().is_empty())
}

/// Nothing beside what manifests say.
pub(super) fn assumed(now: Instant) -> Assumed {
    let world = World { from: now, length: None, outages: Vec::new(), suspended: Vec::new() };
    Assumed { claims: Vec::new(), world, seed: Assumed::SEED }
}
