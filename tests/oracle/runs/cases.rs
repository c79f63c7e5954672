//! Scenarios of several shapes, which a seed decides.

use serde_json::{Map, Value as Json, json};

use crate::random::Random;

/// What scenarios are like: each number is so many of a hundred.
pub(crate) struct Shape {
    name: &'static str,
    cron_jobs: usize,
    indexed: usize,
    fails: usize,
    evicted: usize,
    policies: usize,
    deadline: usize,
    ttl: usize,
    outage: usize,
    /// How many changes there are at most, and how many of them are suspensions.
    changes: (usize, usize),
}

const PLAIN: Shape = Shape {
    name: "plain",
    cron_jobs: 40,
    indexed: 30,
    fails: 40,
    evicted: 5,
    policies: 15,
    deadline: 20,
    ttl: 25,
    outage: 0,
    changes: (0, 0),
};

pub(crate) const SHAPES: [Shape; 9] = [
    PLAIN,
    Shape { name: "failures", cron_jobs: 20, fails: 85, deadline: 10, ..PLAIN },
    Shape { name: "evictions", fails: 30, evicted: 60, policies: 50, ..PLAIN },
    Shape { name: "indexed", cron_jobs: 15, indexed: 100, fails: 60, policies: 30, ..PLAIN },
    Shape { name: "policies", cron_jobs: 15, indexed: 60, fails: 60, evicted: 25, policies: 100, ..PLAIN },
    Shape { name: "suspension", changes: (5, 100), ..PLAIN },
    Shape { name: "outages", outage: 100, changes: (2, 30), ..PLAIN },
    Shape { name: "edits", outage: 10, changes: (4, 10), ..PLAIN },
    Shape { name: "cron-jobs", cron_jobs: 100, ttl: 50, outage: 15, changes: (3, 25), ..PLAIN },
];

/// Where the scenarios begin: the years 2026 and 2027.
const FROM: u64 = 1_767_225_600;
const TO: u64 = 1_830_297_600;

/// Scenario number `number` of a shape and a seed, as the recordings have them.
pub(crate) fn scenario(shape: &Shape, seed: u64, number: u64) -> Json {
    let salt = shape.name.bytes().fold(seed, |salt, byte| salt.wrapping_mul(31) + u64::from(byte));
    let mut maker = Maker { random: Random::new(salt, number), shape };
    let created = FROM + maker.random.below((TO - FROM) as usize) as u64;
    let length = maker.one(&[300, 900, 1_800, 3_600]);
    let spec = maker.job();
    let is_cron_job = maker.chance(shape.cron_jobs);
    let mut scenario = json!({
        "id": format!("{}-{seed}-{number}", shape.name),
        "created": created,
        "until": created + length,
        "pod_start_seconds": maker.seconds(300, 3_000),
        "pod_stop_seconds": if maker.chance(50) { maker.seconds(100, 8_000) } else { maker.seconds(8_000, 60_000) },
        "pods": maker.outcomes(),
        "pods_by_index": maker.outcomes_by_index(&spec),
        "changes": maker.changes(is_cron_job, &spec, created..created + length),
    });
    let object = if is_cron_job { maker.cron_job(spec) } else { maker.object("Job", "job", spec) };
    scenario["object"] = object;
    if maker.chance(shape.outage) {
        let from = created + maker.random.below(length as usize) as u64;
        scenario["outages"] = json!([[from, from + maker.one(&[1, 7, 45, 200, 1_000])]]);
    }
    scenario
}

struct Maker<'a> {
    random: Random,
    shape: &'a Shape,
}

