//! Volumes of files that are on the node, in the cluster or in an image.
//!
//! pkg/apis/core/validation/validation.go, validateHostPathVolumeSource, validateHostPathType,
//! validateGitRepoVolumeSource, validateSecretVolumeSource, validateConfigMapVolumeSource,
//! validatePersistentClaimVolumeSource, validateDownwardAPIVolumeSource, validateDownwardAPIVolumeFile,
//! validateImageVolumeSource, as of v1.37.

use super::fields::{all_required, keys_to_paths};
use crate::k8s::objects::{
    ConfigMapVolumeSource, DownwardApiVolumeFile, DownwardApiVolumeSource, Each, EmptyDirVolumeSource,
    GitRepoVolumeSource, HostPathVolumeSource, ImagePullPolicy, ImageVolumeSource, PersistentVolumeClaimVolumeSource,
    SecretVolumeSource,
};
use crate::k8s::validation::checks::{At, file_mode, one_of, optional_one_of, place_of, required, user_id};
use crate::k8s::validation::env::{field_ref, resource_field_ref};
use crate::k8s::validation::{Context, file_path};
use crate::k8s::{Reason, Topic};

const HOST_PATH_TYPES: &[&str] =
    &["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
/// What `fieldRef` can name in a file.
const FIELDS: &[&str] =
    &["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

/// `at` is the volume: its path goes on.
pub(super) fn validate_empty_dir(source: EmptyDirVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    if let Some(limit) = source.size_limit().filter(|limit| limit.value.sign() < 0) {
        let path = at.path.field("emptyDir");
        let message = format_args!("`sizeLimit` is {}, below the minimum, 0", limit.value.canonical());
        context.report(Reason::Forbidden, &path.field("sizeLimit"), place_of(&limit), message).about(Topic::OutOfRange);
    }
}

pub(super) fn validate_host_path(source: HostPathVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    let Some(file) = required(source.path(), "path", at, context) else { return };
    file_path::no_backsteps(file, &at.path.field("path"), context);
    if let Some(kind) = source.kind() {
        one_of(kind, HOST_PATH_TYPES, &at.path.field("type"), context);
    }
}

pub(super) fn validate_git_repo(source: GitRepoVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    required(source.repository(), "repository", at, context);
    file_path::descending(source.directory(), &at.path.field("directory"), context);
}

pub(super) fn validate_secret(source: SecretVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    required(source.secret_name(), "secretName", at, context);
    file_mode(source.default_mode(), "defaultMode", at, context);
    keys_to_paths(source.items(), at, context);
}

pub(super) fn validate_config_map(source: ConfigMapVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    required(source.name(), "name", at, context);
    file_mode(source.default_mode(), "defaultMode", at, context);
    keys_to_paths(source.items(), at, context);
}

pub(super) fn validate_claim(source: PersistentVolumeClaimVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    all_required(&[("claimName", source.claim_name())], at, context);
}

/// The same with the users of the files.
pub(super) fn validate_downward_api_of_users(source: DownwardApiVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    user_id(source.default_user(), &at.path.field("defaultUser"), context);
    for (_, file) in source.items().each() {
        user_id(file.value.user(), &at.path.field("user"), context);
    }
    validate_downward_api(source, at, context);
}

/// The server names the source for every file in it.
pub(super) fn validate_downward_api(source: DownwardApiVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    file_mode(source.default_mode(), "defaultMode", at, context);
    for (_, file) in source.items().each() {
        validate_downward_file(file.value, At::new(at.path, &file), context);
    }
}

pub(super) fn validate_downward_file(file: DownwardApiVolumeFile<'_>, at: At<'_>, context: &mut Context) {
    required(file.path(), "path", at, context);
    file_path::not_reserved(file.path(), &at.path.field("path"), context);
    if let Some(field) = file.field_ref() {
        let path = at.path.field("fieldRef");
        field_ref::validate(field.value, FIELDS, At::new(&path, &field), context);
        if let Some(resource) = file.resource_field_ref() {
            let message = "a file holds `fieldRef` or `resourceFieldRef`, not both";
            context.report(Reason::Invalid, at.path, resource.key, message).once_for(()).beside(field.key);
        }
    } else if let Some(resource) = file.resource_field_ref() {
        let path = at.path.field("resourceFieldRef");
        resource_field_ref::validate_in_volume(resource.value, At::new(&path, &resource), context);
    } else {
        let message = "the file holds nothing, and needs `fieldRef` or `resourceFieldRef`";
        context.report(Reason::Required, at.path, at.key, message);
    }
    file_mode(file.mode(), "mode", at, context);
}

/// A template needed no reference before 1.37.
pub(super) fn validate_image(source: ImageVolumeSource<'_>, at: At<'_>, context: &mut Context) {
    if context.since(37) {
        required(source.reference(), "reference", at, context);
    }
    let policy = source.pull_policy().map(|policy| policy.map(ImagePullPolicy::as_str));
    optional_one_of(policy, ImagePullPolicy::WORDS, &at.path.field("pullPolicy"), context);
}
