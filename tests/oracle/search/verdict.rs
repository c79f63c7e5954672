//! What the server says and what batchlint says, in terms that can be compared.

use std::collections::BTreeSet;

use batchlint::config::Config;
use batchlint::k8s::schema::Version;
use batchlint::lint::lint;
use batchlint::text::Source;
use serde_json::Value as Json;

/// The stage that fails first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Parse,
    Decode,
    Strict,
    Validation,
}

/// A verdict on one manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The first failing stage; none for an accepted manifest.
    pub(crate) stage: Option<Stage>,
    /// Reason and field, of that stage.
    pub(crate) causes: BTreeSet<(String, String)>,
    /// The server's own validation panicked, so that its causes are not known.
    pub(crate) panicked: bool,
}

/// The `server` member of an answer; none where the server says no more than where the manifest was sent.
pub(crate) fn of_server(answer: &Json) -> Option<Verdict> {
    let text = |name: &str| answer[name].as_str().unwrap_or_default();
    if answer["accepted"].as_bool()? {
        return Some(Verdict::default());
    }
    if text("reason") == "Panic" {
        return Some(Verdict { stage: Some(Stage::Validation), panicked: true, ..Verdict::default() });
    }

    let message = text("message");
    if message.contains("namespace of the provided object does not match") {
        return None;
    }
    let (stage, causes) = if let Some((_, errors)) = message.split_once("strict decoding error: ") {
        (Stage::Strict, strict(errors))
    } else if message.contains("yaml: ") || message.contains("invalid character") {
        (Stage::Parse, BTreeSet::new())
    } else if answer["causes"].is_array() || message.contains(" is invalid: ") {
        (Stage::Validation, validation(&answer["causes"]))
    } else {
        (Stage::Decode, decode(message))
    };
    Some(Verdict { stage: Some(stage), causes, panicked: false })
}

fn validation(causes: &Json) -> BTreeSet<(String, String)> {
    let text = |cause: &Json, name: &str| cause[name].as_str().unwrap_or_default().to_owned();
    causes.as_array().into_iter().flatten().map(|cause| (text(cause, "reason"), text(cause, "field"))).collect()
}

/// Fields from `unknown field "spec.a", key "b" already set in map`; of a repeated key the server knows no path.
fn strict(errors: &str) -> BTreeSet<(String, String)> {
    let mut causes = BTreeSet::new();
    for (lead, reason) in [("unknown field \"", "unknown"), ("duplicate field \"", "repeated"), ("key \"", "repeated")]
    {
        for rest in errors.split(lead).skip(1) {
            let field = rest.split('"').next().unwrap_or_default();
            let field = if reason == "repeated" { last_key(field) } else { field };
            causes.insert((reason.to_owned(), field.to_owned()));
        }
    }
    causes
}

/// The field from `cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32`. Go leaves out
/// indexes and keys of maps, and puts the names of embedded types in.
fn decode(message: &str) -> BTreeSet<(String, String)> {
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

fn last_key(path: &str) -> &str {
    let path = path.strip_suffix(']').unwrap_or(path);
    path.rsplit(['.', '[']).next().unwrap_or(path)
}

/// batchlint's verdict on the same text, in the same terms.
pub(crate) fn of_batchlint(yaml: &str, _version: Version) -> Verdict {
    let report = lint(&Source::new("case.yaml", yaml), &Config::at(0));
    let mut found = Vec::new();
    for finding in &report.findings {
        let Some(server) = &finding.server else { continue };
        if finding.document.is_some_and(|document| document > 0) {
            continue;
        }
        let (stage, reason, field) = match server.stage {
            "parse" => (Stage::Parse, "", String::new()),
            "decode" => (Stage::Decode, "type", bare(&server.field)),
            "strict" if finding.rule.contains("unknown") => (Stage::Strict, "unknown", server.field.clone()),
            "strict" => (Stage::Strict, "repeated", last_key(&server.field).to_owned()),
            _ => (Stage::Validation, server.reason.unwrap_or_default(), server.field.clone()),
        };
        found.push((stage, (reason.to_owned(), field)));
    }
    let order = [Stage::Parse, Stage::Decode, Stage::Strict, Stage::Validation];
    let stage = order.into_iter().find(|stage| found.iter().any(|(of, _)| of == stage));
    let causes = found.into_iter().filter(|(of, _)| Some(*of) == stage).map(|(_, cause)| cause).collect();
    Verdict { stage, causes, panicked: false }
}

/// The differences, each in a form that is the same for all cases of its kind; empty where the two agree.
pub(crate) fn differences(server: &Verdict, ours: &Verdict) -> Vec<String> {
    match (server.stage, ours.stage) {
        (None, None) => Vec::new(),
        (None, Some(_)) => causes("accepted, but batchlint has", ours.causes.iter()),
        (Some(stage), None) if server.causes.is_empty() => {
            vec![format!("rejected ({stage:?}), but batchlint is silent")]
        }
        (Some(_), None) => causes("batchlint is silent on", server.causes.iter()),
        (Some(_), Some(_)) if server.panicked => Vec::new(),
        (Some(one), Some(other)) if one != other => vec![format!("stage {one:?}, but batchlint has {other:?}")],
        (Some(Stage::Parse), Some(_)) => Vec::new(),
        // The server reports the first wrong type only, batchlint all.
        (Some(Stage::Decode), Some(_)) => causes("missing", server.causes.difference(&ours.causes)),
        (Some(_), Some(_)) => {
            let mut all = causes("missing", server.causes.difference(&ours.causes));
            all.extend(causes("too many", ours.causes.difference(&server.causes)));
            all
        }
    }
}

fn causes<'c>(what: &str, causes: impl Iterator<Item = &'c (String, String)>) -> Vec<String> {
    let one = |(reason, field): &(String, String)| {
        let field = field.replace("spec.jobTemplate.spec.", "spec.");
        format!("{what}: {reason} {}", without_brackets(&field, "[]"))
    };
    causes.map(one).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stage_and_causes(answer: &Json) -> Option<(Option<Stage>, Vec<(String, String)>)> {
        of_server(answer).map(|verdict| (verdict.stage, verdict.causes.into_iter().collect()))
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
        let both = vec![cause("repeated", "name"), cause("unknown", "spec.a[0].b")];
        assert_eq!(stage_and_causes(&rejected(strict)), Some((Some(Stage::Strict), both)));
        let parse = "the object provided is unrecognized (must be of type Job): yaml: line 6: did not find";
        assert_eq!(stage_and_causes(&rejected(parse)), Some((Some(Stage::Parse), vec![])));
        assert_eq!(stage_and_causes(&json!({"accepted": true})), Some((None, vec![])));
    }

    #[test]
    fn differences_are_grouped_over_indexes_and_kinds() {
        let verdict = |field: &str| Verdict {
            stage: Some(Stage::Validation),
            causes: [cause("FieldValueInvalid", field)].into(),
            panicked: false,
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
