//! What stands above an object: its next runs, and what can be asked of it.

use lsp_types::{CodeLens, Command};
use serde_json::Value;

use super::checked::Checked;
use super::client::Client;
use super::commands::{RUNS, SIMULATE};
use super::document::{Document, Places};
use super::hints::clock;
use crate::analysis::Subject;

/// Runs that are named.
const NAMED: usize = 3;

pub(super) fn of(document: &Document, checked: &Checked, client: Client) -> Vec<CodeLens> {
    let settings = checked.settings_now();
    let places = Places::new(document.source.text(), client.encoding);
    let mut lenses = Vec::new();
    for manifest in checked.analysis.manifests().filter(|manifest| manifest.resource.is_some()) {
        let range = places.range(manifest.place());
        let mut lens = |title: String, command: &str| {
            let arguments = vec![Value::from(&*document.uri), Value::from(range.start.line)];
            let command = Command { title, tooltip: None, command: command.to_owned(), arguments: Some(arguments) };
            lenses.push(CodeLens { range, command: Some(command), data: None });
        };
        let subject = Subject::new(manifest, &settings);
        if let Some(timetable) = subject.timetable() {
            let runs = timetable.next_runs();
            let named: Vec<String> = runs.iter().take(NAMED).map(|run| clock(*run, timetable.zone())).collect();
            lens(if named.is_empty() { "never runs".to_owned() } else { named.join(", ") }, RUNS);
        }
        lens("what if …".to_owned(), SIMULATE);
    }
    for cron_job in &checked.printed {
        let title = match cron_job.timetable() {
            Some(schedule) => {
                let runs = schedule.runs_after(settings.now).take(NAMED);
                runs.map(|run| clock(run, schedule.zone())).collect::<Vec<_>>().join(", ")
            }
            None => String::new(),
        };
        let title = if title.is_empty() { "never runs".to_owned() } else { title };
        let command = Command { title, tooltip: None, command: String::new(), arguments: None };
        lenses.push(CodeLens { range: places.range(cron_job.at.span()), command: Some(command), data: None });
    }
    lenses
}
