//! Questions and answers of a table, in words.

use crate::controller::{Delay, Object, Reason};
use crate::foresight::{Answer, Kept, Question, Row, Summary, Way};
use crate::rule::duration::in_short;
use crate::schedule::Seconds;

/// A question, as it goes on after "if each run", "if each pod" of a Job, or "if the controllers are".
pub(super) fn question(question: Question, object: &Object) -> String {
    match question {
        Question::Ends if matches!(object, Object::Job(_)) => "succeeds".to_owned(),
        Question::Ends => "ends, whenever that is".to_owned(),
        Question::TakesUpTo(length) => format!("takes up to {}", in_short(length)),
        Question::Takes(length) => format!("takes {}", in_short(length)),
        Question::TakesLonger(length) => format!("takes longer than {}", in_short(length)),
        Question::Fails => "fails at once".to_owned(),
        Question::Evicted => "loses its first pod".to_owned(),
        Question::Hangs => "hangs".to_owned(),
        Question::NeverStarts => "never starts".to_owned(),
        Question::Stuck => "hangs, or never starts".to_owned(),
        Question::AwayUpTo(length) => format!("away for up to {}", in_short(length)),
        Question::Away(length) => format!("away for {}", in_short(length)),
        Question::Suspended => "stays suspended".to_owned(),
        Question::Resumed => "is resumed between runs".to_owned(),
    }
}

/// The same where nothing stands before it but what it is asked of.
pub(super) fn whole_question(asked: Question, object: &Object) -> String {
    let question = question(asked, object);
    if is_of_controllers(asked) { format!("the controllers are {question}") } else { question }
}

/// Whether the question is what the controllers are, not what the work does.
pub(super) fn is_of_controllers(question: Question) -> bool {
    matches!(question, Question::AwayUpTo(_) | Question::Away(_))
}

/// The key of a question, for programs.
pub(super) fn key(question: Question) -> (&'static str, Option<Seconds>) {
    match question {
        Question::Ends => ("ends", None),
        Question::TakesUpTo(length) => ("takesUpTo", Some(length)),
        Question::Takes(length) => ("takes", Some(length)),
        Question::TakesLonger(length) => ("takesLonger", Some(length)),
        Question::Fails => ("fails", None),
        Question::Evicted => ("evicted", None),
        Question::Hangs => ("hangs", None),
        Question::NeverStarts => ("neverStarts", None),
        Question::Stuck => ("hangsOrNeverStarts", None),
        Question::AwayUpTo(length) => ("controllersAwayUpTo", Some(length)),
        Question::Away(length) => ("controllersAway", Some(length)),
        Question::Suspended => ("suspended", None),
        Question::Resumed => ("resumed", None),
    }
}

/// What comes of it.
pub(super) fn answer(row: &Row, object: &Object) -> String {
    let Row { question, answer, .. } = row;
    let sentences = match (question, object) {
        (Question::Suspended, Object::Job(_)) => vec!["no pod is made".to_owned()],
        (Question::Fails, _) => fails(answer, object),
        (Question::Evicted, _) => vec![evicted(answer)],
        (Question::Hangs | Question::NeverStarts | Question::Stuck, _) => stuck(answer, object),
        (Question::Resumed, _) => resumed(&answer.summary),
        (Question::Away(_) | Question::AwayUpTo(_), _) => away(&answer.summary),
        (_, Object::CronJob(_)) => starts(&answer.summary),
        (_, Object::Job(_)) => pods(answer, object),
    };
    sentences.join("; ")
}

/// How runs start, and end other than by themselves.
fn starts(summary: &Summary) -> Vec<String> {
    let &Summary { due, started, late, left_out, replaced, failed, most_jobs, .. } = summary;
    let mut parts = Vec::new();
    match (started, late) {
        _ if due == 0 => return vec!["no run is due".to_owned()],
        (0, _) => return vec![format!("none of {} starts", counted(due, "run"))],
        (_, 0) => parts.push(format!("{started} of {} {} on time", counted(due, "run"), start(started))),
        (_, late) => {
            let most = in_short(summary.seconds_late());
            let all = if late == started { "all".to_owned() } else { format!("{late} of them") };
            parts.push(format!(
                "{started} of {} {}, {all} late (by {most} at most)",
                counted(due, "run"),
                start(started)
            ));
        }
    }
    if left_out > 0 {
        parts.push(format!("{left_out} {} left out", are(left_out)));
    }
    if replaced > 0 {
        parts.push(of_those(replaced, started, "deleted when the next is due"));
    }
    if failed > 0 {
        parts.push(of_those(failed, started, "ended as failed, by `activeDeadlineSeconds`"));
    }
    if most_jobs > 1 {
        parts.push(format!("up to {most_jobs} at once"));
    }
    parts
}

fn of_those(count: u64, all: u64, what: &str) -> String {
    if count == all { format!("each is {what}") } else { format!("{count} {} {what}", are(count)) }
}

fn start(count: u64) -> &'static str {
    if count == 1 { "starts" } else { "start" }
}

fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// Attempts, the end, what that means for later runs, and how long the logs are kept.
fn fails(answer: &Answer, object: &Object) -> Vec<String> {
    let (first, summary) = (&answer.first, &answer.summary);
    let attempts = counted(first.attempts.into(), "attempt");
    let mut parts = vec![match first.end {
        None => format!("{attempts}, and no end yet"),
        Some(end) => {
            let how = match end.way {
                Way::Failed(Reason::DeadlineExceeded) => ", then `activeDeadlineSeconds` ends it",
                Way::Replaced => ", then the next run takes its place: none counts as failed",
                Way::Complete => ", and it is complete",
                Way::Failed(_) if first.attempts == 1 => return one_attempt(summary, object),
                Way::Failed(_) => "",
            };
            format!("{attempts} in {}{how}", in_short(whole(end.after)))
        }
    }];
    parts.extend(later(summary, object));
    parts.extend(kept(summary));
    parts
}

fn one_attempt(summary: &Summary, object: &Object) -> Vec<String> {
    let mut parts = vec!["one attempt, and no retry".to_owned()];
    parts.extend(later(summary, object));
    parts.extend(kept(summary));
    parts
}

fn evicted(answer: &Answer) -> String {
    let why = match answer.first.end.map(|end| end.way) {
        Some(Way::Failed(Reason::BackoffLimitExceeded)) => "`backoffLimit` allows no second one",
        Some(Way::Failed(Reason::PodFailurePolicy)) => "`podFailurePolicy` fails it then",
        _ => "there is no time for a second one",
    };
    format!("it has failed: {why}")
}

/// What a run that does not succeed means for later ones.
fn later(summary: &Summary, object: &Object) -> Option<String> {
    let Object::CronJob(_) = object else { return None };
    if summary.replaced > 0 {
        return None;
    }
    Some(if summary.left_out > 0 || summary.late > 0 {
        starts(&Summary { failed: 0, ..*summary }).join("; ")
    } else if summary.most_jobs > 1 {
        format!("up to {} runs at once", summary.most_jobs)
    } else {
        "no later run is held up".to_owned()
    })
}

/// How long the logs of what has failed are there.
fn kept(summary: &Summary) -> Option<String> {
    match summary.failed_kept? {
        Kept::Throughout => None,
        kept if kept.seconds()?.get() == 0 => Some("its logs are gone at once".to_owned()),
        kept => Some(format!("its logs are kept for {}", in_short(kept.seconds()?))),
    }
}

/// What ends a run that does not end by itself, if something does.
fn stuck(answer: &Answer, object: &Object) -> Vec<String> {
    let summary = &answer.summary;
    let ended = |after: Delay, why: &str| format!("{why} ends it after {}, and it has failed", in_short(whole(after)));
    let mut parts = vec![match answer.first.end {
        Some(end) if end.way == Way::Replaced => return vec![REPLACED.to_owned()],
        Some(end) if end.way == Way::Failed(Reason::DeadlineExceeded) => ended(end.after, "`activeDeadlineSeconds`"),
        Some(end) => format!(
            "it has failed after {} and {}",
            in_short(whole(end.after)),
            counted(answer.first.attempts.into(), "attempt")
        ),
        None if summary.left_out > 0 => {
            return vec!["the first run holds back every later one: nothing ends it".to_owned()];
        }
        None if summary.most_jobs > 1 => {
            return vec![format!("runs pile up, {} at the end: nothing ends them", summary.most_jobs)];
        }
        None => return vec!["nothing ends it".to_owned()],
    }];
    parts.extend(later(summary, object));
    parts
}

const REPLACED: &str = "each run is deleted when the next is due, and none counts as failed";

fn away(summary: &Summary) -> Vec<String> {
    let mut parts = Vec::new();
    if summary.late > 0 {
        parts.push(format!("1 run starts when they are back, {} late", in_short(summary.seconds_late())));
    }
    if summary.left_out > 0 {
        let what = if parts.is_empty() { counted(summary.left_out, "run") } else { summary.left_out.to_string() };
        parts.push(format!("{what} {} left out", are(summary.left_out)));
    }
    if parts.is_empty() { vec!["every run starts on time".to_owned()] } else { parts }
}

fn resumed(summary: &Summary) -> Vec<String> {
    match summary.late {
        0 => vec!["the next run starts on time".to_owned()],
        _ => vec![format!("the run that was due last starts at once, {} late", in_short(summary.seconds_late()))],
    }
}

/// The pods of a Job of its own, and what is left of them.
fn pods(answer: &Answer, object: &Object) -> Vec<String> {
    let summary = &answer.summary;
    let mut parts = vec![counted(summary.pods, "pod")];
    if summary.pods > 1 {
        parts[0] += &format!(
            ", {} at once",
            if summary.most_pods == summary.pods { "all".to_owned() } else { format!("{} at most", summary.most_pods) }
        );
    }
    match answer.first.end.map(|end| end.way) {
        Some(Way::Complete) => {
            let has_ttl = matches!(object, Object::Job(job) if job.ttl_after_finished.is_some());
            parts.push(match summary.complete_kept.and_then(Kept::seconds) {
                Some(length) => format!("when it is complete, its logs are kept for {}", in_short(length)),
                None if has_ttl => "then it is complete".to_owned(),
                None => "then it is complete, and stays until somebody deletes it".to_owned(),
            });
        }
        Some(Way::Failed(Reason::DeadlineExceeded)) => {
            parts.push("`activeDeadlineSeconds` ends it, and it has failed".to_owned())
        }
        Some(_) => parts.push("it has failed".to_owned()),
        None => parts.push("it has no end".to_owned()),
    }
    parts
}

/// In seconds that have begun.
fn whole(length: Delay) -> Seconds {
    Seconds::new((length.micros() + Delay::SECOND.micros() - 1) / Delay::SECOND.micros())
}

pub(super) fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
