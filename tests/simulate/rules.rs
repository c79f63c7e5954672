//! What rules of group `run` claim is what happens.

use std::collections::BTreeMap;

use batchlint::analysis::{Settings, Trait, analyse};
use batchlint::controller::{
    Assumptions, Beginning, Delay, Deletion, Event, JobEvent, Moment, Outcome, PodEvent, Pods, Scenario, What, Work,
    simulate,
};
use batchlint::foresight::{Assumed, Claim, Forecast, Source as Said, World, plans};
use batchlint::schedule::{Instant, Seconds};
use batchlint::{Config, Source, lint};

/// 2026-12-01T00:00Z.
const FROM: Instant = Instant::from_unix(1_796_083_200);

fn job(deadline: i64, retries: i32) -> Source {
    let text = format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  activeDeadlineSeconds: {deadline}\n  backoffLimit: \
         {retries}\n  template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: 'a:1'}}]}}}}\n"
    );
    Source::new("job.yaml", text)
}

/// What a rule says of it.
fn said(source: &Source, rule: &str) -> Option<String> {
    let config = Config::at(FROM).with_rules(&[rule], &[]).expect("there is such a rule");
    lint(source, &config).findings.first().map(|finding| finding.message.as_str().to_owned())
}

/// The first attempt that is said never to happen.
fn claimed(source: &Source) -> Option<u32> {
    said(source, "retries-beyond-deadline")?.split_whitespace().nth(1)?.parse().ok()
}

/// Tells what happens within a day where each attempt takes so long, and fails.
fn fail(source: &Source, length: Delay, visit: &mut dyn FnMut(What)) {
    come(source, Outcome::Exits { after: length, code: 1 }, &mut |event| visit(event.what));
}

/// Tells what happens within a day where each attempt comes to this.
fn come(source: &Source, outcome: Outcome, visit: &mut dyn FnMut(Event)) {
    let plans = plans(&analyse(source.clone(), &Settings::at(FROM)), &Config::at(FROM));
    let outcome = |_| outcome;
    let pods = Pods { start: Delay::default(), stop: Delay::default(), outcome: &outcome };
    let scenario = Scenario {
        object: plans[0].object.clone().expect("it is taken"),
        beginning: Beginning::Created(Moment::of(FROM)),
        until: Moment::of(FROM) + Delay::from_seconds(86_400),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats: Some(1) },
        outages: Vec::new(),
        changes: Vec::new(),
    };
    simulate(&scenario, visit);
}

/// How many attempts there are.
fn attempts(source: &Source, length: Delay) -> u32 {
    let mut count = 0;
    fail(source, length, &mut |what| count += u32::from(matches!(what, What::Pod(.., PodEvent::Created))));
    count
}

#[test]
fn attempts_that_are_said_never_to_happen_never_do() {
    let mut claims = 0;
    for deadline in [1, 9, 10, 11, 29, 30, 31, 69, 70, 71, 150, 300, 309, 310, 311, 630, 631, 1_230, 1_231, 5_000] {
        for retries in 0..=9 {
            let source = job(deadline, retries);
            let claimed = claimed(&source);
            let most = claimed.map_or(u32::MAX, |first| first - 1);
            for length in [0, 1, 999, 7_300].map(Delay::from_millis) {
                let attempts = attempts(&source, length);
                assert!(attempts <= most, "{deadline} s, {retries} retries, {length:?}: {attempts}, said {claimed:?}");
            }
            claims += u32::from(claimed.is_some());
        }
    }
    assert!(claims > 50, "{claims} were said");
}

#[test]
fn attempts_that_are_not_said_never_to_happen_do_where_time_is_not_short() {
    // Half a minute for all that takes time beside the waits.
    for (deadline, retries) in [(40, 1), (60, 2), (100, 3), (180, 4), (340, 5), (660, 6), (1_260, 7)] {
        let source = job(deadline, retries);
        assert_eq!((claimed(&source), attempts(&source, Delay::default())), (None, retries as u32 + 1), "{deadline} s");
    }
    for (deadline, retries) in [(10, 1), (30, 2), (70, 3), (150, 4), (310, 5), (630, 6), (1_230, 7)] {
        assert_eq!(claimed(&job(deadline, retries)), Some(retries as u32 + 1), "{deadline} s");
        assert_eq!(claimed(&job(deadline + 1, retries)), None, "{deadline} s and one");
    }
}

