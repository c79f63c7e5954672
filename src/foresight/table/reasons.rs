//! Which rule says why.

use super::{Question, Row, Way};
use crate::controller::Reason;
use crate::foresight::reasons::RULES;

/// The rule of those that find something which says most about an answer.
pub(super) fn of(row: &Row, found: &[&'static str]) -> Option<&'static str> {
    RULES.into_iter().find(|rule| found.contains(rule) && tells(rule, row))
}

fn tells(rule: &str, row: &Row) -> bool {
    let summary = &row.answer.summary;
    let is_stuck = matches!(row.question, Question::Hangs | Question::NeverStarts | Question::Stuck);
    let has_no_end = is_stuck && row.answer.first.end.is_none();
    match rule {
        "schedule-never-fires" => summary.due == 0,
        "starting-deadline-never-met" => summary.started == 0,
        "forbid-without-deadline" => has_no_end && summary.left_out > 0,
        "runs-pile-up" => has_no_end && summary.most_jobs > 1,
        "deadline-on-pod" => is_stuck && row.answer.first.attempts > 1,
        "deadline-beyond-next-run" => {
            let is_longer = matches!(row.question, Question::TakesLonger(_));
            (is_stuck || is_longer) && is_ended(row) && (summary.left_out > 0 || summary.most_jobs > 1)
        }
        "retries-beside-next-run" => matches!(row.question, Question::Fails) && summary.most_jobs > 1,
        "replaced-within-minutes" | "replaced-before-failed" | "replace-without-deadline" => summary.replaced > 0,
        "concurrency-policy-unset" => !is_stuck && summary.most_jobs > 1,
        "ttl-unset" | "ttl-runs-again" => matches!(row.question, Question::Ends | Question::TakesUpTo(_)),
        "retries-beyond-deadline" => matches!(row.question, Question::Fails) && is_ended(row),
        _ => matches!(row.question, Question::Fails),
    }
}

fn is_ended(row: &Row) -> bool {
    row.answer.first.end.is_some_and(|end| end.way == Way::Failed(Reason::DeadlineExceeded))
}
