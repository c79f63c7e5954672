//! Entries that come twice where the server merges by a key.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, as of v1.37.

use super::super::Context;
use super::super::checks::text_of;
use crate::hash::HashMap;
use crate::k8s::Path;
use crate::k8s::format::quote;
use crate::k8s::objects::PodSpec;

pub(super) fn warn(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    host_aliases(spec, &path.field("hostAliases"), context);
    image_pull_secrets(spec, &path.field("imagePullSecrets"), context);
}

fn host_aliases(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(aliases) = spec.host_aliases().filter(|aliases| aliases.value.len() > 1) else { return };
    let mut seen = HashMap::default();
    for (index, alias) in aliases.value.iter() {
        let ip = alias.value.ip();
        let span = ip.map_or(alias.start(), |ip| ip.span);
        if let Some(first) = seen.insert(text_of(ip), span) {
            let message = format_args!("the address {} has names already", quote(text_of(ip)));
            context.warn(&path.index(index).field("ip"), span, message).label(first, "here");
        }
    }
}

fn image_pull_secrets(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(secrets) = spec.image_pull_secrets() else { return };
    let mut seen = HashMap::default();
    for (index, secret) in secrets.value.iter() {
        let (name, path) = (secret.value.name(), path.index(index));
        let (text, span) = (text_of(name), name.map_or(secret.start(), |name| name.span));
        if let Some(first) = seen.insert(text, span) {
            let message = format_args!("the secret {} is here already", quote(text));
            context.warn(&path.field("name"), span, message).label(first, "here");
        }
        if text.is_empty() {
            context.warn(&path.field("name"), span, "an item of `imagePullSecrets` without `name` refers to no Secret");
        }
    }
}