#[test]
fn no_run_counts_as_failed_that_is_said_to_be_replaced_before() {
    let mut claims = 0;
    for minutes in [3, 5, 10, 15] {
        for deadline in [None, Some(60), Some(299), Some(300), Some(301), Some(3_600)] {
            for retries in [None, Some(0), Some(4), Some(5), Some(6)] {
                let field =
                    |name: &str, value: Option<i64>| value.map_or(String::new(), |value| format!("{name}: {value}, "));
                let (ended, limit) = (field("activeDeadlineSeconds", deadline), field("backoffLimit", retries));
                let text = format!(
                    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec:\n  schedule: '*/{minutes} * * * *'\n  \
                     concurrencyPolicy: Replace\n  jobTemplate: {{spec: {{{ended}{limit}template: {{spec: {{restartPolicy: \
                     Never, containers: [{{name: a, image: 'a:1'}}]}}}}}}}}\n"
                );
                let source = Source::new("job.yaml", text);
                let said = said(&source, "replaced-before-failed");
                let (mut failed, mut replaced) = (0, 0);
                // What outlasts its deadline fails by it, where it lives so long.
                let length = if said.is_some() && deadline.is_some() { 4_000 } else { 0 };
                fail(&source, Delay::from_seconds(length), &mut |what| match what {
                    What::Job(_, JobEvent::Failed(_)) => failed += 1,
                    What::Job(_, JobEvent::Gone(Deletion::Replaced)) => replaced += 1,
                    _ => {}
                });
                assert!(said.is_none() || failed == 0 && replaced > 90, "{failed}, {replaced}: {}", source.text());
                claims += u32::from(said.is_some());
            }
        }
    }
    assert!(claims > 20, "{claims} were said");
}

/// A CronJob with more in its spec and in its Jobs' spec.
fn cron_job(spec: &str, job: &str) -> Source {
    let text = format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{{spec}jobTemplate: {{spec: {{{job}template: {{spec: \
         {{restartPolicy: Never, containers: [{{name: a, image: 'a:1', command: [work]}}]}}}}}}}}}}\n"
    );
    Source::new("job.yaml", text)
}

/// The most Jobs that are active at once.
fn most_active(source: &Source, outcome: Outcome) -> usize {
    let (mut active, mut most) = (0, 0);
    come(source, outcome, &mut |event| match event.what {
        What::Job(_, JobEvent::Created) => {
            active += 1;
            most = most.max(active);
        }
        What::Job(_, JobEvent::Complete(_) | JobEvent::Failed(_)) => active -= 1,
        _ => {}
    });
    most
}

/// The number before some words, and whether it may be more.
fn number_before(message: &str, words: &str) -> Option<usize> {
    let before = &message[..message.find(words)?];
    before.trim_end_matches(" or more").split_whitespace().last()?.parse().ok()
}

/// Whether so many are what is said: an attempt takes a moment, too, by which one more may be there.
fn is_said(count: usize, said: Option<&String>, claimed: usize) -> bool {
    count == claimed || count == claimed + 1 || count > claimed && said.is_some_and(|said| said.contains(" or more "))
}

#[test]
fn as_many_runs_that_fail_are_retried_at_once_as_is_said() {
    let mut claims = 0;
    let failing = Outcome::Exits { after: Delay::default(), code: 1 };
    for minutes in [1, 2, 5, 10, 15] {
        for deadline in [60, 61, 150, 299, 301, 3_600] {
            for retries in [0, 3, 4, 5, 6, 7] {
                let job = format!("activeDeadlineSeconds: {deadline}, backoffLimit: {retries}, ");
                let source = cron_job(&format!("schedule: '*/{minutes} * * * *', "), &job);
                let said = said(&source, "retries-beside-next-run");
                let claimed = said.as_ref().map_or(1, |said| number_before(said, " at once").expect("a number"));
                let most = most_active(&source, failing);
                assert!(is_said(most, said.as_ref(), claimed), "{said:?}, and {most} are: {}", source.text());
                claims += usize::from(said.is_some());
            }
        }
    }
    assert!(claims > 40, "{claims} were said");
}

