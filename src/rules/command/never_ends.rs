//! `never-ends`

use crate::analysis::{Argv, Script, Subject};
use crate::command::{self, Command, Item, Join, Kind, Known, Place, Script as Read, base_name};
use crate::k8s::Resource;
use crate::k8s::objects::{Container, Each as _, Field};
use crate::rule::{Check, Findings, Rule, page};
use crate::rules::run::sidecar_never_ends::as_native;
use crate::text::Span;
use crate::yaml::Value;

pub(crate) static RULE: Rule = Rule::new(page!("command/never-ends"), Check::Manifest(check));

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if is_ended(subject) {
        return;
    }
    let containers = subject.pod.and_then(|pod| pod.value.containers());
    let beside = containers.filter(|all| all.value.len() > 1).map(|all| all.span);
    for container in &subject.containers {
        let argv = &container.argv;
        let words = argv.known();
        if container.restart_policy().is_none() && argv.program().is_some() && never_ends(words) {
            let place = argv.words().first().map_or(container.field.key, |word| whole(*word, argv));
            let words: Vec<&str> = words.iter().flatten().map(|word| &**word).collect();
            let help = beside_work(container.field, beside, subject).unwrap_or_else(|| TO_STAY.to_owned());
            say((place, &words.join(" ")), (None, help), subject, findings);
        }
    }
    let is_pod = subject.containers.len() > 1;
    for script in subject.scripts.iter().filter(|script| script.is_whole() && script.read.limit.is_none()) {
        let found = last(script.read).or_else(|| if is_pod { endless_loop(script.read) } else { None });
        if let Some(place) = found.filter(|_| script.container.value.restart_policy().is_none()) {
            let brief = script.read.brief(place);
            let more = match beside_work(script.container, beside, subject) {
                Some(help) => (None, help),
                None if works_before(script, place) => (held(script.container.value), TO_LOOK_IN.to_owned()),
                None => (None, TO_STAY.to_owned()),
            };
            say((script.span(place), &brief), more, subject, findings);
        }
    }
}

/// Whether something ends the pods, or there are none.
fn is_ended(subject: &Subject<'_>) -> bool {
    let (Some(job), Some(pod)) = (subject.job, subject.pod) else { return true };
    job.value.slots().active_deadline_seconds().is_set()
        || pod.value.slots().active_deadline_seconds().is_set()
        || pod.value.share_process_namespace().is_some_and(|shares| shares.value)
        || job.value.parallelism().is_some_and(|parallelism| parallelism.value == 0)
        || job.value.slots().success_policy().is_set()
        || subject.is_suspended()
}

fn whole(first: Value<'_>, argv: &Argv<'_>) -> Span {
    let last = argv.words().last().map_or(first, |word| *word);
    if first.span().start < last.span().end { first.span().cover(last.span()) } else { first.span() }
}

fn say(
    (place, what): (Span, &str),
    (held, help): (Option<String>, String),
    subject: &Subject<'_>,
    findings: &mut Findings<'_>,
) {
    let work = if subject.is(Resource::CronJob) { "the run that the schedule started" } else { "the Job" };
    let held = held.map_or_else(String::new, |held| format!(", which holds {held}"));
    findings.report(place, format!("`{what}` never ends, and neither does {work}{held}")).help(help);
}

/// What never ends and does nothing else is to stay.
const TO_STAY: &str = "let the container end when its work is done; what is to stay belongs into a Deployment";

/// Behind work, it is there so that somebody can look at what that left.
const TO_LOOK_IN: &str = "write how long somebody may look in (`sleep 3600`), or give the Job an `activeDeadlineSeconds`, by \
                          which it counts as failed";

/// Among several containers, what never ends may be meant to stay as long as the others run.
fn beside_work(container: Field<'_, Container<'_>>, beside: Option<Span>, subject: &Subject<'_>) -> Option<String> {
    let is_beside = beside.is_some_and(|all| all.contains(container.key));
    let name = container.value.name().filter(|_| is_beside)?;
    Some(as_native(name.value, subject.settings.kubernetes))
}

/// Whether a script does some work before a place.
fn works_before(script: &Script<'_>, place: Place) -> bool {
    let mut before = script
        .flow
        .runs
        .iter()
        .take_while(|run| run.pipeline.stages.first().is_some_and(|command| command.place.start < place.start));
    before.any(|run| script.flow.work(script.read, run).is_some())
}

/// What nobody else gets as long as a container runs; of devices first, of which a node has few.
fn held(container: Container<'_>) -> Option<String> {
    let limits = container.resources()?.value.limits().each();
    let (mut devices, others): (Vec<_>, Vec<_>) = limits.partition(|(name, _)| name.contains('/'));
    devices.extend(others.into_iter().filter(|(name, _)| matches!(*name, "cpu" | "memory")));
    let texts = devices.iter().take(MOST_HELD);
    let texts = texts.map(|(name, amount)| format!("`{name}: {}`", amount.raw.source().trim_matches(['"', '\''])));
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// So many amounts fit into a sentence.
const MOST_HELD: usize = 3;

/// `sleep infinity`, `tail -f …`, as words of a command line.
fn never_ends(words: &[Known<'_>]) -> bool {
    let (at, limit) = command::program(words);
    let Some((Some(program), rest)) = words.get(at..).and_then(|words| words.split_first()) else { return false };
    let mut rest = rest.iter().flatten();
    limit.is_none()
        && match base_name(program) {
            "sleep" => rest.any(|word| matches!(&**word, "infinity" | "inf")),
            "tail" => rest.clone().any(|word| follows(word)) && !rest.any(|word| word.starts_with("--pid")),
            _ => false,
        }
}

/// Whether it is an option by which `tail` goes on for ever.
fn follows(word: &str) -> bool {
    let is_short = word.starts_with('-') && !word.starts_with("--") && word[1..].chars().all(char::is_alphanumeric);
    word == "--follow" || word.starts_with("--follow=") || is_short && word.contains(['f', 'F'])
}

/// The last command of a script, if it never ends.
fn last(script: &Read<'_>) -> Option<Place> {
    let item = script.list.items.last().filter(|item| !item.in_background && !may_skip(script, item))?;
    let pipeline = item.rest.last().map_or(&item.first, |(_, pipeline)| pipeline);
    let [command] = &pipeline.stages[..] else { return None };
    let simple = command.simple()?;
    let ends_with_another = simple.words.iter().any(|word| script.str(word.place).starts_with("--pid"));
    let words = script.words(simple);
    (never_ends(&words) && !ends_with_another && !kills(script)).then_some(command.place)
}

/// Whether the last command of an item runs only now and then: where another one fails, or something is asked for.
fn may_skip(script: &Read<'_>, item: &Item) -> bool {
    let asks = |command: &Command| {
        matches!(command.kind, Kind::Test(_))
            || script.called(command).is_some_and(|call| matches!(call.name, "[" | "test"))
    };
    item.rest.iter().any(|(join, _)| *join == Join::Or)
        || !item.rest.is_empty() && item.first.stages.last().is_some_and(asks)
}

/// Whether something in the script may end it from beside.
fn kills(script: &Read<'_>) -> bool {
    let mut kills = false;
    script.list.walk(&mut |command| kills |= script.called(command).is_some_and(|call| call.name == "kill"));
    kills
}

/// The head of a loop that the script ends with, and that nothing leaves.
fn endless_loop(script: &Read<'_>) -> Option<Place> {
    let item = script.list.items.last().filter(|item| !item.in_background && item.rest.is_empty())?;
    let [command] = &item.first.stages[..] else { return None };
    script.sleeps_for_ever(command)
}
