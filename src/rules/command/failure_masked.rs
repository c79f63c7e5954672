//! `failure-masked`

use super::pipe_failure_lost;
use crate::analysis::{Script, Subject};
use crate::command::programs::may_be_done;
use crate::command::{Call, Flow, Place, Role, Run, Script as Read};
use crate::k8s::defaulted;
use crate::k8s::objects::{Container, Each as _, RestartPolicy};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/failure-masked"), Check::Script(check));

/// How many commands beside the first are pointed at.
const MOST_SHOWN: usize = 8;

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    let Some(Masking { first, mut others, count }) = Masking::of(&script) else { return };
    // `failure-discarded` tells of one that stands alone before the end.
    if count == 0 && is_discarded(read, &first) || collects_for_another(script, &first) {
        return;
    }
    let name = first.call.name;
    let subject = match (count, &others[..]) {
        (0, _) => format!("`{name}` fails"),
        (1, [other]) if other.call.name == name => format!("either `{name}` fails"),
        (1, [other]) => format!("`{name}` or `{}` fails", other.call.name),
        _ => format!("`{name}` or one of {count} more fails"),
    };
    let end = read.brief(first.end);
    let ends = if never_ends(read.str(first.end)) {
        format!("the script goes on to `{end}`, and the failure never shows")
    } else {
        format!("the script goes on, and ends well with `{end}`")
    };
    let report = findings
        .report(script.span(first.call.place), format!("where {subject}, {ends}"))
        .help(remedy(script, &first, count))
        .label(script.span(first.end), "this decides how the run ends");
    others.drain(..).fold(report, |report, other| {
        report.label(script.span(other.call.place), "this failure does not count, either")
    });
}

/// The commands of a script whose failures do not show.
pub(super) struct Masking<'s> {
    pub(super) first: Masked<'s>,
    others: Vec<Masked<'s>>,
    /// How many there are beside the first.
    pub(super) count: usize,
}

impl<'s> Masking<'s> {
    pub(super) fn of(script: &'s Script<'_>) -> Option<Self> {
        let (read, flow) = (script.read, &script.flow);
        // One remedy mends all of a script, so it is said once.
        let tells_of_pipes = !pipe_failure_lost::looks_at_parts(read);
        let is_told = |run: &&Run<'_>| tells_of_pipes && pipe_failure_lost::tells_of(read, flow, run);
        let mut masked = flow.runs.iter().filter(|run| !is_told(run)).filter_map(|run| masked(read, flow, run));
        let first = masked.next()?;
        let others: Vec<Masked<'_>> = masked.by_ref().take(MOST_SHOWN).collect();
        let count = others.len() + masked.count();
        Some(Self { first, others, count })
    }
}

/// Whether it is no end at all: `sleep infinity`, `tail -f /dev/null`.
fn never_ends(end: &str) -> bool {
    let mut words = end.split_whitespace();
    match words.next() {
        Some("tail") => true,
        Some("sleep") => words.any(|word| word.starts_with("inf")),
        _ => false,
    }
}

/// A command whose failure does not show, and the command by which the script ends well.
pub(super) struct Masked<'s> {
    pub(super) call: Call<'s>,
    pub(super) end: Place,
}

fn masked<'s>(read: &'s Read<'_>, flow: &Flow<'s>, run: &Run<'s>) -> Option<Masked<'s>> {
    let end = run.hidden_by.filter(|_| run.role == Role::Lost)?;
    let call = flow.work(read, run)?;
    // Who ends a script so takes what is done already for done.
    let is_on_purpose = ends_on_purpose(read.str(end)) && may_be_done(read, &call);
    (!is_on_purpose).then_some(Masked { call, end })
}

/// Whether a command does nothing but end well.
fn ends_on_purpose(end: &str) -> bool {
    matches!(end, "exit 0" | "true" | ":")
}

/// Whether it stands right before a command that does nothing but end well: its author means that.
pub(super) fn is_discarded(read: &Read<'_>, masked: &Masked<'_>) -> bool {
    ends_on_purpose(read.str(masked.end)) && is_right_before(read, masked)
}

