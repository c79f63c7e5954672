//! What stands beside a schedule in the editor: its next run.

use lsp_types::{InlayHint, Label, Range, Tooltip};

use super::checked::Checked;
use super::client::Client;
use super::document::{Document, Places};
use crate::analysis::Subject;
use crate::schedule::{Instant, Zone};

/// The hints within a range.
pub(super) fn of(document: &Document, checked: &Checked, range: Range, client: Client) -> Vec<InlayHint> {
    let settings = checked.settings_now();
    let places = Places::new(document.source.text(), client.encoding);
    let within = places.span(range);
    let mut hints = Vec::new();
    for manifest in checked.analysis.manifests().filter(|manifest| manifest.root.span().meets(within)) {
        let subject = Subject::new(manifest, &settings);
        let Some(timetable) = subject.timetable().filter(|table| table.written.span.meets(within)) else {
            continue;
        };
        let words = match timetable.next_runs().first() {
            _ if subject.is_suspended() => "suspended".to_owned(),
            Some(next) => format!("next: {}", clock(*next, timetable.zone())),
            None => "never runs".to_owned(),
        };
        hints.push(InlayHint {
            position: places.position(timetable.written.span.end),
            label: Label::String(words),
            kind: None,
            text_edits: None,
            tooltip: Some(Tooltip::String("When the CronJob runs next, on the clock of its zone".to_owned())),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        });
    }
    hints
}

/// `Mon 2026-11-30 02:30 CET`
fn clock(run: Instant, zone: Zone) -> String {
    let local = zone.local(run);
    let minute = local.second_of_day / 60;
    let (hour, minute) = (minute / 60, minute % 60);
    format!("{} {hour:02}:{minute:02} {}", local.date.with_weekday(), local.abbreviation)
}
