//! Fields that the server takes and forgets, because its version has their feature gate off.
//!
//! pkg/api/pod/util.go, DropDisabledTemplateFields, dropDisabledFields; pkg/registry/batch/job/strategy.go,
//! PrepareForCreate, as of v1.37.

use super::Decoder;
use crate::k8s::schema::{Type, gate_of};
use crate::k8s::{Path, Problem, Stage, Topic};
use crate::yaml::{Entry, Kind};

/// Reports a field of the type that the server's version has and drops.
pub(super) fn report(entry: Entry<'_>, of: &'static Type, path: &Path<'_>, decoder: &mut Decoder<'_, '_>) {
    let version = decoder.context.version();
    let Some(gate) = gate_of(of.name(), entry.key).filter(|gate| !gate.is_on(version)) else { return };
    if is_default(entry) {
        return;
    }
    let name = entry.key;
    let message = format_args!(
        "Kubernetes {version} drops `{name}` without a word: the feature gate {} is off by default",
        gate.name()
    );
    let mut problem = Problem::before_validation(Topic::DroppedField, Stage::Validation, path, entry.key_span, message);
    problem.help(match gate.since() {
        None => "leave it out, unless the cluster has the gate on".to_owned(),
        Some(on) => format!("leave it out, unless the cluster has the gate on, which is the default since {on}"),
    });
    decoder.context.add(problem);
}

/// Whether the field says what the server does without it.
fn is_default(entry: Entry<'_>) -> bool {
    match entry.value.kind() {
        Kind::Null => true,
        Kind::Bool(value) => value,
        Kind::String(text) => text.is_empty() || text == "Default",
        _ => false,
    }
}
