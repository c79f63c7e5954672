//! Every rule of the folder `rules/`. Written by `cargo test --test rulebook`.

use super::{pod, run, schedule, yaml};
use crate::rule::Entry;

#[rustfmt::skip]
pub(super) static ALL: [Entry; 19] = [
    Entry { group: "pod", name: "file-mode-not-octal", rule: &pod::file_mode_not_octal::RULE },
    Entry { group: "pod", name: "image-not-pinned", rule: &pod::image_not_pinned::RULE },
    Entry { group: "pod", name: "placeholder-never-filled", rule: &pod::placeholder_never_filled::RULE },
    Entry { group: "run", name: "backoff-limit-high", rule: &run::backoff_limit_high::RULE },
    Entry { group: "run", name: "backoff-limit-unset", rule: &run::backoff_limit_unset::RULE },
    Entry { group: "run", name: "completions-on-work-queue", rule: &run::completions_on_work_queue::RULE },
    Entry { group: "run", name: "concurrency-policy-unset", rule: &run::concurrency_policy_unset::RULE },
    Entry { group: "run", name: "forbid-without-deadline", rule: &run::forbid_without_deadline::RULE },
    Entry { group: "run", name: "on-failure-loses-logs", rule: &run::on_failure_loses_logs::RULE },
    Entry { group: "run", name: "replace-without-deadline", rule: &run::replace_without_deadline::RULE },
    Entry { group: "run", name: "sleep-as-schedule", rule: &run::sleep_as_schedule::RULE },
    Entry { group: "run", name: "starting-deadline-never-met", rule: &run::starting_deadline_never_met::RULE },
    Entry { group: "run", name: "ttl-beside-history-limits", rule: &run::ttl_beside_history_limits::RULE },
    Entry { group: "run", name: "ttl-breaks-hook", rule: &run::ttl_breaks_hook::RULE },
    Entry { group: "run", name: "ttl-unset", rule: &run::ttl_unset::RULE },
    Entry { group: "schedule", name: "time-zone-in-environment", rule: &schedule::time_zone_in_environment::RULE },
    Entry { group: "yaml", name: "surprising-scalar", rule: &yaml::surprising_scalar::RULE },
    Entry { group: "yaml", name: "template-not-rendered", rule: &yaml::template_not_rendered::RULE },
    Entry { group: "yaml", name: "yaml-syntax", rule: &yaml::yaml_syntax::RULE },
];
