//! `ttl-runs-again`

use crate::analysis::{Managed, Manager};
use crate::diagnostic::Fix;
use crate::k8s::Resource;
use crate::k8s::objects::JobSpec;
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::rules::lifecycle::template_cannot_change::Refused;
use crate::schedule::Seconds;
use crate::yaml::{Change, Value};

pub(crate) static RULE: Rule = Rule::new(page!("run/ttl-runs-again"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let Some(ttl) = spec.ttl_seconds_after_finished() else { return };
    let Some(managed) = Managed::of(spec.object.manifest).filter(|managed| !managed.as_hook) else { return };
    if !spec.object.is(Resource::Job) || is_said_to_repeat_well(spec.object.manifest.root) {
        return;
    }

    let time = duration::in_words(Seconds::new(i64::from(ttl.value)));
    let (message, help) = match managed.by {
        Manager::ArgoCd => (
            format!(
                "gone {time} after its end, the Job leaves the application out of sync, and automatic sync runs it again"
            ),
            "make it a hook (`argocd.argoproj.io/hook: Sync`) and let its delete policy clean up",
        ),
        Manager::Flux => (
            format!("gone {time} after its end, the Job is missing, and Flux makes it again: the work runs again"),
            "leave the finished Job where it is",
        ),
        _ => return,
    };
    let removal = spec
        .slots()
        .ttl_seconds_after_finished()
        .remove()
        .map(|change| ("remove `ttlSecondsAfterFinished`".to_owned(), change));
    // Without it the Job stays, and its next version has to find a way.
    let mend = match Refused::of(spec.object) {
        None => removal,
        Some(refused) => removal.zip(refused.replacing(spec.object)).map(|((first, removal), (second, addition))| {
            (format!("{first}, and {second}"), Change::all([removal, addition]))
        }),
    };
    findings
        .report(ttl.span, message)
        .label(managed.evidence, "kept as the repository has it")
        .help(help)
        .fix(mend.map(|(title, change)| Fix::unsafe_(title, change)));
}

/// Whether a comment above an object or in it says that its work may be done again.
fn is_said_to_repeat_well(object: Value<'_>) -> bool {
    let key = object.entries().next().map(|first| first.key_span);
    let above = key.and_then(|key| object.comments_above(key)).map_or("", |(_, text)| text);
    let comments = above.lines().chain(object.source().lines());
    comments.filter_map(|line| line.find('#').map(|at| &line[at..])).any(|comment| {
        let comment = comment.to_ascii_lowercase();
        let is_denied = ["not ", "n't", "never", "todo", "?"].iter().any(|word| comment.contains(word));
        !is_denied && REPEATS_WELL.iter().any(|words| comment.contains(words))
    })
}

/// What people call work that may be done again.
const REPEATS_WELL: [&str; 7] = [
    "idempotent",
    "safe to rerun",
    "safe to re-run",
    "safe to run again",
    "safe to run multiple",
    "safe to run more than once",
    "safe to repeat",
];
