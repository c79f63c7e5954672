//! What the editor can have done: the pages of `runs`, `simulate` and `explain`.

use super::checked::Checked;
use super::outlook::{self, LOOK};
use crate::agenda::{Window, rows};
use crate::analysis::Facts;
use crate::cli::surroundings;
use crate::foresight::plans;
use crate::project::Project;
use crate::render::runs::{self, list};
use crate::render::{page, simulate};
use crate::rules;
use crate::schedule::{Seconds, Zone};

pub(super) const RUNS: &str = "batchlint.runs";
pub(super) const SIMULATE: &str = "batchlint.simulate";
pub(super) const EXPLAIN: &str = "batchlint.explain";
pub(super) const ALL: [&str; 3] = [RUNS, SIMULATE, EXPLAIN];

/// How far runs are looked for.
const WEEK: Seconds = Seconds::new(7 * 86_400);
/// Runs that are listed.
const LISTED: usize = 40;

/// Something to show: for who can show pages, and for who cannot.
#[derive(serde::Serialize)]
pub(super) struct Page {
    title: String,
    html: Option<String>,
    pub(super) text: String,
}

/// The page of a rule.
pub(super) fn explain(rule: &str) -> Option<Page> {
    let entry = rules::find(rule)?;
    let mut text = Vec::new();
    page::write(entry.rule.page.body(), LOOK, &mut text).ok()?;
    Some(Page { title: entry.name.to_owned(), html: None, text: string(text) })
}

/// The runs of the CronJobs of a text in the next week.
pub(super) fn runs(checked: &Checked) -> Option<Page> {
    let now = checked.settings_now().now;
    let window = Window { from: now, until: now.saturating_add(WEEK) };
    let mut project = Project::new();
    project.add(Facts::of(&checked.analysis));
    let (rows, zone) = (rows(&project, window, LISTED), zone());
    let (mut html, mut text) = (Vec::new(), Vec::new());
    runs::html::write(&rows, window, zone, &mut html).ok()?;
    list::write_merged(&rows, LISTED, zone, LOOK, &mut text).ok()?;
    Some(Page { title: "Next runs".to_owned(), html: Some(string(html)), text: string(text) })
}

/// What comes of the Jobs and CronJobs of a text.
pub(super) fn simulate(checked: &Checked) -> Option<Page> {
    let (plans, assumed) = (plans(&checked.analysis, &checked.config), outlook::assumed(checked.settings_now().now));
    let (mut html, mut text) = (Vec::new(), Vec::new());
    simulate::html::write((&plans, &assumed), zone(), &mut html).ok()?;
    simulate::text::write((&plans, &assumed), (zone(), false), LOOK, &mut text).ok()?;
    Some(Page { title: "What if".to_owned(), html: Some(string(html)), text: string(text) })
}

fn zone() -> Zone {
    surroundings::zone().unwrap_or(Zone::utc())
}

fn string(text: Vec<u8>) -> String {
    String::from_utf8_lossy(&text).into_owned()
}
