//! What an object adds to the facts of its text, by itself.

use super::{Collector, Reference, Work};
use crate::diagnostic::Object;
use crate::yaml::Moved;

/// What a Job or CronJob adds.
#[derive(Debug, Clone)]
pub(crate) struct OfObject {
    pub(super) document: usize,
    pub(super) identity: Object,
    pub(super) is_named: bool,
    /// What its pods refer to.
    pub(super) refers: Vec<Reference>,
    /// Its work, if that is asked for.
    pub(super) work: Option<Work>,
}

impl Collector<'_> {
    /// Adds what was known of an object when its document stood elsewhere.
    pub(crate) fn add_moved(&mut self, mut of_object: OfObject, moved: &Moved) {
        of_object.document = moved.document();
        of_object.identity.start = moved.byte(of_object.identity.start);
        let moved_to = |references: &mut [Reference]| {
            for reference in references {
                reference.span = moved.span(reference.span);
                reference.keys.iter_mut().for_each(|key| key.span = moved.span(key.span));
            }
        };
        moved_to(&mut of_object.refers);
        match &mut of_object.work {
            Some(Work::CronJob(cron_job)) => {
                cron_job.at = self.location(moved.span(cron_job.at.span()));
                cron_job.free_minute = cron_job.free_minute.map(|minute| moved.span(minute));
                moved_to(&mut cron_job.job.refers);
            }
            Some(Work::Job(job)) => moved_to(&mut job.refers),
            Some(Work::Unknown) | None => {}
        }
        self.add(of_object);
    }
}
