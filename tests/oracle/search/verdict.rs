//! What the server says and what batchlint says, in terms that can be compared.

use std::collections::BTreeSet;

use batchlint::k8s::schema::Version;
use batchlint::k8s::validation::{self, check_value};
use batchlint::k8s::{Problem, Stage, Topic};
use batchlint::yaml;
use serde_json::Value as Json;

/// A verdict on one manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The first failing stage; none for an accepted manifest.
    pub(crate) stage: Option<Stage>,
    /// Reason and field of each cause of that stage, sorted.
    pub(crate) causes: Vec<(String, String)>,
    /// The fields of an accepted manifest that the server warns of, sorted; empty where it names none.
    pub(crate) warnings: Vec<String>,
    /// The server's own validation panicked, so that its causes are not known.
    pub(crate) panicked: bool,
}

/// The `server` member of an answer; none where it is about the request and not about the manifest.
pub(crate) fn of_server(answer: &Json) -> Option<Verdict> {
    let text = |name: &str| answer[name].as_str().unwrap_or_default();
    if answer["accepted"].as_bool()? {
        return Some(Verdict { warnings: warnings(&answer["warnings"]), ..Verdict::default() });
    }
    if text("reason") == "Timeout" {
        return None;
    }
    if text("reason") == "Panic" {
        return Some(Verdict { stage: Some(Stage::Validation), panicked: true, ..Verdict::default() });
    }

    let message = text("message");
    // The oracle guesses from the text where a manifest is to be sent, and only has one namespace.
    if message.contains("namespace of the provided object does not match") || message.contains("unknown conversion") {
        return None;
    }
    let (stage, mut causes) = if let Some((_, errors)) = message.split_once("strict decoding error: ") {
        (Stage::Strict, strict(errors))
    } else if is_parse_failure(message) {
        (Stage::Parse, Vec::new())
    } else if answer["causes"].is_array() || message.contains(" is invalid: ") {
        (Stage::Validation, validation(&answer["causes"]))
    } else {
        (Stage::Decode, decode(message))
    };
    causes.sort();
    Some(Verdict { stage: Some(stage), causes, ..Verdict::default() })
}

/// Not YAML; the server uses the same words where it finds no API version and kind in what it has read.
fn is_parse_failure(message: &str) -> bool {
    let is_head = ["couldn't get version/kind", "unexpected GroupVersion"].iter().any(|head| message.contains(head));
    message.contains("is unrecognized") && !is_head
}

fn warnings(warnings: &Json) -> Vec<String> {
    let field = |warning: &Json| {
        let (field, _) = warning.as_str()?.split_once(": ")?;
        Some(if field.contains(' ') { String::new() } else { field.to_owned() })
    };
    let mut fields: Vec<_> =
        warnings.as_array().into_iter().flatten().map(|one| field(one).unwrap_or_default()).collect();
    fields.sort();
    fields
}

fn validation(causes: &Json) -> Vec<(String, String)> {
    let text = |cause: &Json, name: &str| cause[name].as_str().unwrap_or_default().to_owned();
    causes.as_array().into_iter().flatten().map(|cause| (text(cause, "reason"), text(cause, "field"))).collect()
}

/// Fields from `unknown field "spec.a", key "b" already set in map`; of a repeated key the server knows no path.
fn strict(errors: &str) -> Vec<(String, String)> {
    let unknown = errors.match_indices("unknown field ").map(|(at, lead)| {
        let mut quoted = serde_json::Deserializer::from_str(&errors[at + lead.len()..]).into_iter::<String>();
        ("unknown".to_owned(), quoted.next().and_then(Result::ok).unwrap_or_default())
    });
    let repeated = errors.matches(" already set in map").map(|_| ("repeated".to_owned(), String::new()));
    unknown.chain(repeated).collect()
}

/// The field from `cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32`. Go leaves out
/// indexes and keys of maps, and puts the names of embedded types in.
fn decode(message: &str) -> Vec<(String, String)> {
    let field = message.split_once("Go struct field ").and_then(|(_, rest)| rest.split(' ').next()?.split_once('.'));
    field.map(|(_, path)| ("type".to_owned(), bare(path))).into_iter().collect()
}

