//! `batchlint simulate --scenario`: a line as it came, with what happens.

use std::io;

use serde_json::Value as Json;

use super::names::Told;
use crate::controller::{Event, Moment, Watcher, What};
use crate::foresight::Script;
use crate::render::json;
use crate::sort;

/// The names of Jobs in the recordings: the beginning of a CronJob's, and the one of a Job of its own.
const NAMES: [&str; 2] = ["cj", "job"];

/// Writes the line with its events, in order of time, then of what happens, and a line break.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(script: &Script, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{{")?;
    for member in script.members() {
        write!(out, "{},", json::escaped(member.into()))?;
    }
    write!(out, "\"events\":[")?;
    let patches = Box::new(script.patches());
    let mut writer = Writer { patches, at: None, together: Vec::new(), is_first: true, done: Ok(()), out };
    script.watch(&mut writer);
    writer.flush();
    let Writer { done, out, .. } = writer;
    done?;
    writeln!(out, "]}}")
}

/// Events of one moment wait for each other, to be put in order.
struct Writer<'a> {
    patches: Box<dyn Iterator<Item = &'a Json> + 'a>,
    at: Option<Moment>,
    together: Vec<Told>,
    is_first: bool,
    done: io::Result<()>,
    out: &'a mut dyn io::Write,
}

impl Watcher for Writer<'_> {
    fn see(&mut self, event: Event) {
        let patch = || self.patches.next().map(Json::to_string);
        if let Some(told) = told(event, patch) {
            self.add(event.at, told);
        }
    }

    fn has_enough(&self) -> bool {
        self.done.is_err()
    }
}

impl Writer<'_> {
    fn add(&mut self, at: Moment, told: Told) {
        if self.at.is_none_or(|before| before.millis() != at.millis()) {
            self.flush();
            self.at = Some(at);
        }
        self.together.push(told);
    }

    fn flush(&mut self) {
        sort::by_key(&mut self.together, |told| told.what);
        for told in self.together.drain(..) {
            let comma = if std::mem::take(&mut self.is_first) { "" } else { "," };
            if self.done.is_ok() {
                self.done = write!(self.out, "{comma}{}", json::text(&told));
            }
        }
    }
}

/// What the recordings have of an event, if they have it: what the CronJob controller only says is not among it.
fn told(event: Event, patch: impl FnOnce() -> Option<String>) -> Option<Told> {
    match event.what {
        What::CronJob(_) => None,
        What::Changed => Some(Told { detail: patch(), ..Told::of(event, NAMES)? }),
        _ => Told::of(event, NAMES),
    }
}
