//! `curl-without-fail`

use std::borrow::Cow;

use crate::analysis::{Process, Script, Subject};
use crate::command::programs::is_harmless;
use crate::command::{
    Call, Command, Flow, Known, PartKind, Place, Role, Run, Script as Read, Word, base_name, program,
};
use crate::diagnostic::Fix;
use crate::hash::HashSet;
use crate::rule::{Check, Findings, Rule, page};
use crate::text::Span;
use crate::yaml::Change;

pub(crate) static RULE: Rule = Rule::new(page!("command/curl-without-fail"), Check::Manifest(check));

const MESSAGE: &str = "`curl` ends well whatever the server answers, 404 and 500 too: the run counts as done";
const HELP: &str = "add `--fail` (`-f`), so that an answer of 400 and above is a failure";

/// Where the script goes on whatever fails.
const HELP_TO_END: &str = "add `--fail` (`-f`), so that an answer of 400 and above is a failure, and `|| exit 1` behind the \
                           command, which ends the script then";

/// Of what is taken away: `--fail` would take the next try for a failure, too.
const OF_DELETION: (&str, &str) = (
    "`curl` ends well whatever the server answers, 401 and 500 too: the run counts as done",
    "look at the status (`--write-out '%{http_code}'`), and take 404 for done: it is gone already",
);

/// Short options that take a value: what stands behind them in the same word is no option.
const VALUED: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Long ones whose value may look like an address.
const LONG_VALUED: [&str; 8] =
    ["--cacert", "--cert", "--header", "--key", "--output", "--proxy", "--referer", "--user-agent"];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for container in &subject.containers {
        if let Some((place, deletes)) = of_words(container) {
            let (message, help) = if deletes { OF_DELETION } else { (MESSAGE, HELP) };
            findings.report(place, message).help(help);
        }
    }
    for script in &subject.scripts {
        if script.read.text.as_str().contains("curl") {
            in_script(script, findings);
        }
    }
}

/// `curl` as the program of a container, and whether it takes something away.
fn of_words(container: &Process<'_>) -> Option<(Span, bool)> {
    let argv = &container.argv;
    let known = argv.known();
    let (at, _) = program(known);
    let is_curl = |word: &Known<'_>| word.as_deref().is_some_and(|word| base_name(word) == "curl");
    let is_named = argv.program().is_some() && known.get(at).is_some_and(is_curl);
    let image = container.image().map_or("", |image| image.value);
    let is_image = container.command().is_none() && matches!(image_name(image), "curlimages/curl" | "alpine/curl");
    let words = match () {
        () if is_named => known.get(at + 1..)?,
        () if is_image => &known[usize::from(known.first().is_some_and(is_curl))..],
        () => return None,
    };
    let place = argv.words().get(if is_named { at } else { 0 })?.span();
    let options = Options(words);
    let is_work = !words.is_empty() && !options.words().any(|word| stops_a_sidecar(word));
    (is_work && options.lets_errors_pass() && !options.is_ping()).then_some((place, options.deletes()))
}

/// An image without its registry and tag.
fn image_name(image: &str) -> &str {
    let name = image.split('@').next().unwrap_or_default();
    let name = name.strip_prefix("docker.io/").or(name.strip_prefix("quay.io/")).unwrap_or(name);
    name.split(':').next().unwrap_or_default()
}

/// `curl` in a script, where what the server answers is not looked at, and is the work: it is told something, or nothing
/// else is done.
fn in_script(script: &Script<'_>, findings: &mut Findings<'_>) {
    let (read, flow) = (script.read, &script.flow);
    let calls = flow.runs.iter().flat_map(|run| &run.pipeline.stages).filter_map(|stage| read.called(stage));
    // Another `curl` than the one that is known.
    if flow.functions.contains_key("curl")
        || ["alias curl", "curlrc"].iter().any(|sign| read.text.as_str().contains(sign))
    {
        return;
    }
    let looked_through = looked_through(read, flow);
    let is_alone = calls.filter(|call| !is_harmless(call.name)).take(2).count() == 1;
    for run in &flow.runs {
        if matches!(run.role, Role::Checked | Role::Apart) || run.variable.is_some() {
            continue;
        }
        let [stage] = &run.pipeline.stages[..] else { continue };
        let Some(call) = read.called(stage).filter(|call| call.name == "curl") else { continue };
        let words: Vec<Known<'_>> = call.words[1..].iter().map(|word| read.literal(word)).collect();
        let options = Options(&words);
        let is_work = options.sends() || is_alone && !options.is_ping();
        if may_hold_options(read, &call) || !options.lets_errors_pass() || !is_work {
            continue;
        }
        if call.words.iter().any(|word| stops_a_sidecar(read.str(word.place)))
            || is_looked_at(read, &looked_through, stage)
        {
            continue;
        }
        if options.deletes() {
            let (message, help) = OF_DELETION;
            findings.report(script.span(call.place), message).help(help);
            continue;
        }
        let help = if run.role == Role::Lost { HELP_TO_END } else { HELP };
        findings.report(script.span(call.place), MESSAGE).help(help).fix(mend(script, run, &call));
    }
}

/// `--fail`, and where the script goes on whatever fails, what ends it then.
fn mend(script: &Script<'_>, run: &Run<'_>, call: &Call<'_>) -> Option<Fix> {
    let add = |behind: Place, text: &str| {
        let end = script.read.text.written_at(behind).end;
        script.value.splice(end..end, text)
    };
    let fails = add(call.place, " --fail");
    if run.role != Role::Lost {
        return Some(Fix::unsafe_("add `--fail`", fails));
    }
    let [stage] = &run.pipeline.stages[..] else { return None };
    let ends = (!run.is_joined).then(|| add(stage.place, " || exit 1"))?;
    Some(Fix::unsafe_("add `--fail` and `|| exit 1`", Change::all([fails, ends])))
}

