//! What an editor shows of the place that is pointed at: a schedule in words with its next runs, and why there is a
//! finding.

use lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::agenda::explain;
use crate::cli::surroundings;
use crate::render::{Look, schedule};
use crate::rule::address;
use crate::rules;
use crate::text::Span;

/// Runs that are listed.
const RUNS: usize = 5;
const LOOK: Look = Look { width: 80, color: false, unicode: true };

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
    if let Some((at, text)) = schedule_at(checked, byte) {
        span.get_or_insert(at);
        parts.push(format!("```text\n{}\n```", text.trim_end()));
    }
    let range = places.range(span?);
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: parts.join("\n\n") };
    Some(Hover { contents: Contents::MarkupContent(contents), range: Some(range) })
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
        let explained = explain(written.value, zones, |_| settings.now, RUNS);
        let mut text = Vec::new();
        schedule::text::write(&explained, surroundings::zone(), LOOK, &mut text).ok()?;
        return Some((at, String::from_utf8_lossy(&text).into_owned()));
    }
    None
}
