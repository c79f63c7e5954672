use super::field::objects;
use super::{ObjectMeta, PodTemplateSpec};

objects! {
    /// A Job.
    Job {
        metadata: ObjectMeta<'a> = "metadata",
        spec: JobSpec<'a> = "spec",
    }

    /// What a Job does.
    JobSpec {
        parallelism: i32 = "parallelism",
        completions: i32 = "completions",
        completion_mode: &'a str = "completionMode",
        /// In seconds, from the Job's start.
        active_deadline_seconds: i64 = "activeDeadlineSeconds",
        backoff_limit: i32 = "backoffLimit",
        backoff_limit_per_index: i32 = "backoffLimitPerIndex",
        max_failed_indexes: i32 = "maxFailedIndexes",
        /// In seconds, from the Job's end.
        ttl_seconds_after_finished: i32 = "ttlSecondsAfterFinished",
        suspend: bool = "suspend",
        template: PodTemplateSpec<'a> = "template",
    }
}
