//! What stands above an object: its next runs, and what can be asked of it. The runs are looked for when the object is in
//! view: a file may have a thousand.

use lsp_types::{CodeLens, Command, Uri};
use serde_json::Value;

use super::checked::Checked;
use super::client::Client;
use super::commands::{RUNS, SIMULATE};
use super::document::{Document, Places};
use super::hints::clock;
use super::texts::Texts;
use crate::analysis::Subject;
use crate::controller::Never;

/// Runs that are named.
const NAMED: usize = 3;

/// The lenses of a text; to those without a command [`resolved`] gives one.
pub(super) fn of(document: &Document, checked: &Checked, client: Client) -> Vec<CodeLens> {
    let settings = checked.settings_now();
    let places = Places::new(document.source.text(), client.encoding);
    let mut lenses = Vec::new();
    for manifest in checked.analysis.manifests().filter(|manifest| manifest.resource.is_some()) {
        let range = places.range(manifest.place());
        if Subject::new(manifest, &settings).timetable().is_some() {
            let data = Some(vec![Value::from(&*document.uri), Value::from(manifest.root.span().start)].into());
            lenses.push(CodeLens { range, command: None, data });
        }
        let what_if = command("what if …".to_owned(), SIMULATE, (&document.uri, range.start.line));
        lenses.push(CodeLens { range, command: Some(what_if), data: None });
    }
    for cron_job in &checked.printed {
        let title = match (cron_job.timetable(), &cron_job.never) {
            (Some(schedule), _) => {
                let runs = schedule.runs_after(settings.now).take(NAMED);
                runs.map(|run| clock(run, schedule.zone())).collect::<Vec<_>>().join(", ")
            }
            (None, Some(Never::Undecided(undecided))) => undecided.words(),
            (None, _) => String::new(),
        };
        let title = if title.is_empty() { "never runs".to_owned() } else { title };
        let command = Command { title, tooltip: None, command: String::new(), arguments: None };
        lenses.push(CodeLens { range: places.range(cron_job.at.span()), command: Some(command), data: None });
    }
    lenses
}

/// A lens with the next runs of its object, as far as that is where it was.
pub(super) fn resolved(lens: CodeLens, texts: &mut Texts<'_>) -> CodeLens {
    let data = lens.data.as_ref();
    let Some(uri) = data.and_then(|data| data.get(0)?.as_str()) else { return lens };
    let start = data.and_then(|data| data.get(1)?.as_u64());
    let title = texts.checked(&Uri(uri.to_owned())).and_then(|(_, checked)| {
        let mut manifests = checked.analysis.manifests();
        let manifest = manifests.find(|manifest| Some(u64::from(manifest.root.span().start)) == start)?;
        let settings = checked.settings_now();
        let subject = Subject::new(manifest, &settings);
        let timetable = subject.timetable()?;
        let runs = timetable.next_runs().iter().take(NAMED);
        let named: Vec<String> = runs.map(|run| clock(*run, timetable.zone())).collect();
        Some(if named.is_empty() { "never runs".to_owned() } else { named.join(", ") })
    });
    let title = title.unwrap_or_else(|| "next runs".to_owned());
    let command = Some(command(title, RUNS, (uri, lens.range.start.line)));
    CodeLens { command, ..lens }
}

fn command(title: String, command: &str, (uri, line): (&str, u32)) -> Command {
    let arguments = vec![Value::from(uri), Value::from(line)];
    Command { title, tooltip: None, command: command.to_owned(), arguments: Some(arguments) }
}
