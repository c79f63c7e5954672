use super::field::objects;
use super::{JobSpec, ObjectMeta};
use crate::schedule::{Expression, Schedule, Zone};

objects! {
    /// A CronJob.
    CronJob {
        metadata: ObjectMeta<'a> = "metadata",
        spec: CronJobSpec<'a> = "spec",
    }

    /// What a CronJob does.
    CronJobSpec {
        schedule: &'a str = "schedule",
        time_zone: &'a str = "timeZone",
        /// In seconds.
        starting_deadline_seconds: i64 = "startingDeadlineSeconds",
        concurrency_policy: &'a str = "concurrencyPolicy",
        suspend: bool = "suspend",
        job_template: JobTemplateSpec<'a> = "jobTemplate",
        successful_jobs_history_limit: i32 = "successfulJobsHistoryLimit",
        failed_jobs_history_limit: i32 = "failedJobsHistoryLimit",
    }

    /// The Job that a CronJob makes at every run.
    JobTemplateSpec {
        metadata: ObjectMeta<'a> = "metadata",
        spec: JobSpec<'a> = "spec",
    }
}

impl CronJobSpec<'_> {
    /// The schedule, where Kubernetes understands it.
    #[must_use]
    pub fn expression(self) -> Option<Expression> {
        Expression::parse(self.schedule()?.value).ok()
    }

    /// The shortest time between two of the next runs after `now`, in seconds; `None` where there are not two.
    #[must_use]
    pub fn shortest_gap(self, now: i64) -> Option<i64> {
        let schedule = Schedule::new(&self.expression()?, self.zone());
        // A hundred runs show the rhythm of hours, days and months.
        let runs: Vec<i64> = schedule.runs_after(now).take(100).collect();
        runs.windows(2).map(|pair| pair[1] - pair[0]).min()
    }

    /// The zone that the schedule runs in: `timeZone`, or else UTC, which is that of the controller's official image.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.time_zone().and_then(|zone| Zone::load(zone.value).ok()).unwrap_or_else(Zone::utc)
    }
}
