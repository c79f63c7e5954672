//! Volumes that hold the files of several sources.
//!
//! pkg/apis/core/validation/validation.go, validateProjectedVolumeSource, validateProjectionSources, as of v1.37.

mod certificates;

use super::fields::key_to_path;
use super::files::validate_downward_file;
use crate::k8s::format::quote;
use crate::k8s::objects::{
    ConfigMapVolumeSource, DownwardApiVolumeSource, Each, Field, ProjectedVolumeSource, ServiceAccountTokenProjection,
    VolumeProjection,
};
use crate::k8s::schema::Gate;
use crate::k8s::validation::checks::{At, Text, file_mode, not_empty, place_of, required, text_of, user_id};
use crate::k8s::validation::names::Names;
use crate::k8s::validation::{Context, file_path};
use crate::k8s::{Path, Reason, Topic};

/// Ten minutes.
const SHORTEST_TOKEN: i64 = 600;
const LONGEST_TOKEN: i64 = 1 << 32;

pub(super) fn validate(source: ProjectedVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    file_mode(source.default_mode(), "defaultMode", at, context);
    let mut files = Files { at, taken: Names::default() };
    let list = at.path.field("sources");
    for (index, item) in source.sources().each() {
        let path = list.index(index);
        validate_source(item.value, &mut files, At::new(&path, &item), context);
    }
}

/// The files of all sources together. The server names the volume for one that is there twice.
struct Files<'a, 'p> {
    at: At<'p>,
    taken: Names<'a>,
}

impl<'a> Files<'a, '_> {
    fn add(&mut self, file: Option<Text<'a>>, context: &mut Context) {
        if let Some(file) = not_empty(file) {
            self.add_any(file, file.value, context);
        }
    }

    /// Adds a file of a source whose name, or file, the server puts the blame on.
    fn add_any(&mut self, file: Text<'a>, blamed: &'a str, context: &mut Context) {
        if !self.taken.insert(file.value) {
            let of = if [file.value, ""].contains(&blamed) { String::new() } else { format!(" of {}", quote(blamed)) };
            let message = format_args!("the file {}{of} is in the volume already", quote(file.value));
            context
                .report(Reason::Invalid, self.at.path, place_of(&file), message)
                .about(Topic::Duplicate)
                .once_for(blamed);
        }
    }
}

fn validate_source<'a>(source: VolumeProjection<'a>, files: &mut Files<'a, '_>, at: At<'_>, context: &mut Context) {
    let mut count = 0;
    validate_users(source, at.path, context);
    for (name, keys) in [("secret", source.secret()), ("configMap", source.config_map())] {
        if let Some(keys) = keys {
            count += 1;
            let path = at.path.field(name);
            validate_keys(keys.value, files, At::new(&path, &keys), context);
        }
    }
    if let Some(downward) = source.downward_api() {
        count += 1;
        let path = at.path.field("downwardAPI");
        validate_downward(downward, files, At::new(&path, &downward), context);
    }
    if let Some(token) = source.service_account_token() {
        count += 1;
        let path = at.path.field("serviceAccountToken");
        let own = files.at;
        validate_token(token.value, own, At::new(&path, &token), context);
    }
    if let Some(bundle) = source.cluster_trust_bundle().filter(|_| context.enables(Gate::ClusterTrustBundleProjection))
    {
        count += 1;
        let path = at.path.field("clusterTrustBundle");
        certificates::validate_bundle(bundle.value, files, At::new(&path, &bundle), context);
    }
    if let Some(certificate) = source.pod_certificate().filter(|_| context.enables(Gate::PodCertificateRequest)) {
        count += 1;
        let path = at.path.field("podCertificate");
        certificates::validate_pod_certificate(certificate.value, files, At::new(&path, &certificate), context);
    }
    if count > 1 {
        let message =
            format_args!("an item of `sources` has one source, and this has {count}: each is an item of its own");
        context.report(Reason::Forbidden, at.path, at.key, message).about(Topic::Contradiction);
    }
}

/// Users of files, which came with 1.37 and which no version takes by default: the server drops them from the first
/// source of an item only.
fn validate_users(source: VolumeProjection<'_>, path: &Path<'_>, context: &mut Context) {
    if !context.since(37) {
        return;
    }
    let mut first = source.secret().is_none();
    let mut keeps = || !std::mem::replace(&mut first, false);
    if let Some(downward) = source.downward_api().filter(|_| keeps()) {
        let path = path.field("downwardAPI");
        for (_, file) in downward.value.items().each() {
            user_id(file.value.user(), &path.field("user"), context);
        }
    }
    if let Some(keys) = source.config_map().filter(|_| keeps()) {
        let path = path.field("configMap");
        let path = path.field("items");
        for (index, item) in keys.value.items().each() {
            user_id(item.value.user(), &path.index(index).field("user"), context);
        }
    }
    let singles = [
        ("serviceAccountToken", source.service_account_token().map(|token| token.value.user())),
        ("clusterTrustBundle", source.cluster_trust_bundle().map(|bundle| bundle.value.user())),
        ("podCertificate", source.pod_certificate().map(|certificate| certificate.value.user())),
    ];
    for (name, user) in singles {
        if let Some(user) = user.filter(|_| keeps()) {
            user_id(user, &path.field(name).field("user"), context);
        }
    }
}

fn validate_keys<'a>(source: ConfigMapVolumeSource<'a>, files: &mut Files<'a, '_>, at: At<'_>, context: &mut Context) {
    required(source.name(), "name", at, context);
    let list = at.path.field("items");
    for (index, item) in source.items().each() {
        let path = list.index(index);
        key_to_path(item.value, At::new(&path, &item), context);
        if let Some(file) = not_empty(item.value.path()) {
            files.add_any(file, text_of(source.name()), context);
        }
    }
}

fn validate_downward<'a>(
    source: Field<'a, DownwardApiVolumeSource<'a>>,
    files: &mut Files<'a, '_>,
    at: At<'_>,
    context: &mut Context,
) {
    for (_, file) in source.value.items().each() {
        validate_downward_file(file.value, At::new(at.path, &file), context);
        files.add(file.value.path(), context);
    }
}

/// An absent time is filled with an hour. The server names the volume for the path.
fn validate_token(token: ServiceAccountTokenProjection<'_>, volume: At<'_>, at: At<'_>, context: &mut Context) {
    if let Some(seconds) = token.expiration_seconds() {
        let value = seconds.value;
        let message = match value {
            ..SHORTEST_TOKEN => format!("{value} seconds are less than ten minutes, {SHORTEST_TOKEN}"),
            SHORTEST_TOKEN..=LONGEST_TOKEN => String::new(),
            _ => format!("{value} seconds are more than the longest time, {LONGEST_TOKEN}"),
        };
        if !message.is_empty() {
            context
                .report(Reason::Invalid, &at.path.field("expirationSeconds"), place_of(&seconds), message)
                .about(Topic::OutOfRange);
        }
    }
    let token_path = token.path();
    // 1.29 and older took any path.
    if required(token_path, "path", At { key: at.key, ..volume }, context).is_some() && context.since(30) {
        file_path::not_reserved(token_path, &volume.path.field("path"), context);
    }
}
