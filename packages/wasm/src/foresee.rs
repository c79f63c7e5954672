//! `schedule`, `runs` and `simulate`.

use batchlint::agenda::{Window, explain, rows, share};
use batchlint::analysis::{Facts, analyse};
use batchlint::project::Project;
use batchlint::render;
use batchlint::schedule::Seconds;
pub(crate) use what_if::simulate;

use crate::check::written;
use crate::options::{File, Options};
use crate::sent::sent;

/// Runs that are listed of all files.
const LISTED: usize = 2_000;

pub(crate) fn schedule((schedule, zone): (&str, &str), count: u32, options: &Options) -> Result<String, String> {
    let zones = (Some(zone).filter(|zone| !zone.is_empty()), options.controller_zone()?);
    let explained = explain(schedule, zones, |_| options.now(), usize::try_from(count).unwrap_or(usize::MAX));
    written(|out| render::schedule::json::write(&explained, out))
}

pub(crate) fn runs(files: &[File], seconds: u32, options: &Options) -> Result<String, String> {
    let (settings, mut project) = (options.settings()?, Project::new());
    for source in sent(files, &settings) {
        project.add(Facts::of(&analyse(source, &settings)));
    }
    let from = options.now();
    let window = Window { from, until: from.saturating_add(Seconds::new(seconds.into())) };
    let rows = rows(&project, window, share(&project, window, LISTED));
    written(|out| render::runs::json::write(&rows, window, out))
}

/// A CronJob that every rule is content with but those that know what it is for.
pub(crate) fn manifest(schedule: &str, zone: &str) -> String {
    // JSON's strings are YAML's.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let zone = if zone.is_empty() { String::new() } else { format!("\n  timeZone: {}", quoted(zone)) };
    let schedule = quoted(schedule);
    format!(
        "apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: {schedule}{zone}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 200
  jobTemplate:
    spec:
      backoffLimit: 2
      activeDeadlineSeconds: 3600
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
              resources:
                requests:
                  cpu: 100m
                  memory: 128Mi
                limits:
                  memory: 128Mi
"
    )
}

mod what_if {
    use batchlint::analysis::{Trait, analyse};
    use batchlint::foresight::{self, Assumed, Claim, Volume, World, gathered, mounted, plans};
    use batchlint::render;
    use batchlint::schedule::{Instant, Seconds};
    use serde::Deserialize;

    use crate::check::written;
    use crate::options::{File, Options};
    use crate::sent::sent;

    /// What no manifest tells; without `claims` and outages, what is asked is everything that should be.
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub(crate) struct Assumptions {
        #[serde(default)]
        claims: Vec<Said>,
        /// When the controllers are away.
        #[serde(default)]
        outages: Vec<Stretch>,
        /// When the objects are suspended.
        #[serde(default)]
        suspended: Vec<Stretch>,
        /// How long to look, in seconds; without it, as long as is telling.
        length: Option<i64>,
    }

    /// `run-time`, `fails`, `evicted`, `hangs` or `never-starts`, as the command line and annotations write them.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        name: String,
        value: String,
        /// The object it is said of; without it, all.
        of: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Stretch {
        /// In seconds since 1970.
        from: i64,
        seconds: i64,
    }

    pub(crate) fn simulate(files: &[File], assumptions: &Assumptions, options: &Options) -> Result<String, String> {
        let config = options.config()?;
        let (mut found, mut volumes) = (Vec::new(), Vec::new());
        for source in sent(files, config.settings()) {
            let analysis = analyse(source, config.settings());
            found.extend(plans(&analysis, &config));
            volumes.extend(Volume::all(&analysis));
        }
        let assumed = assumptions.assumed(options)?;
        let plans = gathered(mounted(found, volumes));
        written(|out| render::simulate::json::write(&plans, &assumed, out))
    }

    impl Assumptions {
        fn assumed(&self, options: &Options) -> Result<Assumed, String> {
            let claim = |said: &Said| {
                let what = Trait::read(&said.name, &said.value).map_err(|why| format!("{}: {why}", said.name))?;
                Ok(Claim { of: said.of.clone(), what, source: foresight::Source::CommandLine })
            };
            let ranges = |stretches: &[Stretch]| {
                let range = |stretch: &Stretch| {
                    let from = Instant::from_unix(stretch.from);
                    from..from.saturating_add(Seconds::new(stretch.seconds.max(0)))
                };
                stretches.iter().map(range).collect()
            };
            let (outages, suspended) = (ranges(&self.outages), ranges(&self.suspended));
            let world = World { from: options.now(), length: self.length.map(Seconds::new), outages, suspended };
            let claims = self.claims.iter().map(claim).collect::<Result<_, String>>()?;
            Ok(Assumed { claims, world, seed: Assumed::SEED })
        }
    }
}
