//! What an editor shows of the place that is pointed at: why there is a finding, a schedule in words with its next runs,
//! what a field is, and of a policy what the controllers will do with it.

use lsp_types::{Contents, Hover, Position};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use super::fields;
use super::outlook::{self, LOOK};
use crate::agenda::explain;
use crate::cli::surroundings;
use crate::render::schedule;
use crate::rule::address;
use crate::rules;
use crate::schedule::{Instant, Zone};
use crate::text::Span;

/// Runs that are listed.
const RUNS: usize = 5;

/// What there is to say of a place.
pub(super) fn of(document: &Document, checked: &Checked, position: Position, client: Client) -> Option<Hover> {
    let places = Places::new(document.source.text(), client.encoding);
    let byte = places.byte(position);
    let mut span = None;
    let mut parts = Vec::new();
    for finding in checked.report.findings.iter().filter(|finding| finding.span.touches(byte)) {
        let Some(entry) = rules::find(finding.rule) else { continue };
        span.get_or_insert(finding.span);
        let (name, summary, address) = (entry.name, entry.rule.page.summary, address(entry.name));
        parts.push(format!("**[{name}]({address})**: {summary}"));
    }
    let spot = checked.analysis.manifests().find_map(|manifest| manifest.spot(byte));
    let field = spot.and_then(|spot| Some((spot, spot.owner?, spot.field?)));
    let schedule = schedule_at(checked, byte);
    if let Some((spot, owner, field)) = field
        && (spot.entry.key_span.touches(byte) || (schedule.is_none() && outlook::is_policy(owner, field)))
    {
        let is_at_key = spot.entry.key_span.touches(byte);
        span.get_or_insert(if is_at_key { spot.entry.key_span } else { spot.entry.value.place() });
        parts.push(fields::markdown(owner, field));
        parts.extend(outlook::of(checked, owner, field, byte).map(|text| block(&text)));
    }
    if let Some((at, text)) = schedule {
        span.get_or_insert(at);
        parts.push(block(&text));
    }
    let range = places.range(span?);
    let contents = fields::content(&parts.join("\n\n"), client.hovers_markdown);
    Some(Hover { contents: Contents::MarkupContent(contents), range: Some(range) })
}

/// A text as it is laid out.
fn block(text: &str) -> String {
    format!("```text\n{}\n```", text.trim_end())
}

/// The schedule that is pointed at, or whose zone is, as `batchlint schedule` explains it.
fn schedule_at(checked: &Checked, byte: u32) -> Option<(Span, String)> {
    let settings = checked.settings_now();
    for manifest in checked.analysis.manifests() {
        let Some(spec) = manifest.cron_job_field() else { continue };
        let (written, zone) = (spec.value.schedule(), spec.value.time_zone());
        let is_meant = |span: Option<Span>| span.filter(|span| span.touches(byte));
        let at = is_meant(written.map(|field| field.span)).or_else(|| is_meant(zone.map(|field| field.span)));
        let (Some(at), Some(written)) = (at, written) else { continue };
        let zones = (zone.map(|field| field.value), settings.controller_zone);
        return Some((at, explained(written.value, zones, settings.now)?));
    }
    // What a chart prints, where it is written.
    let cron_job = checked.printed.iter().find(|cron_job| cron_job.at.span().touches(byte))?;
    let zones = (cron_job.time_zone.as_deref(), settings.controller_zone);
    Some((cron_job.at.span(), explained(&cron_job.schedule, zones, settings.now)?))
}

fn explained(written: &str, zones: (Option<&str>, Option<Zone>), now: Instant) -> Option<String> {
    let explained = explain(written, zones, |_| now, RUNS);
    let mut text = Vec::new();
    schedule::text::write(&explained, surroundings::zone(), LOOK, &mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}
