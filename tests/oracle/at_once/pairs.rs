//! CronJobs before and after a change of schedule, zone, deadline or suspension.

use batchlint::render::when::rfc3339_utc;
use batchlint::schedule::Instant;
use serde_json::{Map, Value as Json, json};

use crate::random::Random;

/// A change of a CronJob.
pub(crate) struct Pair {
    id: String,
    created: i64,
    /// When it changes.
    pub(crate) changed: i64,
    before: Map<String, Json>,
    after: Map<String, Json>,
}

/// The changes begin in the 116 days from here on, with two clock changes in them.
const FROM: i64 = 1_790_000_000;
const LENGTH: usize = 10_000_000;
const HOUR: usize = 3_600;

impl Pair {
    /// Pair number `index` of a seed.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, index);
        let created = FROM + random.below(LENGTH) as i64;
        let changed = created + (600 + random.below(60 * HOUR)) as i64;
        let mut before = Map::new();
        before.insert("schedule".to_owned(), schedule(random).into());
        vary(&mut before, random);
        // Most of what starts at once is what was held up.
        if random.chance(40) {
            before.insert("suspend".to_owned(), true.into());
        }
        let mut after = before.clone();
        while after == before {
            if random.chance(40) {
                after.insert("schedule".to_owned(), schedule(random).into());
            }
            vary(&mut after, random);
            if random.chance(40) {
                after.insert("suspend".to_owned(), false.into());
            }
        }
        Self { id: format!("at-once-{seed}-{index}"), created, changed, before, after }
    }

    /// What the oracle is asked, whose Jobs take a second.
    pub(crate) fn scenario(&self) -> Json {
        let fields = self.before.keys().chain(self.after.keys());
        let changed = fields.filter(|field| self.before.get(*field) != self.after.get(*field));
        let patch: Map<String, Json> =
            changed.map(|field| (field.clone(), self.after.get(field).cloned().unwrap_or_default())).collect();
        json!({
            "id": self.id,
            "created": self.created,
            "until": self.until(),
            "pod_start_seconds": 0.1,
            "pod_stop_seconds": 0.1,
            "pods": [{ "seconds": 1.0, "exit": 0 }],
            "object": object(&self.before, json!({ "name": "cj", "namespace": "default" })),
            "changes": [{ "at": self.changed, "patch": { "spec": patch } }],
        })
    }

    /// How far the oracle is asked: as far as takes it no minutes.
    pub(crate) fn until(&self) -> i64 {
        let is_rare = |spec: &Map<String, Json>| {
            let hour = spec["schedule"].as_str().and_then(|schedule| schedule.split(' ').nth(1));
            hour.is_some_and(|hour| hour.parse::<u8>().is_ok())
        };
        let days = if is_rare(&self.before) && is_rare(&self.after) { 8 } else { 1 };
        self.changed + days * 86_400
    }

    /// The CronJob before, as a cluster tells of it that last ran at a minute.
    pub(crate) fn old(&self, last: Option<i64>) -> Json {
        let time = |unix: i64| rfc3339_utc(Instant::from_unix(unix));
        let mut old = object(&self.before, json!({ "name": "cj", "creationTimestamp": time(self.created) }));
        old["status"] = last.map_or_else(|| json!({}), |last| json!({ "lastScheduleTime": time(last) }));
        old
    }

    /// The CronJob that is applied.
    pub(crate) fn new_object(&self) -> Json {
        object(&self.after, json!({ "name": "cj" }))
    }
}

fn object(spec: &Map<String, Json>, metadata: Json) -> Json {
    let mut spec = spec.clone();
    spec.insert("concurrencyPolicy".to_owned(), "Allow".into());
    let pod = json!({ "restartPolicy": "Never", "containers": [{ "name": "a", "image": "a:1" }] });
    spec.insert("jobTemplate".to_owned(), json!({ "spec": { "template": { "spec": pod } } }));
    json!({ "apiVersion": "batch/v1", "kind": "CronJob", "metadata": metadata, "spec": spec })
}

fn schedule(random: &mut Random) -> String {
    let (minute, hour) = (random.below(60), random.below(24));
    match random.below(7) {
        0 => format!("{minute} * * * *"),
        1 => format!("{minute} {hour} * * *"),
        2 => format!("*/{} * * * *", [5, 10, 15, 20][random.below(4)]),
        3 => format!("{minute} */{} * * *", [2, 3, 6][random.below(3)]),
        4 => format!("{minute} {hour} * * {}", random.below(7)),
        5 => format!("{minute} {hour} {} * *", 1 + random.below(31)),
        _ => format!("@every {}m", [7, 30, 90][random.below(3)]),
    }
}

/// Sets up to three of zone, deadline and suspension, or takes them out.
fn vary(spec: &mut Map<String, Json>, random: &mut Random) {
    let zone =
        random.pick(&["Europe/Berlin", "Asia/Tokyo", "Etc/UTC", "America/New_York"]).copied().unwrap_or_default();
    let deadline = random.pick(&[30, 600, HOUR, 100_000]).copied().unwrap_or_default();
    let mut fields: [(&str, Json); 3] = [
        ("timeZone", zone.into()),
        ("startingDeadlineSeconds", deadline.into()),
        ("suspend", random.chance(50).into()),
    ];
    random.shuffle(&mut fields);
    for (field, value) in fields.into_iter().take(random.below(4)) {
        match random.chance(75) {
            true => drop(spec.insert(field.to_owned(), value)),
            false => drop(spec.remove(field)),
        }
    }
}
