//! The CronJobs of a text with their schedules: text in, schedules out. It opens no file and reads no clock.

use crate::analysis::Analysis;
use crate::k8s::Manifest;
use crate::k8s::objects::CronJobSpec;
use crate::schedule::{Expression, Schedule, Zone, describe};
use crate::text::Span;

/// A CronJob and when it will run.
#[derive(Debug, Clone)]
pub struct Upcoming {
    /// The document, counted from 0 as kubectl counts.
    pub document: usize,
    /// `metadata.namespace`, if there is one.
    pub namespace: Option<String>,
    /// `metadata.name`; empty where there is none.
    pub name: String,
    /// `spec.schedule` as read; empty where there is none.
    pub expression: String,
    /// `spec.timeZone`, if there is one.
    pub time_zone: Option<String>,
    /// The schedule's bytes, or those of the CronJob's kind.
    pub span: Span,
    /// When it will run.
    pub outlook: Outlook,
}

/// When a CronJob will run.
#[derive(Debug, Clone)]
pub enum Outlook {
    /// By this schedule.
    Runs {
        /// The schedule in its zone.
        schedule: Schedule,
        /// The schedule in words.
        words: String,
        /// Whether runs are counted from the CronJob's creation (`@every`), which no manifest tells.
        from_creation: bool,
    },
    /// Never, and why: a phrase that follows the CronJob's name.
    Never(String),
}

/// The CronJobs of a file, in order of place.
#[must_use]
pub fn upcoming(analysis: &Analysis) -> Vec<Upcoming> {
    analysis.manifests().filter_map(|manifest| Some(of(manifest, manifest.cron_job()?))).collect()
}

fn of(manifest: Manifest<'_>, spec: CronJobSpec<'_>) -> Upcoming {
    let namespace = manifest.metadata().and_then(|metadata| metadata.namespace());
    Upcoming {
        document: manifest.document.index,
        namespace: namespace.map(|namespace| namespace.value.to_owned()),
        name: manifest.name().unwrap_or_default().to_owned(),
        expression: spec.schedule().map_or("", |schedule| schedule.value).to_owned(),
        time_zone: spec.time_zone().map(|zone| zone.value.to_owned()),
        span: spec.schedule().map_or(manifest.place(), |schedule| schedule.span),
        outlook: outlook(spec),
    }
}

fn outlook(spec: CronJobSpec<'_>) -> Outlook {
    let never = |why: String| Outlook::Never(why);
    if spec.suspend().is_some_and(|suspend| suspend.value) {
        return never("is suspended".to_owned());
    }
    if spec.starting_deadline_seconds().is_some_and(|deadline| deadline.value == 0) {
        return never("has a starting deadline of 0 seconds, which no run meets".to_owned());
    }
    let Some(schedule) = spec.schedule() else { return never("has no schedule".to_owned()) };
    let zone = match spec.time_zone().map(|zone| Zone::load(zone.value)) {
        None => Zone::utc(),
        Some(Ok(zone)) => zone,
        Some(Err(error)) => return never(format!("has no time zone: {error}")),
    };
    match Expression::parse(schedule.value) {
        Err(error) => never(format!("has no schedule: {error}")),
        Ok(expression) => Outlook::Runs {
            words: describe(&expression, spec.time_zone().map(|zone| zone.value)),
            from_creation: expression.every().is_some(),
            schedule: Schedule::new(&expression, zone),
        },
    }
}
