//! `batchlint runs --format ics`: a calendar (RFC 5545) with an event a run.

use std::io;

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike as _, Property};

use crate::agenda::{Row, Window};
use crate::schedule::Instant;
use crate::text::visible;

/// Writes the calendar. The same manifests and the same window give the same bytes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//batchlint//runs//EN"));
    let stamp = date_time(window.from);
    for row in rows {
        let Some(words) = row.words() else { continue };
        let (file, line) = row.place();
        let label = row.label();
        let label = visible(&label);
        for &run in &row.runs {
            let description = format!("{words}\n{}:{line}", visible(file));
            let event = Event::new()
                .uid(&format!("{}-{}-{}@batchlint", run.unix(), label, row.object.document))
                .timestamp(stamp)
                .starts(date_time(run))
                .summary(&label)
                .description(&description)
                .done();
            calendar.push(event);
        }
    }
    write!(out, "{calendar}")
}

fn date_time(instant: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp(instant.unix(), 0).unwrap_or_default()
}
