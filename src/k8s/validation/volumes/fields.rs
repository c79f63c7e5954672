//! Checks that fields of several sources share.
//!
//! pkg/apis/core/validation/validation.go, validateKeyToPath, as of v1.37.

use crate::k8s::objects::{Each, Field, KeyToPath, List, ObjectName};
use crate::k8s::validation::checks::{At, Text, file_mode, in_range, required};
use crate::k8s::validation::{Context, file_path};

/// Texts that must be there.
pub(super) fn all_required(texts: &[(&str, Option<Text<'_>>)], at: At<'_>, context: &mut Context) {
    for (name, text) in texts {
        required(*text, name, at, context);
    }
}

/// A reference to a Secret, which needs its name.
pub(super) fn secret_ref(name: &str, secret: Option<Field<'_, ObjectName<'_>>>, at: At<'_>, context: &mut Context) {
    if let Some(secret) = secret {
        let path = at.path.field(name);
        required(secret.value.name(), "name", At::new(&path, &secret), context);
    }
}

/// A partition or a unit's number.
pub(super) fn byte(number: Option<Field<'_, i32>>, name: &str, at: At<'_>, context: &mut Context) {
    if let Some(number) = number {
        in_range(number, 0..=255, &at.path.field(name), context);
    }
}

/// The keys of a ConfigMap or Secret that become files.
pub(super) fn key_to_path(item: KeyToPath<'_>, at: At<'_>, context: &mut Context) {
    required(item.key(), "key", at, context);
    required(item.path(), "path", at, context);
    file_path::not_reserved(item.path(), &at.path.field("path"), context);
    file_mode(item.mode(), "mode", at, context);
}

pub(super) fn keys_to_paths(items: Option<Field<'_, List<'_, KeyToPath<'_>>>>, at: At<'_>, context: &mut Context) {
    let list = at.path.field("items");
    for (index, item) in items.each() {
        let path = list.index(index);
        key_to_path(item.value, At::new(&path, &item), context);
    }
}