/// Whether another command looks through the file that takes the answer.
fn is_looked_at(read: &Read<'_>, looked_through: &HashSet<&str>, stage: &Command) -> bool {
    let Some(simple) = stage.simple() else { return false };
    let option = simple.words.windows(2).find(|two| matches!(read.str(two[0].place), "-o" | "--output"));
    let redirection = stage.redirections.iter().find(|redirection| read.str(redirection.operator) == ">");
    let kept = option.map(|two| &two[1]).or(redirection.map(|redirection| &redirection.target));
    kept.is_some_and(|word| looked_through.contains(read.str(word.place)))
}

/// The words of commands that look through a file.
fn looked_through<'s>(read: &'s Read<'_>, flow: &Flow<'s>) -> HashSet<&'s str> {
    let calls = flow.runs.iter().flat_map(|run| &run.pipeline.stages).filter_map(|stage| read.called(stage));
    let looking = calls.filter(|call| matches!(call.name, "grep" | "egrep" | "jq" | "[" | "test" | "diff" | "cmp"));
    looking.flat_map(|call| &call.words[1..]).map(|word| read.str(word.place)).collect()
}

/// Whether an address is one at which a sidecar is told to end: nothing comes of an answer then.
fn stops_a_sidecar(address: &str) -> bool {
    let is_here = address.contains("localhost") || address.contains("127.0.0.1");
    is_here && ["quit", "shutdown", "exit", "terminate"].iter().any(|word| address.contains(word))
}

/// Whether a variable that no quotes keep together stands where options may: `curl $OPTIONS …`.
fn may_hold_options(script: &Read<'_>, call: &Call<'_>) -> bool {
    let is_bare = |word: &Word| match &word.parts[..] {
        [part] => !part.quoted && matches!(part.kind, PartKind::Parameter(_) | PartKind::Command(_)),
        _ => false,
    };
    let is_list = |word: &Word| script.str(word.place).contains("[@]") || script.str(word.place).contains("$@");
    let takes_value = |word: &Word| script.str(word.place).starts_with('-');
    call.words.windows(2).any(|two| (is_bare(&two[1]) && !takes_value(&two[0])) || is_list(&two[1]))
}

/// The words behind `curl`.
struct Options<'w>(&'w [Known<'w>]);

impl Options<'_> {
    /// Whether an answer of 400 and above is no failure, and nothing shows the answer to the script.
    fn lets_errors_pass(&self) -> bool {
        let shows = [('f', "--fail"), ('w', "--write-out"), ('K', "--config"), ('I', "--head"), ('V', "--version")];
        let other = ["--fail-with-body", "--fail-early", "--help", "-h"];
        let is_http = |word: &Cow<'_, str>| !word.contains("://") || word.starts_with("http");
        !shows.iter().any(|(short, long)| self.has(*short, long))
            && !self.words().any(|word| other.contains(&&**word))
            && self.words().all(is_http)
    }

    /// Whether it sends something to the server that is more than a question.
    fn sends(&self) -> bool {
        [('d', "--data"), ('F', "--form"), ('T', "--upload-file")].iter().any(|(short, long)| self.has(*short, long))
            || self.has('X', "--request") && !self.words().any(|word| word.ends_with("GET") || word.ends_with("HEAD"))
            || self.words().any(|word| word.starts_with("--data-") || *word == "--json")
    }

    /// Whether it only asks whether a server is there: nothing else is at its root.
    fn is_ping(&self) -> bool {
        let words: Option<Vec<&str>> = self.0.iter().map(Option::as_deref).collect();
        let Some(words) = words.filter(|_| !self.sends()) else { return false };
        let takes_next = |option: &str| {
            let is_short = option.starts_with('-') && !option.starts_with("--");
            LONG_VALUED.contains(&option)
                || is_short && short_options(option) == &option[1..] && option.ends_with(is_valued)
        };
        let at = (0..words.len()).filter(|at| !at.checked_sub(1).is_some_and(|before| takes_next(words[before])));
        let mut addresses = at.map(|at| words[at]).filter(|word| !word.starts_with('-')).peekable();
        addresses.peek().is_some() && addresses.all(is_root)
    }

    /// Whether it takes something away, so that a 404 is as good as done.
    fn deletes(&self) -> bool {
        let is_method = |before: &str| {
            before.is_empty() || before == "--request=" || before.starts_with('-') && before.ends_with('X')
        };
        self.has('X', "--request") && self.words().any(|word| word.strip_suffix("DELETE").is_some_and(is_method))
    }

    fn words(&self) -> impl Iterator<Item = &Cow<'_, str>> {
        self.0.iter().flatten()
    }

    fn has(&self, short: char, long: &str) -> bool {
        self.words().any(|word| {
            let named = word.strip_prefix(long).is_some_and(|rest| rest.is_empty() || rest.starts_with('='));
            named || word.starts_with('-') && !word.starts_with("--") && short_options(word).contains(short)
        })
    }
}

/// Whether an address names a server, and nothing on it.
fn is_root(address: &str) -> bool {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.trim_end_matches('/').chars().all(|char| char.is_ascii_alphanumeric() || "-._:@[]".contains(char))
}

fn is_valued(option: char) -> bool {
    VALUED.contains(option)
}

/// The short options of a word, up to one that takes the rest as its value.
fn short_options(word: &str) -> &str {
    let options = &word[1..];
    let end = options.find(is_valued).map_or(options.len(), |at| at + 1);
    &options[..end]
}
