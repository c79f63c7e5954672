//! What comes of all objects together.

use batchlint::analysis::{RunTime, Settings, Trait, analyse};
use batchlint::foresight::{Assumed, Claim, Fleet, Forecast, Plan, Source as Said, World, plans};
use batchlint::schedule::{Instant, Seconds};
use batchlint::{Config, Source};

/// 2026-12-01T00:00Z, a Tuesday.
const FROM: Instant = Instant::from_unix(1_796_083_200);

fn cron_job(name: &str, schedule: &str, cpu: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: {name}}}\nspec: {{schedule: '{schedule}', jobTemplate: \
         {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: main, image: 'main:1.4.2', resources: \
         {{requests: {{cpu: {cpu}, memory: 1Gi}}}}}}]}}}}}}}}}}\n"
    )
}

fn planned(objects: &[String]) -> Vec<Plan> {
    let analysis = analyse(Source::new("a.yaml", objects.join("---\n")), &Settings::at(FROM));
    plans(&analysis, &Config::at(FROM))
}

fn assumed(minutes: i64, days: i64) -> Assumed {
    let run_time = Trait::Takes(RunTime::of(Seconds::new(minutes * 60)));
    Assumed {
        claims: vec![Claim { of: None, what: run_time, source: Said::CommandLine }],
        world: World {
            from: FROM,
            length: Some(Seconds::new(days * 86_400)),
            outages: Vec::new(),
            suspended: Vec::new(),
        },
        seed: Assumed::SEED,
    }
}

/// The most of each kind, each with its minute since the beginning.
fn peaks(fleet: &Fleet) -> [(i128, i64); 4] {
    [fleet.jobs, fleet.pods, fleet.cpu_millis, fleet.memory_bytes]
        .map(|peak| (peak.most, (peak.at.instant() - FROM).get() / 60))
}

#[test]
fn what_runs_at_once_is_counted_over_all_objects() {
    let plans = planned(&[
        cron_job("hourly", "0 * * * *", "500m"),
        cron_job("at-two", "10 2 * * *", "2"),
        cron_job("at-four", "0 4 * * *", "100m"),
    ]);
    let assumed = assumed(30, 1);
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, &assumed)).collect();
    let fleet = Fleet::of(&forecasts).expect("there are objects");
    assert_eq!(peaks(&fleet), [(2, 130), (2, 130), (2_500, 130), (2 << 30, 130)]);
    let hot: Vec<_> =
        fleet.hot.iter().map(|hot| ((hot.minute - FROM).get() / 60, hot.starts, hot.of.clone())).collect();
    assert_eq!(hot, [(240, 2, vec![0, 2])]);
    assert_eq!(fleet.minutes.total(), forecasts.iter().map(|forecast| forecast.summary().started).sum::<u64>());
}

#[test]
fn of_one_object_it_is_what_its_summary_says() {
    for (schedule, minutes) in [("*/5 * * * *", 1), ("*/5 * * * *", 17), ("*/7 0-6 * * *", 70), ("@every 90s", 3)] {
        let plans = planned(&[cron_job("one", schedule, "1")]);
        let assumed = assumed(minutes, 2);
        let forecast = Forecast::of(&plans[0], &assumed).expect("it is simulated");
        let (summary, fleet) = (forecast.summary(), Fleet::of(&[forecast]).expect("there is one"));
        let most = [summary.most_jobs, summary.most_pods].map(i128::from);
        assert_eq!([fleet.jobs.most, fleet.pods.most], most, "{schedule}");
        assert_eq!(fleet.minutes.total(), summary.started, "{schedule}");
    }
}

#[test]
fn no_more_than_four_weeks_are_looked_at() {
    let plans = planned(&[cron_job("daily", "0 0 * * *", "1")]);
    let assumed = assumed(1, 365);
    let forecasts = [Forecast::of(&plans[0], &assumed).expect("it is simulated")];
    let fleet = Fleet::of(&forecasts).expect("there is one");
    assert_eq!(((fleet.window.end - FROM).get(), fleet.minutes.total()), (28 * 86_400, 27));
}
