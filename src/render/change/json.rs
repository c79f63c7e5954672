//! `batchlint diff --format json`: one object with every change.

use std::io;

use serde::Serialize;
use serde_json::Value;

use crate::change;
use crate::render::json::{self, VERSION};
use crate::render::when::When;
use crate::schedule::{Instant, Zone};
use crate::text::Location;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    object: json::Object<'a>,
    old: Option<Place<'a>>,
    new: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_from: Option<&'a str>,
    accepted: bool,
    changed: bool,
    causes: Vec<Cause<'a>>,
    runs: Option<Runs>,
    at_once: Vec<Happening<'a>>,
    later: Vec<Later<'a>>,
    kept: Vec<Kept<'a>>,
    way_out: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_comment: Option<Stale<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    range: json::Range,
}

#[derive(Serialize)]
struct Cause<'a> {
    reason: Option<&'a str>,
    field: &'a str,
    message: &'a str,
    range: json::Range,
}

#[derive(Serialize)]
struct Runs {
    gone: Vec<When>,
    new: Vec<When>,
    kept: usize,
}

#[derive(Serialize)]
struct Happening<'a> {
    what: &'static str,
    at: When,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled: Option<When>,
    message: &'a str,
}

#[derive(Serialize)]
struct Later<'a> {
    field: &'a str,
    run: Option<When>,
    message: &'a str,
}

#[derive(Serialize)]
struct Kept<'a> {
    field: &'a str,
    value: Option<Value>,
    anew: Option<Value>,
    range: json::Range,
}

#[derive(Serialize)]
struct Stale<'a> {
    message: &'a str,
    range: json::Range,
}

/// Writes the object and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(changes: &[change::Change], out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{{\"version\": {VERSION},\n \"changes\": [")?;
    for (number, change) in changes.iter().enumerate() {
        out.write_all(json::before(number == 0))?;
        out.write_all(json::text(&Change::new(change)).as_bytes())?;
    }
    writeln!(out, "]}}")
}

impl<'a> Change<'a> {
    fn new(change: &'a change::Change) -> Self {
        let zone = change.runs.as_ref().and_then(|runs| runs.zone);
        Self {
            object: json::Object::new(&change.object),
            old: change.old.as_ref().map(Place::new),
            new: change.new.as_ref().map(Place::new),
            renamed_from: change.renamed_from.as_deref(),
            accepted: change.accepted,
            changed: change.changed,
            causes: change.causes.iter().map(Cause::new).collect(),
            runs: change.runs.as_ref().map(Runs::new),
            at_once: change.at_once.iter().map(|one| Happening::new(one, zone)).collect(),
            later: change.later.iter().map(|one| Later::new(one, zone)).collect(),
            kept: change.kept.iter().map(Kept::new).collect(),
            way_out: &change.way_out,
            stale_comment: change.stale.as_ref().map(Stale::new),
        }
    }
}

impl<'a> Place<'a> {
    fn new(at: &'a Location) -> Self {
        Self { file: &at.file, range: range(at) }
    }
}

fn range(at: &Location) -> json::Range {
    json::Range::of([at.start, at.end])
}

impl<'a> Cause<'a> {
    fn new(cause: &'a change::Cause) -> Self {
        Self { reason: cause.reason, field: &cause.field, message: &cause.message, range: range(&cause.at) }
    }
}

impl Runs {
    fn new(runs: &change::Runs) -> Self {
        let list = |list: &[Instant], zone| list.iter().map(|run| when(*run, zone)).collect();
        Self { gone: list(&runs.gone, runs.old_zone), new: list(&runs.new, runs.zone), kept: runs.kept }
    }
}

fn when(at: Instant, zone: Option<Zone>) -> When {
    zone.map_or_else(|| When::utc(at), |zone| When::in_zone(at, zone))
}

impl<'a> Happening<'a> {
    fn new(happening: &'a change::Happening, zone: Option<Zone>) -> Self {
        let scheduled = match happening.what {
            change::What::RunStarts { scheduled } => Some(when(scheduled, zone)),
            _ => None,
        };
        Self { what: happening.what.name(), at: when(happening.at, zone), scheduled, message: &happening.message }
    }
}

impl<'a> Later<'a> {
    fn new(later: &'a change::Later, zone: Option<Zone>) -> Self {
        Self { field: later.field, run: later.run.map(|run| when(run, zone)), message: &later.message }
    }
}

impl<'a> Stale<'a> {
    fn new(stale: &'a change::Stale) -> Self {
        Self { message: &stale.message, range: range(&stale.at) }
    }
}

impl<'a> Kept<'a> {
    fn new(kept: &'a change::Kept) -> Self {
        let raw = |text: &Option<String>| text.as_ref().and_then(|text| serde_json::from_str(text).ok());
        Self { field: &kept.field, value: raw(&kept.value), anew: raw(&kept.anew), range: range(&kept.at) }
    }
}
