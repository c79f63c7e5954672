//! Environment variables, and where their values come from.
//!
//! pkg/apis/core/validation/validation.go, ValidateEnv, ValidateEnvFrom, validateEnvVarValueFrom,
//! validateConfigMapKeySelector, validateSecretKeySelector, validateFileKeySelector, validateConfigMapEnvSource,
//! validateSecretEnvSource, as of v1.37.

pub(super) mod field_ref;
pub(super) mod resource_field_ref;

use super::checks::{At, Text, flaws, missing, not_empty, required, text_of};
use super::{Context, file_path};
use crate::k8s::format::{Flaws, config_key, dns_label, dns_subdomain, env_name, name_prefix, relaxed_env_name};
use crate::k8s::objects::{Container, EnvFromSource, EnvVar, Field, FileKeySelector, KeySelector, ObjectName};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};

/// What `fieldRef` can name in a variable.
const FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// A container's `env` and `envFrom`.
pub(super) fn validate(container: Container<'_>, at: At<'_>, context: &mut Context) {
    if let Some(variables) = container.env() {
        let path = at.path.field("env");
        for (index, variable) in variables.value.iter() {
            let path = path.index(index);
            validate_variable(variable.value, At::new(&path, &variable), context);
        }
    }
    if let Some(sources) = container.env_from() {
        let path = at.path.field("envFrom");
        for (index, source) in sources.value.iter() {
            validate_env_from(&source, index, &path, context);
        }
    }
}

fn variable_name(name: &str, context: &Context) -> Flaws {
    if context.enables(Gate::RelaxedEnvironmentVariableValidation) { relaxed_env_name(name) } else { env_name(name) }
}

fn validate_variable(variable: EnvVar<'_>, at: At<'_>, context: &mut Context) {
    if let Some(name) = required(variable.name(), "name", at, context) {
        flaws(variable_name(name.value, context), name, &at.path.field("name"), context);
    }
    if variable.value_from().is_some() {
        validate_value_from(variable, at, context);
    }
}

fn validate_value_from(variable: EnvVar<'_>, at: At<'_>, context: &mut Context) {
    let Some(from) = variable.value_from() else { return };
    let (path, source) = (at.path.field("valueFrom"), from.value);
    let mut count = 0;
    if let Some(field) = source.field_ref() {
        count += 1;
        let path = path.field("fieldRef");
        field_ref::validate(field.value, FIELDS, At::new(&path, &field), context);
    }
    if let Some(resource) = source.resource_field_ref() {
        count += 1;
        let path = path.field("resourceFieldRef");
        resource_field_ref::validate(resource.value, At::new(&path, &resource), context);
    }
    for (name, key) in [("configMapKeyRef", source.config_map_key_ref()), ("secretKeyRef", source.secret_key_ref())] {
        if let Some(key) = key {
            count += 1;
            let path = path.field(name);
            validate_key(key.value, At::new(&path, &key), context);
        }
    }
    if let Some(key) = source.file_key_ref().filter(|_| context.enables(Gate::EnvFiles)) {
        count += 1;
        let path = path.field("fileKeyRef");
        validate_file_key(key.value, At::new(&path, &key), context);
    }
    let value = not_empty(variable.value());
    if count == 0 {
        let message = "`valueFrom` names no source, and needs one of `fieldRef`, `resourceFieldRef`, `configMapKeyRef` and `secretKeyRef`";
        context.report(Reason::Invalid, &path, from.key, message).about(Topic::Required);
    } else if let Some(value) = value {
        let message = "the variable has `value` and `valueFrom`, and takes one of them";
        context.report(Reason::Invalid, &path, from.key, message).beside(value.key);
    } else if count > 1 {
        context
            .report(Reason::Invalid, &path, from.key, format_args!("`valueFrom` names {count} sources, and takes one"))
            .about(Topic::Contradiction);
    }
}

fn validate_key(selector: KeySelector<'_>, at: At<'_>, context: &mut Context) {
    match selector.name() {
        Some(name) => flaws(dns_subdomain(name.value), name, &at.path.field("name"), context),
        None => {
            let message = format_args!("{} needs `name`, which is not set", at.path.subject());
            context.report(Reason::Invalid, &at.path.field("name"), at.key, message).about(Topic::Required);
        }
    }
    if let Some(key) = required(selector.key(), "key", at, context) {
        flaws(config_key(key.value), key, &at.path.field("key"), context);
    }
}

fn validate_file_key(selector: FileKeySelector<'_>, at: At<'_>, context: &mut Context) {
    if let Some(key) = required(selector.key(), "key", at, context) {
        flaws(relaxed_env_name(key.value), key, &at.path.field("key"), context);
    }
    if let Some(volume) = required(selector.volume_name(), "volumeName", at, context) {
        flaws(dns_label(volume.value), volume, &at.path.field("volumeName"), context);
    }
    if let Some(file) = required(selector.path(), "path", at, context) {
        file_path::no_backsteps(file, &at.path.field("path"), context);
    }
}

/// The server names the whole list for a source too few or too many.
fn validate_env_from(item: &Field<'_, EnvFromSource<'_>>, index: usize, list: &Path<'_>, context: &mut Context) {
    let (path, source) = (list.index(index), item.value);
    if let Some(prefix) = not_empty(source.prefix()) {
        flaws(variable_name(prefix.value, context), prefix, &path.field("prefix"), context);
    }
    let mut count = 0;
    for (name, object) in [("configMapRef", source.config_map_ref()), ("secretRef", source.secret_ref())] {
        if let Some(object) = object {
            count += 1;
            let path = path.field(name);
            validate_object_name(object.value, At::new(&path, &object), context);
        }
    }
    if count != 1 {
        let message = if count == 0 {
            "an item of `envFrom` names no source, and needs `configMapRef` or `secretRef`"
        } else {
            "an item of `envFrom` names two sources, and takes one: the other one is an item of its own"
        };
        context.report(Reason::Invalid, list, item.key, message).about(Topic::Contradiction).once_for(count);
    }
}

fn validate_object_name(object: ObjectName<'_>, at: At<'_>, context: &mut Context) {
    let name: Option<Text<'_>> = object.name();
    if text_of(name).is_empty() {
        missing(name, "name", at, context);
    } else if let Some(name) = name {
        flaws(name_prefix(name.value), name, &at.path.field("name"), context);
    }
}
