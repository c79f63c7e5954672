//! What comes of all objects together.

use batchlint::analysis::{RunTime, Settings, Trait, analyse};
use batchlint::foresight::{Assumed, Claim, Fleet, Forecast, Plan, Source as Said, Volume, World, mounted, plans};
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

/// Where another minute would do as well: the text that would give way to it.
fn free(metadata: &str, schedule: &str) -> Option<String> {
    let text = format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a{metadata}}}\nspec:\n{schedule}\n  jobTemplate: {{spec: {{template: \
         {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}\n"
    );
    let analysis = analyse(Source::new("a.yaml", text.as_str()), &Settings::at(FROM));
    let plans = plans(&analysis, &Config::at(FROM));
    let minute = plans[0].free_minute.as_ref()?;
    Some(text[minute.start.byte as usize..minute.end.byte as usize].to_owned())
}

#[test]
fn another_minute_would_do_where_nobody_says_why_it_is_this_one() {
    for (schedule, minute) in [
        ("  schedule: 0 3 * * *", "0"),
        ("  schedule: \"00 3 * * *\"", "00"),
        ("  schedule: '  30   3 * * *'", "30"),
        ("  schedule: '@daily'", "@daily"),
        ("  schedule: 45 */2 * * 1-5 # batchlint: ignore[time-zone-unset]", "45"),
        ("  # batchlint: run-time=40m\n  schedule: 15 3 * * *", "15"),
        ("  timeZone: Etc/UTC # not the office's\n  schedule: 0 3 * * *", "0"),
        ("  schedule: >-\n    0 3 * * *", "0"),
    ] {
        assert_eq!(free("", schedule).as_deref(), Some(minute), "{schedule}");
    }
    let described =
        |words: &str| free(&format!(", annotations: {{example.com/description: {words}}}"), "  schedule: 0 3 * * *");
    assert_eq!(described("exports the orders of each day").as_deref(), Some("0"));
    for words in ["exports the orders at 3:00", "'at 3 am, when the shop is closed'"] {
        assert_eq!(described(words), None, "{words}");
    }
    for schedule in [
        "  schedule: 7 3 * * *",
        "  schedule: 0,30 3 * * *",
        "  schedule: '*/30 3 * * *'",
        "  schedule: 0/60 3 * * *",
        "  schedule: 0 3 * * * # when the shop is closed",
        "  # after the import\n  schedule: 0 3 * * *",
        "  # batchlint: ignore[time-zone-unset]\n  # every hour\n  schedule: 0 * * * *",
        "  schedule: '0 3 * * ?'",
        "  schedule: '@every 1h'",
        "  schedule: TZ=UTC 0 3 * * *",
        "  schedule: \"\\x30 3 * * *\"",
    ] {
        assert_eq!(free("", schedule), None, "{schedule}");
    }
}

#[test]
fn what_moves_is_told_by_its_forecast_and_suspended_ones_are_not_counted() {
    let suspended = cron_job("rests", "0 * * * *", "1").replace("spec: {schedule", "spec: {suspend: true, schedule");
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, \
               containers: [{name: main, image: 'main:1.4.2'}]}}}\n";
    let hourly = |name: &str| cron_job(name, "0 * * * *", "1");
    let own = cron_job("own", "1 * * * *", "1");
    let few = [suspended, job.to_owned(), hourly("one"), own, hourly("two"), hourly("three")];
    let many = [&few[..], &[hourly("four")]].concat();
    let of_few = planned(&few);
    let plans = planned(&many);
    let assumed = assumed(1, 1);
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, &assumed)).collect();
    let spread = Fleet::of(&forecasts).and_then(|fleet| fleet.spread).expect("four run together");
    let moves: Vec<_> = spread.moves.iter().map(|one| (one.number, one.schedule.as_str())).collect();
    assert_eq!((spread.before, spread.after), (4, 1));
    assert_eq!(moves, [(4, "2 * * * *"), (5, "3 * * * *"), (6, "4 * * * *")]);
    let forecasts: Vec<Forecast<'_>> = of_few.iter().filter_map(|plan| Forecast::of(plan, &assumed)).collect();
    assert_eq!(Fleet::of(&forecasts).expect("there are objects").spread, None, "three are no crowd");
}

#[test]
fn runs_that_have_a_claim_at_once_are_told() {
    let claim = |name: &str, mode: &str| {
        format!(
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: {name}}}\nspec: {{accessModes: [{mode}]}}\n"
        )
    };
    let on = |name: &str, schedule: &str, claim: &str| {
        let volumes = format!("volumes: [{{name: v, persistentVolumeClaim: {{claimName: {claim}}}}}], containers");
        cron_job(name, schedule, "1").replacen("containers", &volumes, 1)
    };
    let objects = [
        claim("once", "ReadWriteOnce"),
        claim("many", "ReadWriteMany"),
        claim("alone", "ReadWriteOncePod"),
        on("half-past", "30 * * * *", "once"),
        on("full", "0 */6 * * *", "once"),
        on("other", "0 * * * *", "many"),
        on("another", "0 * * * *", "many"),
        on("overlaps-itself", "*/15 2 * * *", "alone"),
        on("elsewhere", "0 * * * *", "unknown"),
    ];
    let analysis = analyse(Source::new("a.yaml", objects.join("---\n")), &Settings::at(FROM));
    let plans = mounted(plans(&analysis, &Config::at(FROM)), Volume::all(&analysis));
    let told = |minutes: i64| {
        let assumed = assumed(minutes, 1);
        let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, &assumed)).collect();
        let shared = Fleet::of(&forecasts).expect("there are objects").shared.into_iter().map(|shared| {
            let minute = (shared.jobs.at.instant() - FROM).get() / 60;
            let of = shared.of.iter().map(|number| forecasts[*number].plan.label()).collect::<Vec<_>>().join(" ");
            (shared.volume.label(), shared.jobs.most, minute, of)
        });
        shared.collect::<Vec<_>>()
    };
    let at_once = |claim: &str, most: i128, minute: i64, of: &str| (claim.to_owned(), most, minute, of.to_owned());
    assert_eq!(told(10), []);
    assert_eq!(told(16), [at_once("alone", 2, 135, "overlaps-itself")]);
    // The run of 05:30 goes on when that of 06:00 starts.
    let once = at_once("once", 2, 360, "half-past full");
    assert_eq!(told(40), [at_once("alone", 3, 150, "overlaps-itself"), once]);
}

#[test]
fn a_schedule_that_several_have_by_an_alias_stays() {
    let item = |name: &str, schedule: &str| {
        let object = cron_job(name, "0 * * * *", "1").replace("'0 * * * *'", schedule);
        object.trim_end().lines().map(|line| format!("  {line}\n")).collect::<String>().replacen("  ", "- ", 1)
    };
    let own = ["one", "two", "three"].map(|name| item(name, "'0 * * * *'")).concat();
    let shared = item("has", "&same '0 * * * *'") + &item("has-too", "*same");
    let plans = planned(&[format!("apiVersion: v1\nkind: List\nitems:\n{own}{shared}")]);
    let assumed = assumed(1, 1);
    let forecasts: Vec<Forecast<'_>> = plans.iter().filter_map(|plan| Forecast::of(plan, &assumed)).collect();
    let spread = Fleet::of(&forecasts).and_then(|fleet| fleet.spread).expect("five run together");
    let moves: Vec<_> = spread.moves.iter().map(|one| (one.number, one.schedule.as_str())).collect();
    assert_eq!(moves, [(0, "1 * * * *"), (1, "2 * * * *"), (2, "3 * * * *")]);
}
