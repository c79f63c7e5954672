//! What stands beside what is written: the next run of a schedule, and what Kubernetes takes where nothing is said.

use std::fmt::Display;

use lsp_types::{InlayHint, Label, Range, Tooltip};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use super::wishes::Wishes;
use crate::analysis::Subject;
use crate::k8s::defaulted;
use crate::k8s::objects::Slot;
use crate::schedule::{Instant, Zone};
use crate::text::Span;

/// The hints within a range.
pub(super) fn of(
    document: &Document,
    checked: &Checked,
    range: Range,
    (client, wishes): (Client, &Wishes),
) -> Vec<InlayHint> {
    let settings = checked.settings_now();
    let places = Places::new(document.source.text(), client.encoding);
    let within = places.span(range);
    let mut hints = Vec::new();
    for manifest in checked.analysis.manifests().filter(|manifest| manifest.root.span().meets(within)) {
        let subject = Subject::new(manifest, &settings);
        if wishes.defaults {
            hints.extend(defaults(&subject, &places, within));
        }
        let Some(timetable) = subject.timetable().filter(|table| wishes.next_runs && table.written.span.meets(within))
        else {
            continue;
        };
        let words = match timetable.next_runs().first() {
            _ if subject.is_suspended() => "suspended".to_owned(),
            Some(next) => format!("next: {}", clock(*next, timetable.zone())),
            None => "never runs".to_owned(),
        };
        let tooltip = "When the CronJob runs next, on the clock of its zone";
        hints.push(hint(&places, timetable.written.span.end, words, tooltip));
    }
    hints
}

/// What the server fills in where nobody says it, behind the keys of the objects that it belongs to.
fn defaults(subject: &Subject<'_>, places: &Places<'_>, within: Span) -> Vec<InlayHint> {
    let manifest = subject.manifest;
    let mut found: Vec<(Span, Vec<String>)> = Vec::new();
    if let Some(spec) = manifest.cron_job_field() {
        let (all, slots) = (defaulted::CronJob::of(spec.value), spec.value.slots());
        let mut words = Vec::new();
        said(&mut words, slots.concurrency_policy(), all.concurrency_policy.as_str());
        said(&mut words, slots.successful_jobs_history_limit(), all.successful_jobs_history_limit);
        said(&mut words, slots.failed_jobs_history_limit(), all.failed_jobs_history_limit);
        found.push((spec.key, words));
    }
    if let Some(spec) = manifest.job_field() {
        let (all, slots) = (defaulted::Job::of(spec.value, subject.settings.kubernetes), spec.value.slots());
        let mut words = Vec::new();
        said(&mut words, slots.backoff_limit(), all.backoff_limit());
        said(&mut words, slots.parallelism(), all.parallelism());
        found.push((spec.key, words));
    }
    let shown = found.into_iter().filter(|(key, words)| !words.is_empty() && key.meets(within));
    shown
        .map(|(key, words)| hint(places, key.end + 1, words.join(", "), "What Kubernetes takes where nothing is said"))
        .collect()
}

fn said(words: &mut Vec<String>, slot: Slot<'_>, default: impl Display) {
    if !slot.is_set() {
        words.push(format!("{}: {default}", slot.name()));
    }
}

fn hint(places: &Places<'_>, byte: u32, words: String, tooltip: &str) -> InlayHint {
    InlayHint {
        position: places.position(byte),
        label: Label::String(words),
        kind: None,
        text_edits: None,
        tooltip: Some(Tooltip::String(tooltip.to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// `Mon 2026-11-30 02:30 CET`
pub(super) fn clock(run: Instant, zone: Zone) -> String {
    let local = zone.local(run);
    let minute = local.second_of_day / 60;
    let (hour, minute) = (minute / 60, minute % 60);
    format!("{} {hour:02}:{minute:02} {}", local.date.with_weekday(), local.abbreviation)
}
