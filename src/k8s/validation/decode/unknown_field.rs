//! A field that the type does not have: misspelled, misplaced, or of another version of Kubernetes.

use super::Decoder;
use crate::diagnostic::Fix;
use crate::k8s::format::quote;
use crate::k8s::schema::{Place, Type, Version, places};
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::text::{Edit, Span};
use crate::yaml::{Entry, Kind, Value};

pub(super) fn report(
    entry: Entry<'_>,
    owner: Value<'_>,
    of: &'static Type,
    path: &Path<'_>,
    decoder: &mut Decoder<'_, '_>,
) {
    let version = decoder.context.version();
    let message = format!("{} is not a field of {}", quote(entry.key), noun(of));
    let mut problem = Problem::before_validation(Topic::UnknownField, Stage::Strict, path, entry.key_span, message);
    explain(&mut problem, entry, owner, of, version, (decoder.root, decoder.of, path));
    decoder.context.add(problem);
}

fn explain(
    problem: &mut Problem,
    entry: Entry<'_>,
    owner: Value<'_>,
    of: &'static Type,
    version: Version,
    (root, root_type, path): (Value<'_>, &'static Type, &Path<'_>),
) {
    if let Some(span) = of.fields_named(entry.key).first() {
        let when = match (span.since(), span.until()) {
            (Some(since), _) if since > version => format!("came with Kubernetes {since}"),
            (_, Some(until)) => format!("was last known to Kubernetes {until}"),
            _ => "is known to other versions of Kubernetes".to_owned(),
        };
        problem.message = format!("`{}` {when}, and this is for {version}", entry.key);
        return;
    }
    let near = of.nearest(entry.key, version).map(|field| field.name).filter(|name| owner.get(name).is_none());
    if let Some(name) = near.filter(|name| is_slip(entry.key, name)) {
        rename(problem, entry, name);
    } else if let Some(place) = nearest_place(root_type, entry.key, path, version) {
        misplaced(problem, root, &place);
    } else if let Some(name) = near {
        problem.help(format!("did you mean `{name}`?"));
    } else if let Some(name) = of.nearest(entry.key, version).map(|field| field.name) {
        problem.help(format!("`{name}` is set here already"));
    }
}

/// Whether nothing else can be meant: only case and separators differ, or a single letter.
fn is_slip(key: &str, name: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    letters(key) == letters(name) || (name.len() > 4 && strsim::damerau_levenshtein(key, name) == 1)
}

fn rename(problem: &mut Problem, entry: Entry<'_>, name: &str) {
    problem.help(format!("did you mean `{name}`?"));
    problem.fix(Fix::safe(format!("write {name}"), vec![Edit::replace(entry.key_span, name)]));
}

fn nearest_place(root: &'static Type, key: &str, path: &Path<'_>, version: Version) -> Option<Place> {
    let Path::Field(owner, _) = path else { return None };
    let from = field_names(owner);
    places(root, key, &from, version).into_iter().next()
}

/// The names of the fields on the way to a place, without indexes.
fn field_names<'p>(mut path: &Path<'p>) -> Vec<&'p str> {
    let mut names = Vec::new();
    while let Path::Field(parent, _) | Path::Index(parent, _) | Path::Key(parent, _) = path {
        if let Path::Field(_, name) = path {
            names.push(*name);
        }
        path = parent;
    }
    names.reverse();
    names
}

fn misplaced(problem: &mut Problem, root: Value<'_>, place: &Place) {
    let text = place.to_string();
    let owner = text.rsplit_once('.').map_or("the top level", |(owner, _)| owner);
    problem.help(format!("it belongs in {owner}"));
    if let Some(span) = owner_span(root, place) {
        problem.label(span, format!("it belongs here, in {owner}"));
    }
}

/// The key of the object that has the field, if the document has exactly one such object.
fn owner_span(root: Value<'_>, place: &Place) -> Option<Span> {
    let (_, steps) = place.steps.split_last()?;
    let (mut value, mut span) = (root, None);
    for step in steps {
        let entry = value.get(step.name)?;
        span = Some(entry.key_span);
        value = entry.value;
        if value.kind() == Kind::Sequence {
            value = value.items().next().filter(|_| value.items().len() == 1)?;
        }
    }
    span
}

/// What people call an object of the type.
fn noun(of: &Type) -> String {
    let noun = match of.name() {
        "CronJob" => "a CronJob",
        "Job" => "a Job",
        "CronJobSpec" => "a CronJob's spec",
        "JobSpec" => "a Job's spec",
        "JobTemplateSpec" => "a Job template",
        "PodTemplateSpec" => "a pod template",
        "PodSpec" => "a pod's spec",
        "ObjectMeta" => "metadata",
        "Container" => "a container",
        "EphemeralContainer" => "an ephemeral container",
        "ContainerPort" => "a container's port",
        "EnvVar" => "an environment variable",
        "EnvVarSource" => "`valueFrom`",
        "EnvFromSource" => "an item of `envFrom`",
        "ResourceRequirements" => "`resources`",
        "Volume" => "a volume",
        "VolumeMount" => "a volume mount",
        "VolumeDevice" => "a volume device",
        "Probe" => "a probe",
        "Lifecycle" => "`lifecycle`",
        "LifecycleHandler" => "a lifecycle handler",
        "PodSecurityContext" => "a pod's security context",
        "SecurityContext" => "a container's security context",
        "Affinity" => "`affinity`",
        "Toleration" => "a toleration",
        "TopologySpreadConstraint" => "a spread constraint",
        "LabelSelector" => "a label selector",
        "PodFailurePolicy" => "`podFailurePolicy`",
        "PodFailurePolicyRule" => "a rule of `podFailurePolicy`",
        "SuccessPolicy" => "`successPolicy`",
        "SuccessPolicyRule" => "a rule of `successPolicy`",
        name => return article(name),
    };
    noun.to_owned()
}

fn article(name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O']);
    format!("{} `{name}`", if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_leaves_no_doubt() {
        for (key, name) in [("Image", "image"), ("restart_policy", "restartPolicy"), ("imagee", "image")] {
            assert!(is_slip(key, name), "{key}");
        }
        for (key, name) in [("arg", "args"), ("podIP", "podIPs2"), ("limits", "resources")] {
            assert!(!is_slip(key, name), "{key}");
        }
    }
}
