//! What rules of group `run` claim is what happens.

use batchlint::analysis::{Settings, analyse};
use batchlint::controller::{
    Assumptions, Beginning, Delay, Moment, Outcome, PodEvent, Pods, Scenario, What, Work, simulate,
};
use batchlint::foresight::plans;
use batchlint::schedule::Instant;
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

/// The first attempt that is said never to happen.
fn claimed(source: &Source) -> Option<u32> {
    let config = Config::at(FROM).with_rules(&["retries-beyond-deadline"], &[]).expect("there is such a rule");
    let report = lint(source, &config);
    let message = report.findings.first()?.message.as_str().to_owned();
    message.split_whitespace().nth(1)?.parse().ok()
}

/// How many attempts there are where each takes so long, and fails.
fn attempts(source: &Source, length: Delay) -> u32 {
    let plans = plans(&analyse(source.clone(), &Settings::at(FROM)), &Config::at(FROM));
    let outcome = |_| Outcome::Exits { after: length, code: 1 };
    let pods = Pods { start: Delay::default(), stop: Delay::default(), outcome: &outcome };
    let scenario = Scenario {
        object: plans[0].object.clone().expect("it is taken"),
        beginning: Beginning::Created(Moment::of(FROM)),
        until: Moment::of(FROM) + Delay::from_seconds(86_400),
        assumptions: Assumptions { work: Work::Pods(pods), latency: Delay::default(), repeats: Some(1) },
        outages: Vec::new(),
        changes: Vec::new(),
    };
    let mut count = 0;
    simulate(&scenario, &mut |event| count += u32::from(matches!(event.what, What::Pod(.., PodEvent::Created))));
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