impl Maker<'_> {
    fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *self.random.pick(of).expect("there are some")
    }

    /// A number of seconds between two numbers of milliseconds.
    fn seconds(&mut self, least: usize, most: usize) -> f64 {
        (least + self.random.below(most - least)) as f64 / 1e3
    }

    fn object(&mut self, kind: &str, name: &str, spec: Json) -> Json {
        json!({"apiVersion": "batch/v1", "kind": kind, "metadata": {"name": name, "namespace": "default"}, "spec": spec})
    }

    fn cron_job(&mut self, job: Json) -> Json {
        const SCHEDULES: [&str; 8] = [
            "* * * * *",
            "*/2 * * * *",
            "*/5 * * * *",
            "*/15 * * * *",
            "@every 20s",
            "@every 45s",
            "@every 90s",
            "@every 7m",
        ];
        let mut spec = json!({
            "schedule": self.one(&SCHEDULES),
            "concurrencyPolicy": self.one(&["Allow", "Forbid", "Replace"]),
            "jobTemplate": {"spec": job},
            "successfulJobsHistoryLimit": self.one(&[0, 1, 3]),
            "failedJobsHistoryLimit": self.one(&[0, 1, 2]),
        });
        if self.chance(40) {
            spec["startingDeadlineSeconds"] = self.one(&[5, 30, 60, 600]).into();
        }
        self.object("CronJob", "cj", spec)
    }

    fn job(&mut self) -> Json {
        let (is_indexed, never) = (self.chance(self.shape.indexed), self.chance(65));
        let mut spec = Map::new();
        if self.chance(70) {
            let parallelism = if self.chance(5) { 0 } else { self.one(&[1, 2, 3, 5, 9]) };
            spec.insert("parallelism".into(), parallelism.into());
        }
        let completions = self.one(&[1, 2, 3, 4, 6, 8]);
        if is_indexed {
            spec.insert("completionMode".into(), "Indexed".into());
        }
        if is_indexed || self.chance(70) {
            spec.insert("completions".into(), completions.into());
        }
        if self.chance(55) {
            spec.insert("backoffLimit".into(), self.one(&[0, 1, 2, 3, 6]).into());
        }
        if self.chance(self.shape.deadline) {
            spec.insert("activeDeadlineSeconds".into(), self.one(&[10, 30, 61, 120, 300, 900]).into());
        }
        if self.chance(self.shape.ttl) {
            spec.insert("ttlSecondsAfterFinished".into(), self.one(&[0, 5, 30, 100, 600]).into());
        }
        if self.chance(4) {
            spec.insert("suspend".into(), true.into());
        }
        if is_indexed && never && self.chance(50) {
            spec.insert("backoffLimitPerIndex".into(), self.one(&[0, 1, 2, 3]).into());
            if self.chance(50) {
                let most = self.random.below(completions as usize + 1);
                spec.insert("maxFailedIndexes".into(), most.into());
            }
        }
        self.policies(&mut spec, (never, is_indexed, completions));
        spec.insert("template".into(), self.template(never));
        spec.into()
    }

    fn policies(&mut self, spec: &mut Map<String, Json>, (never, is_indexed, completions): (bool, bool, i32)) {
        let fails = never && self.chance(self.shape.policies);
        if fails {
            let actions: &[&str] = match spec.contains_key("backoffLimitPerIndex") {
                true => &["Ignore", "FailJob", "Count", "FailIndex"],
                false => &["Ignore", "FailJob", "Count"],
            };
            let rules: Vec<Json> = (0..=self.random.below(2)).map(|_| self.failure_rule(actions)).collect();
            spec.insert("podFailurePolicy".into(), json!({"rules": rules}));
        }
        if is_indexed && self.chance(self.shape.policies) {
            let rule = match self.random.below(3) {
                0 => json!({"succeededCount": 1 + self.random.below(completions as usize)}),
                1 if completions > 1 => {
                    json!({"succeededIndexes": format!("0-{}", completions - 1), "succeededCount": 1})
                }
                _ => json!({"succeededIndexes": "0"}),
            };
            spec.insert("successPolicy".into(), json!({"rules": [rule]}));
        }
        if self.chance(35) {
            let policy = if fails { "Failed" } else { self.one(&["Failed", "TerminatingOrFailed"]) };
            spec.insert("podReplacementPolicy".into(), policy.into());
        }
    }

    fn failure_rule(&mut self, actions: &[&str]) -> Json {
        let action = self.one(actions);
        if self.chance(35) {
            return json!({"action": action, "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]});
        }
        let mut codes = vec![1, 2, 3, 42, 137, 143];
        self.random.shuffle(&mut codes);
        codes.truncate(1 + self.random.below(3));
        codes.sort_unstable();
        json!({"action": action, "onExitCodes": {"operator": self.one(&["In", "NotIn"]), "values": codes}})
    }

    fn template(&mut self, never: bool) -> Json {
        let policy = if never { "Never" } else { "OnFailure" };
        let mut spec = json!({"restartPolicy": policy, "containers": [{"name": "main", "image": "a"}]});
        if self.chance(50) {
            spec["terminationGracePeriodSeconds"] = self.one(&[0, 2, 5, 30]).into();
        }
        json!({"spec": spec})
    }

    fn outcomes(&mut self) -> Json {
        (0..=self.random.below(4)).map(|_| self.outcome()).collect::<Vec<_>>().into()
    }

    fn outcome(&mut self) -> Json {
        let seconds = match self.random.below(3) {
            0 => self.seconds(200, 5_000),
            1 => self.seconds(5_000, 60_000),
            _ => self.seconds(60_000, 200_000),
        };
        let exit = if self.chance(self.shape.fails) { self.one(&[1, 2, 3, 42, 137]) } else { 0 };
        let mut outcome = json!({"seconds": seconds, "exit": exit});
        if self.chance(self.shape.evicted) {
            outcome["disrupt"] = true.into();
        }
        if self.chance(3) {
            outcome["no_start"] = true.into();
        }
        outcome
    }

    fn outcomes_by_index(&mut self, job: &Json) -> Json {
        let mut indexes = Map::new();
        if job["completionMode"] == "Indexed" {
            for index in 0..8 {
                if index == 0 || self.chance(80) {
                    indexes.insert(index.to_string(), self.outcomes());
                }
            }
        }
        indexes.into()
    }

    /// Changes of the object, none of them at the end: what is done then is seen by nobody.
    fn changes(&mut self, of_cron_job: bool, job: &Json, time: std::ops::Range<u64>) -> Json {
        let (most, suspensions) = self.shape.changes;
        let length = (time.end - time.start).min(900) as usize;
        let mut changes: Vec<(u64, Json)> = Vec::new();
        for _ in 0..self.random.below(most + 1) {
            let at = time.start + 1 + self.random.below(length - 1) as u64;
            let patch = if self.chance(suspensions) {
                json!({"suspend": self.chance(50)})
            } else if of_cron_job {
                self.change_of_cron_job()
            } else {
                self.change_of_job(job)
            };
            changes.push((at, patch));
        }
        changes.sort_by_key(|(at, _)| *at);
        let changes = changes.into_iter().map(|(at, spec)| json!({"at": at, "patch": {"spec": spec}}));
        changes.collect::<Vec<_>>().into()
    }

    fn change_of_job(&mut self, job: &Json) -> Json {
        let is_elastic = job["completionMode"] == "Indexed" && job["successPolicy"].is_null();
        match self.random.below(if is_elastic { 5 } else { 4 }) {
            0 => json!({"parallelism": self.one(&[0, 1, 2, 4, 6])}),
            1 => json!({"activeDeadlineSeconds": self.one(&[Some(5), Some(20), Some(60), Some(200), None])}),
            2 => json!({"ttlSecondsAfterFinished": self.one(&[Some(0), Some(10), Some(60), None])}),
            3 => json!({"backoffLimit": self.one(&[0, 1, 3, 6])}),
            _ => {
                let completions = self.one(&[1, 2, 3, 5, 7]);
                json!({"completions": completions, "parallelism": completions})
            }
        }
    }

    fn change_of_cron_job(&mut self) -> Json {
        let limits = [0, 1, 2];
        match self.random.below(6) {
            0 => {
                json!({"schedule": self.one(&["* * * * *", "*/3 * * * *", "*/10 * * * *", "@every 2m", "30 * * * *"])})
            }
            1 => json!({"timeZone": self.one(&["Europe/Berlin", "Asia/Kolkata", "UTC"])}),
            2 => json!({"concurrencyPolicy": self.one(&["Allow", "Forbid", "Replace"])}),
            3 => json!({"successfulJobsHistoryLimit": self.one(&limits), "failedJobsHistoryLimit": self.one(&limits)}),
            4 => json!({"startingDeadlineSeconds": self.one(&[None, Some(10), Some(200)])}),
            _ => json!({"jobTemplate": {"spec": {"parallelism": self.one(&[1, 2, 3])}}}),
        }
    }
}
