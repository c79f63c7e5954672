//! A field that the type does not have: misspelled, misplaced, or of another version of Kubernetes.

mod claims;
mod fit;
mod misplaced;

pub(super) use claims::Claims;
use misplaced::Stray;

use super::Decoder;
use crate::diagnostic::Fix;
use crate::k8s::format::quote;
use crate::k8s::schema::{Type, Version, type_named};
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::yaml::{Entry, Value};

pub(super) fn report(
    entry: Entry<'_>,
    owner: Value<'_>,
    of: &'static Type,
    path: &Path<'_>,
    decoder: &mut Decoder<'_, '_>,
) {
    let version = decoder.context.version();
    let message = format_args!("{} is not a field of {}", quote(entry.key), noun(of, path));
    let mut problem = Problem::before_validation(Topic::UnknownField, Stage::Strict, path, entry.key_span, message);
    if of_another_version(&mut problem, entry, of, version) {
        decoder.context.add(problem);
        return;
    }
    if let Some(help) = of_another_object(entry.key, of, path, version) {
        problem.help(help);
        decoder.context.add(problem);
        return;
    }
    let stray = Stray { entry, owner };
    let near = of.nearest(entry.key, version).map(|field| field.name);
    let free = near.filter(|name| owner.get(name).is_none());
    let slip = free.filter(|name| is_slip(entry.key, name));
    let same = || name_of_same(entry.key, of, path, version).filter(|name| owner.get(name).is_none());
    if let Some(name) = slip.or_else(same) {
        rename(&mut problem, stray, name);
    } else if !misplaced::explain(&mut problem, stray, path, decoder) {
        problem.help(match (free, near) {
            (Some(name), _) => format!("did you mean `{name}`?"),
            (None, Some(name)) => format!("`{name}` is set here already"),
            (None, None) => fields_of(of, version),
        });
    }
    decoder.context.add(problem);
}

/// Marks an item that has none of its type's fields as not read: what it lacks is no news then.
pub(super) fn leave_unread(path: &Path<'_>, problems: &mut [Problem]) {
    if let Some(problem) = problems.iter_mut().find(|problem| problem.aside().meant.is_none()) {
        problem.aside_mut().meant = Some(path.to_string().into());
    }
}

/// Says which versions know the field, if some do and this one does not.
fn of_another_version(problem: &mut Problem, entry: Entry<'_>, of: &'static Type, version: Version) -> bool {
    let Some(field) = of.fields_named(entry.key).first() else { return false };
    let (when, known) = match (field.since(), field.until()) {
        (Some(since), _) if since > version => (format!("came with Kubernetes {since}"), Some(since)),
        (_, Some(until)) => (format!("was last known to Kubernetes {until}"), Some(until)),
        _ => ("is known to other versions of Kubernetes".to_owned(), None),
    };
    problem.message = format!("`{}` {when}, and this is for {version}", entry.key).into();
    if let Some(known) = known {
        problem.help(format_args!(
            "leave it out, or, if the cluster is of that version, say `--kubernetes-version {known}`"
        ));
    }
    true
}

/// What to do about a field that another kind of object has, or a map below.
fn of_another_object(key: &str, of: &Type, path: &Path<'_>, version: Version) -> Option<String> {
    let is_in_job = matches!(path, Path::Field(Path::Root | Path::Field(Path::Root, _), _));
    if is_in_job && matches!(of.name(), "Job" | "JobSpec") && is_of_cron_job(key, version) {
        return Some(format!("a CronJob has `{key}`: in it, this Job's spec stands in `spec.jobTemplate.spec`"));
    }
    if of.name() == "JobSpec" && key == "replicas" {
        return Some(
            "a Deployment has replicas; a Job's `completions` is how many pods have to succeed, and its `parallelism` how \
             many run at once"
                .to_owned(),
        );
    }
    if of.name() == "ResourceRequirements" && matches!(key, "cpu" | "memory" | "ephemeral-storage") {
        return Some(format!(
            "write it below `limits`, which {key} may not exceed, or `requests`, which the node must have"
        ));
    }
    None
}

/// Whether a CronJob's spec has the field, and a Job has it nowhere.
fn is_of_cron_job(key: &str, version: Version) -> bool {
    type_named("CronJobSpec").is_some_and(|spec| spec.field(key, version).is_some())
}

/// What there is instead, if it can be said in a line.
fn fields_of(of: &'static Type, version: Version) -> String {
    const MOST: usize = 8;
    let is_long = of.fields(version).nth(MOST).is_some();
    let fields = of.fields(version).filter(|_| !is_long).map(|field| format!("`{}`", field.name));
    match fields.collect::<Vec<_>>().as_slice() {
        [only] => format!("the only field here is {only}"),
        [rest @ .., last] => format!("the fields here are {} and {last}", rest.join(", ")),
        [] => "leave it out: Kubernetes has no such field near here".to_owned(),
    }
}

/// Whether nothing else can be meant: only case and separators differ, or a single letter.
fn is_slip(key: &str, name: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    letters(key) == letters(name) || (name.len() > 4 && strsim::damerau_levenshtein(key, name) == 1)
}

/// What the object calls the name of what it stands for: a volume's `secret` has a `secretName`, a `configMap` a `name`.
fn name_of_same(key: &str, of: &'static Type, path: &Path<'_>, version: Version) -> Option<&'static str> {
    let Path::Field(Path::Field(_, owner), _) = path else { return None };
    let repeats = |name: &str| {
        let what = name.strip_suffix("Name").unwrap_or_default().to_ascii_lowercase();
        !what.is_empty() && owner.to_ascii_lowercase().contains(&what)
    };
    let mut names = of.fields(version).map(|field| field.name);
    names.find(|name| if key == "name" { repeats(name) } else { *name == "name" && repeats(key) })
}

fn rename(problem: &mut Problem, stray: Stray<'_>, name: &str) {
    let above = problem.field.rsplit_once('.').map(|(above, _)| above);
    let meant = above.map_or_else(|| name.into(), |above| format!("{above}.{name}").into());
    problem.aside_mut().meant = Some(meant);
    problem.help(format_args!("did you mean `{name}`?"));
    problem.fix(Fix::safe(format!("write {name}"), stray.owner.rename(stray.entry, name)));
}

/// What people call an object of the type.
fn noun(of: &Type, path: &Path<'_>) -> String {
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
        _ => {
            // The name of a type says nothing to whom the schema is foreign.
            let Path::Field(owner, _) = path else { return "it".to_owned() };
            return owner.subject().to_string();
        }
    };
    noun.to_owned()
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
