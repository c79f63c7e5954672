//! CronJobs, and the template of their Jobs.

use super::object::objects;
use super::{ConcurrencyPolicy, JobSpec, ObjectMeta};

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
        concurrency_policy: ConcurrencyPolicy<'a> = "concurrencyPolicy",
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