fn bare(path: &str) -> String {
    let is_field = |name: &&str| name.starts_with(|c: char| !c.is_ascii_uppercase());
    without_brackets(path, "").split('.').filter(is_field).collect::<Vec<_>>().join(".")
}

/// The path with every index and map key replaced, so that places of one kind read the same.
pub(crate) fn without_brackets(path: &str, replacement: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for letter in path.chars() {
        match letter {
            '[' => {
                depth += 1;
                if depth == 1 {
                    bare.push_str(replacement);
                }
            }
            ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    bare
}

/// batchlint's verdict on the same text, in the same terms; none where it sees no reason to check the text.
pub(crate) fn of_batchlint(text: &str, version: Version) -> Option<Verdict> {
    let file = yaml::parse(text);
    // Of no document, or an empty one before others, the server makes an empty object; kubectl would go on to the next.
    let markers = |document: &yaml::Document| {
        let start = document.root().map_or(0, |root| root.span().start as usize);
        text[..start].lines().filter(|line| line.starts_with("---")).count()
    };
    if file.errors.is_empty() && file.documents.first().is_none_or(|first| markers(first) > 1) {
        return None;
    }
    let document = file.documents.first().filter(|document| document.complete && file.errors.is_empty());
    let Some(root) = document.and_then(yaml::Document::root) else {
        return Some(Verdict { stage: Some(Stage::Parse), ..Verdict::default() });
    };
    // Without a kind, the server takes the one of the address.
    root.get("kind").filter(|kind| kind.value.as_str() != Some("") && !kind.value.is_null())?;
    let verdict = check_value(root, version);
    let is_removed = |problem: &Problem| problem.topic == Topic::ApiVersionRemoved;
    (!verdict.problems().iter().any(is_removed)).then(|| of_check(&verdict))
}

fn of_check(verdict: &validation::Verdict) -> Verdict {
    let stage = verdict.failing_stage();
    let cause = |problem: &Problem| match (problem.stage, problem.topic) {
        (Stage::Decode, _) => ("type".to_owned(), bare(&problem.field)),
        (Stage::Strict, Topic::RepeatedKey) => ("repeated".to_owned(), String::new()),
        (Stage::Strict, _) => ("unknown".to_owned(), problem.field.clone()),
        _ => (problem.reason.map_or("", |reason| reason.name()).to_owned(), problem.field.clone()),
    };
    let mut causes: Vec<_> = verdict.causes().map(cause).collect();
    causes.sort();
    let warnings = verdict.problems().iter().filter(|problem| problem.is_warning());
    let mut warnings: Vec<_> = warnings.map(|problem| problem.field.clone()).collect();
    warnings.sort();
    Verdict { stage, causes, warnings, panicked: false }
}

/// The differences, each in a form that is the same for all cases of its kind; empty where the two agree.
pub(crate) fn differences(server: &Verdict, ours: &Verdict) -> Vec<String> {
    match (server.stage, ours.stage) {
        (None, None) => warning_differences(&server.warnings, &ours.warnings),
        (None, Some(_)) if ours.causes.is_empty() => vec!["accepted, but to batchlint it is not YAML".to_owned()],
        (None, Some(_)) => causes("accepted, but batchlint has", &ours.causes),
        (Some(stage), None) if server.causes.is_empty() => vec![format!("rejected ({stage:?}), batchlint is silent")],
        (Some(_), None) => causes("batchlint is silent on", &server.causes),
        (Some(_), Some(_)) if server.panicked => Vec::new(),
        (Some(one), Some(other)) if one != other => vec![format!("stage {one:?}, but batchlint has {other:?}")],
        (Some(Stage::Parse), Some(_)) => Vec::new(),
        // The server reports the first wrong type only, batchlint all.
        (Some(Stage::Decode), Some(_)) => {
            let missing =
                server.causes.iter().filter(|cause| !ours.causes.contains(cause)).cloned().collect::<Vec<_>>();
            causes("missing", &missing)
        }
        // The server's strict reader gives up after a hundred fields.
        (Some(Stage::Strict), Some(_)) if server.causes.len() >= 100 => {
            causes("missing", &without(&server.causes, &ours.causes))
        }
        (Some(_), Some(_)) => {
            let mut all = causes("missing", &without(&server.causes, &ours.causes));
            all.extend(causes("too many", &without(&ours.causes, &server.causes)));
            all
        }
    }
}

/// The server leaves the field out of some warnings: these are counted only.
fn warning_differences(server: &[String], ours: &[String]) -> Vec<String> {
    let named: Vec<_> = server.iter().filter(|field| !field.is_empty()).cloned().collect();
    let mut fields = without(&named, ours);
    if server.len() < ours.len() {
        fields = without(ours, &named);
    } else if fields.is_empty() && server.len() > ours.len() {
        fields.push(String::new());
    }
    let what = if server.len() < ours.len() { "warning too many" } else { "missing warning" };
    causes(what, &fields.into_iter().map(|field| (String::new(), field)).collect::<Vec<_>>())
}

/// The members of a sorted multiset that another does not have.
fn without<T: PartialEq + Clone>(all: &[T], taken: &[T]) -> Vec<T> {
    let mut rest = all.to_vec();
    for one in taken {
        if let Some(place) = rest.iter().position(|other| other == one) {
            rest.remove(place);
        }
    }
    rest
}

fn causes(what: &str, causes: &[(String, String)]) -> Vec<String> {
    let one = |(reason, field): &(String, String)| {
        let field = field.replace("spec.jobTemplate.spec.", "spec.");
        format!("{what}: {reason} {}", without_brackets(&field, "[]"))
    };
    causes.iter().map(one).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type StageAndCauses = (Option<Stage>, Vec<(String, String)>);

    fn stage_and_causes(answer: &Json) -> Option<StageAndCauses> {
        of_server(answer).map(|verdict| (verdict.stage, verdict.causes))
    }

    fn cause(reason: &str, field: &str) -> (String, String) {
        (reason.to_owned(), field.to_owned())
    }

    #[test]
    fn answers_of_every_stage_are_understood() {
        let rejected = |message: &str| json!({"accepted": false, "message": message});
        let decode = "Job in version \"v1\" cannot be handled as a Job: json: cannot unmarshal bool into Go struct field \
                      ExecAction.spec.template.spec.containers.livenessProbe.ProbeHandler.exec.command of type string";
        let field = "spec.template.spec.containers.livenessProbe.exec.command";
        assert_eq!(stage_and_causes(&rejected(decode)), Some((Some(Stage::Decode), vec![cause("type", field)])));
        let strict = "Job in version \"v1\" cannot be handled as a Job: strict decoding error: yaml: unmarshal errors:\n  \
                      line 3: key \"name\" already set in map, unknown field \"spec.a[0].b\"";
        let both = vec![cause("repeated", ""), cause("unknown", "spec.a[0].b")];
        assert_eq!(stage_and_causes(&rejected(strict)), Some((Some(Stage::Strict), both)));
        let parse = "the object provided is unrecognized (must be of type Job): yaml: line 6: did not find";
        assert_eq!(stage_and_causes(&rejected(parse)), Some((Some(Stage::Parse), vec![])));
        assert_eq!(stage_and_causes(&json!({"accepted": true})), Some((None, vec![])));
    }

    #[test]
    fn differences_are_grouped_over_indexes_and_kinds() {
        let verdict = |field: &str| Verdict {
            stage: Some(Stage::Validation),
            causes: vec![cause("FieldValueInvalid", field)],
            ..Verdict::default()
        };
        let server = verdict("spec.jobTemplate.spec.template.spec.containers[3].name");
        let ours = verdict("spec.jobTemplate.spec.template.metadata.labels[a]");
        let expected = [
            "missing: FieldValueInvalid spec.template.spec.containers[].name",
            "too many: FieldValueInvalid spec.template.metadata.labels[]",
        ];
        assert_eq!(differences(&server, &ours), expected);
        assert_eq!(differences(&server, &server), [""; 0]);
        assert_eq!(differences(&Verdict::default(), &ours).len(), 1);
    }
}