/// Whether a container beside the first one ends well on purpose, and has a volume with it: it collects what the first one
/// leaves, and is not to decide how the run ends.
pub(super) fn collects_for_another(script: Within<'_, Script<'_>>, masked: &Masked<'_>) -> bool {
    let containers = script.object.pod.and_then(|pod| pod.value.containers());
    let mut containers = containers.each().map(|(_, container)| container);
    let Some(first) = containers.next().filter(|_| ends_on_purpose(script.read.str(masked.end))) else { return false };
    let of_first = volumes(first.value);
    containers.any(|container| container.key == script.container.key)
        && volumes(script.container.value).iter().any(|volume| of_first.contains(volume))
}

/// The names of the volumes that a container mounts.
fn volumes(container: Container<'_>) -> Vec<&str> {
    container.volume_mounts().each().filter_map(|(_, mount)| Some(mount.value.name()?.value)).collect()
}

/// How to mend all of it, so that nothing else is to be said of the script afterwards.
pub(super) fn remedy(script: Within<'_, Script<'_>>, first: &Masked<'_>, others: usize) -> String {
    let read = script.read;
    let Some(begin) = errexit(read, &script.flow) else { return ONE_BY_ONE.to_owned() };
    let end = read.brief(first.end);
    let is_alone = others == 0 && is_discarded(read, first);
    let mend = if is_alone {
        format!("leave out `{end}`, or {begin}")
    } else {
        format!("{begin}: then a command that fails ends it, and the run counts as failed")
    };
    match unrepeated(script.object).filter(|_| ends_on_purpose(&end)) {
        Some((limit, fields)) => {
            let what = if is_alone { "it".to_owned() } else { format!("`{end}`") };
            format!("{mend}; where {what} is there against retries (up to {limit}), write {fields}")
        }
        None => mend,
    }
}

/// What ends a script where a command in it fails; `None` where it would end before it reads `$?`.
pub(super) fn errexit<'s>(read: &'s Read<'_>, flow: &Flow<'s>) -> Option<String> {
    if flow.runs.iter().any(|run| run.role == Role::Read) {
        return None;
    }
    let has_pipes = flow.runs.iter().any(|run| run.pipeline.stages.len() > 1 && !run.options.pipefail);
    let set = if has_pipes && read.shell.knows_pipefail() { "set -eo pipefail" } else { "set -e" };
    // It does not look at what stands before `&&`.
    let is_joined = |run: &Run<'s>| run.is_joined && run.role == Role::Lost && flow.work(read, run).is_some();
    let parts = if flow.runs.iter().any(is_joined) { ", and write `a && b` as two lines" } else { "" };
    Some(format!("begin the script with `{set}`{parts}"))
}

/// How often a failure that counts is tried again, and what to write where that is not wanted.
fn unrepeated(object: &Subject<'_>) -> Option<(i32, &'static str)> {
    let job = object.job?.value;
    let limit = job.backoff_limit().map_or(defaulted::Job::DEFAULT_BACKOFF_LIMIT, |limit| limit.value);
    let is_repeated = limit > 0 && !job.slots().backoff_limit_per_index().is_set();
    // With `OnFailure` the logs would go with the first failure.
    let fields = match object.pod?.value.restart_policy()?.value {
        RestartPolicy::OnFailure => "`backoffLimit: 0` and `restartPolicy: Never`",
        _ => "`backoffLimit: 0`",
    };
    is_repeated.then_some((limit, fields))
}

/// The remedy where that is none.
pub(super) const ONE_BY_ONE: &str =
    "write `|| exit 1` behind what must not fail: `set -e` would end the script before it reads `$?`";

/// Whether no other command runs before the one by which the script ends.
fn is_right_before(read: &Read<'_>, masked: &Masked<'_>) -> bool {
    let arguments = masked.call.words.last().map_or(masked.call.place.end, |word| word.place.end);
    let between = Place { start: arguments, end: masked.end.start.max(arguments) };
    read.str(between).chars().all(|char| char == ';' || char.is_whitespace())
}
