//! `backoff-limit-high`

use crate::k8s::objects::{JobSpec, RestartPolicy};
use crate::rule::{Check, Findings, Parameter, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/backoff-limit-high"), Check::Job(check)).with(&[MOST]);

/// Above this many retries of one pod's work, the next one helps no more.
const MOST: Parameter = Parameter::count("most", "the most retries that nothing is said of", 20, (0, 1_000));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(limit) = spec.backoff_limit() else { return };
    if i64::from(limit.value) <= findings.limit(&MOST) {
        return;
    }
    // The limit counts the failures of all pods together, so many pods need a larger one.
    let pods = [spec.completions(), spec.parallelism()].into_iter().flatten().map(|count| count.value).max();
    if limit.value <= pods.unwrap_or(1) {
        return;
    }
    let policy = spec.object.pod.and_then(|pod| pod.value.restart_policy());
    let in_place = policy.is_some_and(|policy| policy.value == RestartPolicy::OnFailure);
    let wait = waiting(i64::from(limit.value), in_place);
    if spec.active_deadline_seconds().is_some_and(|deadline| Seconds::new(deadline.value) <= wait) {
        return;
    }

    let retries = limit.value;
    findings
        .report(
            limit.span,
            format!("with {retries} retries, work that cannot succeed goes on for {}", duration::in_words(wait)),
        )
        .help("6 retries outlast a short outage; `activeDeadlineSeconds` sets an end in time");
}

/// How long the pauses between so many retries are together: each twice the one before it.
///
/// A new pod waits 10 seconds at first and 10 minutes at most; a container restarted in place starts again at once,
/// then waits 10 seconds to 5 minutes.
pub(super) fn waiting(retries: i64, in_place: bool) -> Seconds {
    let (retries, longest) = if in_place { (retries - 1, 300) } else { (retries, 600) };
    let mut total = 0;
    let mut pause = 10;
    for done in 0..retries {
        if pause >= longest {
            return Seconds::new(total + (retries - done) * longest);
        }
        total += pause;
        pause *= 2;
    }
    Seconds::new(total)
}

#[cfg(test)]
mod tests {
    use super::waiting;

    #[test]
    fn pauses_double_up_to_their_limit() {
        assert_eq!(waiting(6, false).get(), 630);
        assert_eq!(waiting(7, false).get(), 1_230);
        assert_eq!(waiting(6, true).get(), 310);
        assert_eq!(waiting(i64::from(i32::MAX), false).get(), 630 + (i64::from(i32::MAX) - 6) * 600);
    }
}