#[test]
fn as_many_runs_wait_for_one_that_hangs_or_are_beside_it_as_is_said() {
    let mut claims = 0;
    for minutes in [1, 5, 15, 30] {
        let gap = minutes * 60;
        for deadline in [59, 60, 61, 300, 840, 900, 901, 3_599, 3_600, 3_601, 9_000] {
            let job = format!("backoffLimit: 0, activeDeadlineSeconds: {deadline}, ");
            let with = |policy: &str| cron_job(&format!("schedule: '*/{minutes} * * * *', {policy}"), &job);
            let (allow, forbid) = (with(""), with("concurrencyPolicy: Forbid, "));
            let of_allow = said(&allow, "deadline-beyond-next-run");
            let at_once = of_allow.as_ref().map_or(1, |said| number_before(said, " at once").expect("a number"));
            let most = most_active(&allow, Outcome::Hangs);
            assert!(is_said(most, of_allow.as_ref(), at_once), "{of_allow:?}, and {most} are: {}", allow.text());

            let of_forbid = said(&forbid, "deadline-beyond-next-run");
            let later = of_forbid.as_ref().map_or(0, |said| number_before(said, " later ones").unwrap_or(1));
            // Between two that start, those are due that do not start in time.
            let mut starts = Vec::new();
            come(&forbid, Outcome::Hangs, &mut |event| {
                if let What::Job(_, JobEvent::Created) = event.what {
                    starts.push(event.at.instant());
                }
            });
            let due = |pair: &[Instant]| (pair[1].unix() - 1).div_euclid(gap) - pair[0].unix().div_euclid(gap);
            let most = starts.windows(2).map(due).max().unwrap_or(0) as usize;
            assert!(is_said(most, of_forbid.as_ref(), later), "{of_forbid:?}, and {most} do: {}", forbid.text());
            assert_eq!(of_allow.is_some(), of_forbid.is_some());
            claims += usize::from(of_allow.is_some());
        }
    }
    assert!(claims > 20, "{claims} were said");
}

#[test]
fn nothing_is_there_of_a_run_that_failed_where_that_is_said() {
    let mut claims = 0;
    for limits in ["", "failedJobsHistoryLimit: 0, ", "failedJobsHistoryLimit: 2, ", "successfulJobsHistoryLimit: 0, "]
    {
        for ttl in ["", "ttlSecondsAfterFinished: 0, ", "ttlSecondsAfterFinished: 5000, "] {
            let source = cron_job(&format!("schedule: '0 * * * *', {limits}"), &format!("backoffLimit: 1, {ttl}"));
            let is_said =
                ["failed-jobs-not-kept", "ttl-beside-history-limits"].iter().any(|rule| said(&source, rule).is_some());
            let (mut failed, mut kept) = (BTreeMap::new(), Vec::new());
            come(&source, Outcome::Exits { after: Delay::from_seconds(2), code: 1 }, &mut |event| match event.what {
                What::Job(job, JobEvent::Failed(_)) => drop(failed.insert(job.number, event.at)),
                What::Job(job, JobEvent::Gone(_)) => kept.extend(failed.get(&job.number).map(|at| event.at - *at)),
                _ => {}
            });
            let is_gone_at_once = kept.len() > 20 && kept.iter().all(|kept| *kept < Delay::from_seconds(3));
            assert_eq!(is_said, is_gone_at_once, "kept for {kept:?}: {}", source.text());
            claims += usize::from(is_said);
        }
    }
    assert!(claims > 4, "{claims} were said");
}

#[test]
fn work_that_hangs_is_tried_as_often_as_is_said_where_the_deadline_is_the_pods() {
    let hangs = vec![Claim { of: None, what: Trait::Hangs(true), source: Said::CommandLine }];
    let length = Some(Seconds::new(40 * 86_400));
    let world = World { from: FROM, length, outages: Vec::new(), suspended: Vec::new() };
    let assumed = Assumed { claims: hangs, world, seed: Assumed::SEED };
    for (deadline, retries) in [(60, 1), (600, 2), (3_600, 6), (86_400, 3)] {
        for policy in ["Never", "OnFailure"] {
            let text = format!(
                "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec: {{backoffLimit: {retries}, template: {{spec: \
                 {{activeDeadlineSeconds: {deadline}, restartPolicy: {policy}, containers: [{{name: a, image: 'a:1'}}]}}}}}}\n"
            );
            let source = Source::new("job.yaml", text);
            let said = said(&source, "deadline-on-pod").expect("it is said");
            let plans = plans(&analyse(source.clone(), &Settings::at(FROM)), &Config::at(FROM));
            let forecast = Forecast::of(&plans[0], &assumed).expect("it is simulated");
            let (mut attempts, mut failed) = (0, None);
            forecast.simulate(&mut |event| match event.what {
                What::Pod(.., PodEvent::Created) => attempts += 1,
                What::Job(_, JobEvent::Failed(_)) => failed = Some(event.at),
                _ => {}
            });
            assert_eq!(number_before(&said, " times"), Some(attempts), "{said}");
            let took = (failed.expect("it has failed").instant() - FROM).get();
            let waits: i64 = [10, 20, 40, 80, 160, 320][..retries].iter().sum();
            let least = deadline * (retries as i64 + 1) + waits;
            assert!((least..least + 60).contains(&took), "{said}: {took}, at least {least}");
        }
    }
}
