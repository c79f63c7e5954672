//! `hook-left-behind`

use crate::analysis::Subject;
use crate::diagnostic::Fix;
use crate::k8s::Resource;
use crate::rule::{Check, Findings, Rule, page};
use crate::yaml::placeholder_in;

pub(crate) static RULE: Rule = Rule::new(page!("lifecycle/hook-left-behind"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(metadata) = subject.manifest.metadata().filter(|_| subject.is(Resource::Job)) else { return };
    let Some(annotations) = metadata.annotations() else { return };
    let (hook, policy) = (annotations.value.get("helm.sh/hook"), annotations.value.get("helm.sh/hook-delete-policy"));
    let (Some(hook), Some(policy)) = (hook, policy) else { return };
    let Some(name) = metadata.name() else { return };
    // A name with a number in it may be another one each time, and Argo CD applies a hook that is there again.
    let is_fixed = !name.value.is_empty() && !name.value.bytes().any(|byte| byte.is_ascii_digit());
    let is_of_argo = annotations.value.iter().any(|(key, _)| key.starts_with("argocd.argoproj.io/"));
    let has_ttl = subject.job.is_some_and(|job| job.value.slots().ttl_seconds_after_finished().is_set());
    let is_filled_in = [hook, policy, name].iter().any(|field| placeholder_in(field.value).is_some());
    let Some(again) = comes_again(hook.value).filter(|_| is_fixed && !is_of_argo && !has_ttl && !is_filled_in) else {
        return;
    };
    let has = |wanted: &str| words(policy.value).any(|word| word == wanted);
    let (succeeded, failed) = (has("hook-succeeded"), has("hook-failed"));
    let stays = match (succeeded, failed) {
        (true, false) => "fails",
        (false, true) => "succeeds",
        _ => return,
    };
    if has("before-hook-creation") {
        return;
    }

    let message = format!("a run that {stays} stays, and {again} is refused: its name is taken");
    let change = policy.raw.splice(0..0, "before-hook-creation,");
    findings
        .report(policy.span, message)
        .label(name.span, "the same name each time")
        .help("add `before-hook-creation`, which is the policy where none is written")
        .fix(Fix::unsafe_("add `before-hook-creation`", change));
}

fn words(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(|word| word.trim().to_ascii_lowercase())
}

/// What runs the hook again while the release is there.
fn comes_again(hook: &str) -> Option<&'static str> {
    let has = |ends: &str| words(hook).any(|word| word.ends_with(ends));
    if has("-upgrade") {
        return Some("the next upgrade");
    }
    if has("-rollback") {
        return Some("the next rollback");
    }
    has("test").then_some("the next test")
}
