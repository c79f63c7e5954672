//! One manifest: our answer beside the server's.

use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::{Verdict, check_value};
use batchlint::k8s::{Problem, Stage, Topic};
use batchlint::yaml;

use crate::recording::Server;

/// How our answer stands to the server's.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    /// The same.
    Agreed,
    /// The text is not YAML: another floor's matter.
    Parse,
    /// Our reader and the server's disagree about the text.
    Reader(&'static str),
    /// The answer is about the request, not about the manifest.
    Outside,
    /// Another answer.
    Different(String),
}

impl Outcome {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Parse => "not YAML",
            Self::Reader(_) => "read otherwise",
            Self::Outside => "outside",
            Self::Different(_) => "different",
        }
    }
}

/// Compares one manifest, read as `file`, under one version.
pub(crate) fn compare(file: &yaml::File, version: Version, server: &Server) -> Outcome {
    if is_outside(&server.message) {
        return Outcome::Outside;
    }
    // A directive, which kubectl splits off, was sent to the server with its document.
    let directive = file.text.starts_with("%YAML 1.1");
    let document = file.documents.iter().find(|document| !directive || document.complete);
    let document = document.filter(|document| document.complete && (directive || file.errors.is_empty()));
    if is_parse_failure(&server.message) {
        return if document.is_none() { Outcome::Parse } else { Outcome::Reader("the server cannot read it") };
    }
    let Some(root) = document.and_then(yaml::Document::root) else {
        return Outcome::Reader("the server can read it");
    };
    if root.get("kind").is_none() {
        return Outcome::Outside; // the recording program guessed the kind from the text
    }
    let mut problems = check_value(root, version).into_problems();
    problems.retain(|problem| !(server.other_namespace && problem.field == "metadata.namespace"));
    let verdict = Verdict::new(problems);
    if of_topic(&verdict, Topic::ApiVersionRemoved).next().is_some() && !server.accepted {
        return Outcome::Agreed; // a server that no longer has the version cannot be asked
    }
    difference(&verdict, server).map_or(Outcome::Agreed, Outcome::Different)
}

/// What the recording program or the address of the request brings in: the namespace, and the kind that the program
/// finds by searching the text.
fn is_outside(message: &str) -> bool {
    message.contains("the namespace of the provided object does not match") || message.contains("unknown conversion")
}

fn is_parse_failure(message: &str) -> bool {
    let understood = ["couldn't get version/kind", "unexpected GroupVersion"];
    message.contains("the object provided is unrecognized") && !understood.iter().any(|part| message.contains(part))
}

fn difference(verdict: &Verdict, server: &Server) -> Option<String> {
    if verdict.accepted() != server.accepted {
        let ours = if verdict.accepted() { "accepted".to_owned() } else { show(verdict) };
        let theirs = if server.accepted { "accepted" } else { &server.message };
        return Some(format!("ours: {ours}; the server's: {theirs}"));
    }
    let what = match server_stage(server) {
        None => warnings(verdict, server),
        Some(stage) if verdict.failing_stage() != Some(stage) => Some(format!("stage {stage:?}")),
        Some(Stage::Validation) => causes(verdict, server),
        Some(Stage::Strict) => strict(verdict, &server.message),
        Some(_) => decode(verdict, &server.message),
    };
    what.map(|what| format!("{what}; ours: {}; the server's: {}", show(verdict), server.message))
}

fn server_stage(server: &Server) -> Option<Stage> {
    if server.accepted {
        None
    } else if server.message.contains("strict decoding error") {
        Some(Stage::Strict)
    } else if server.causes.is_empty() && !server.message.is_empty() {
        Some(Stage::Decode)
    } else {
        Some(Stage::Validation)
    }
}

fn causes(verdict: &Verdict, server: &Server) -> Option<String> {
    if server.message.is_empty() {
        return None; // the server panicked
    }
    let reason = |problem: &Problem| problem.reason.map_or("", |reason| reason.name()).to_owned();
    let mut ours: Vec<_> = verdict.causes().map(|problem| (reason(problem), problem.field.clone())).collect();
    ours.sort();
    let mut theirs = server.causes.clone();
    if server.warnings.is_none() {
        ours.dedup();
        theirs.dedup();
    }
    let (more, missing) = (without(&ours, &theirs), without(&theirs, &ours));
    (ours != theirs).then(|| format!("too much: {more:?}, missing: {missing:?}"))
}

/// The members of a multiset that another does not have.
fn without<T: PartialEq + Clone>(all: &[T], taken: &[T]) -> Vec<T> {
    let mut rest = all.to_vec();
    for one in taken {
        if let Some(place) = rest.iter().position(|other| other == one) {
            rest.remove(place);
        }
    }
    rest
}

/// The fields and keys that the strict reader names.
fn strict(verdict: &Verdict, message: &str) -> Option<String> {
    let quoted = |prefix: &str| {
        let mut found: Vec<String> = message
            .match_indices(prefix)
            .filter_map(|(at, _)| serde_json::Deserializer::from_str(&message[at + prefix.len()..]).into_iter().next())
            .filter_map(Result::ok)
            .collect();
        found.sort();
        found
    };
    let mut ours: Vec<_> = of_topic(verdict, Topic::UnknownField).map(|problem| problem.field.clone()).collect();
    ours.sort();
    let unknown = quoted("unknown field ");
    if ours != unknown {
        return Some(format!("unknown fields {unknown:?}"));
    }
    let (repeated, ours) = (quoted("key ").len(), of_topic(verdict, Topic::RepeatedKey).count());
    (repeated != ours).then(|| format!("{repeated} repeated keys"))
}

fn of_topic(verdict: &Verdict, topic: Topic) -> impl Iterator<Item = &Problem> {
    verdict.problems().iter().filter(move |problem| problem.topic == topic)
}

/// The server names the first field only, without indexes and with the names of embedded types.
fn decode(verdict: &Verdict, message: &str) -> Option<String> {
    let (_, rest) = message.split_once("Go struct field ")?;
    let path = rest.split_whitespace().next()?;
    let named: Vec<&str> = path.split('.').skip(1).filter(|step| !step.starts_with(char::is_uppercase)).collect();
    let named = named.join(".");
    let found = verdict.causes().any(|problem| without_indexes(&problem.field) == named);
    (!found).then(|| format!("the field is {named}"))
}

fn without_indexes(field: &str) -> String {
    let mut depth = 0;
    field
        .chars()
        .filter(|char| {
            depth += i32::from(*char == '[');
            let keep = depth == 0;
            depth -= i32::from(*char == ']');
            keep
        })
        .collect()
}

fn warnings(verdict: &Verdict, server: &Server) -> Option<String> {
    let theirs = server.warnings.as_ref()?;
    let ours = verdict.problems().iter().filter(|problem| problem.is_warning());
    let mut ours: Vec<_> = ours.map(|problem| problem.field.clone()).collect();
    ours.sort();
    let fields = theirs.iter().filter_map(|text| text.split_once(": ").map(|(field, _)| field.to_owned()));
    let fields: Vec<_> = fields.filter(|field| !field.contains(' ')).collect();
    let missing = without(&fields, &ours);
    (ours.len() != theirs.len() || !missing.is_empty()).then(|| format!("warnings {theirs:?}"))
}

fn show(verdict: &Verdict) -> String {
    let show = |problem: &Problem| {
        let reason = problem.reason.map_or("-", |reason| reason.name());
        format!("{:?} {reason} {} ({})", problem.stage, problem.field, problem.message)
    };
    verdict.problems().iter().map(show).collect::<Vec<_>>().join(" | ")
}
