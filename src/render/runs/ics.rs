//! `batchlint runs --format ics`: a calendar (RFC 5545) with an event a run.

use std::io;

use crate::agenda::{Row, Window};
use crate::render::when::rfc3339_utc;
use crate::schedule::Instant;
use crate::text::visible;

/// The bytes that a line may have, without its end.
const LINE: usize = 75;

/// Writes the calendar, event by event. The same manifests and the same window give the same bytes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(rows: &[Row<'_>], window: Window, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//batchlint//runs//EN\r\n")?;
    let stamp = date_time(window.from);
    for row in rows {
        let Some(words) = row.words() else { continue };
        let (file, line) = row.place();
        let label = row.label();
        let summary = property("SUMMARY", &label);
        let description = property("DESCRIPTION", &format!("{words}\n{file}:{line}"));
        for &run in &row.runs {
            let name = property("UID", &format!("{}-{label}-{}@batchlint", run.unix(), row.object.document));
            let start = date_time(run);
            write!(out, "BEGIN:VEVENT\r\n{name}DTSTAMP:{stamp}\r\nDTSTART:{start}\r\n")?;
            write!(out, "{summary}{description}END:VEVENT\r\n")?;
        }
    }
    out.write_all(b"END:VCALENDAR\r\n")
}

fn date_time(instant: Instant) -> String {
    rfc3339_utc(instant).replace(['-', ':'], "")
}

/// A line with a text, escaped, and folded where it grows too long; no escape and no character is torn.
fn property(name: &str, text: &str) -> String {
    let mut line = format!("{name}:");
    let mut start = 0;
    let lines: Vec<_> = text.split('\n').map(visible).collect();
    for char in lines.join("\n").chars() {
        let mut buffer = [0; 4];
        let written = match char {
            '\n' => "\\n",
            '\\' => "\\\\",
            ',' => "\\,",
            ';' => "\\;",
            _ => char.encode_utf8(&mut buffer),
        };
        if line.len() - start + written.len() > LINE {
            line.push_str("\r\n");
            start = line.len();
            line.push(' ');
        }
        line.push_str(written);
    }
    line + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::property;

    #[test]
    fn a_text_is_escaped_and_folded_without_tearing_anything() {
        assert_eq!(property("SUMMARY", "a,b;c\\d\ne"), "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
        assert_eq!(property("SUMMARY", "a\r\u{1b}b"), "SUMMARY:a\\\\r\\\\u{1b}b\r\n");
        for pad in 0..8 {
            let text = format!("{}{}", "a".repeat(pad), "é,🦀".repeat(40));
            let folded = property("UID", &text);
            assert!(folded.lines().all(|line| line.len() <= 75), "{folded}");
            assert_eq!(folded.replace("\r\n ", "").replace("\\,", ","), format!("UID:{text}\r\n"));
        }
    }
}
