//! `batchlint runs --format ics`: a calendar (RFC 5545) with an event a run.

use std::io;

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike as _, Property};

use crate::agenda::{Row, Window};
use crate::schedule::Instant;
use crate::text::visible;

/// Writes the calendar, event by event. The same manifests and the same window give the same bytes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//batchlint//runs//EN"));
    let calendar = calendar.to_string();
    let end = calendar.rfind("END:").unwrap_or(calendar.len());
    out.write_all(&calendar.as_bytes()[..end])?;
    let stamp = date_time(window.from);
    let mut text = String::new();
    for row in rows {
        let Some(words) = row.words() else { continue };
        let ((file, line), label) = (row.place(), row.label());
        let (file, label) = (visible(file), visible(&label));
        let description = format!("{words}\n{file}:{line}");
        for &run in &row.runs {
            let event = Event::new()
                .uid(&format!("{}-{label}-{}@batchlint", run.unix(), row.object.document))
                .timestamp(stamp)
                .starts(date_time(run))
                .summary(&label)
                .description(&description)
                .done();
            text.clear();
            event.fmt_write(&mut text).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())?;
        }
    }
    out.write_all(&calendar.as_bytes()[end..])
}

fn date_time(instant: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp(instant.unix(), 0).unwrap_or_default()
}
