//! Files of one volume that get into each other's way.
//!
//! pkg/api/pod/warnings.go, warningsForOverlappingVirtualPaths, checkVolumeMappingForOverlap, checkForOverlap, as of
//! v1.37.

use std::collections::HashSet;

use super::super::Context;
use super::super::checks::text_of;
use crate::k8s::Path;
use crate::k8s::format::quote;
use crate::k8s::objects::{Each, Field, Volume, VolumeProjection};
use crate::k8s::schema::Gate;
use crate::text::Span;

/// A file in a volume.
#[derive(Debug, Clone, PartialEq)]
struct File<'a> {
    path: &'a str,
    /// What it comes from, as the server describes it.
    source: String,
    span: Span,
}

impl<'a> File<'a> {
    fn new(path: Option<Field<'a, &'a str>>, owner: Span, source: &str) -> Self {
        let span = path.map_or(owner, |path| path.span);
        Self { path: text_of(path).trim_end_matches('/'), source: source.to_owned(), span }
    }

    /// Whether one of them is the other, or a folder above it.
    fn collides(&self, other: &Self) -> bool {
        let within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        within(self.path, other.path) || within(other.path, self.path)
    }
}

pub(super) fn warn(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(map) = volume.config_map() {
        let files = map.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), "")).collect();
        collisions(&[files], &path.field("configMap"), context);
    }
    if let Some(secret) = volume.secret() {
        let files = secret.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), "")).collect();
        collisions(&[files], &path.field("secret"), context);
    }
    if let Some(downward) = volume.downward_api() {
        let files = downward.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), "")).collect();
        collisions(&[files], &path.field("downwardAPI"), context);
    }
    if volume.projected().is_some() {
        projected(volume, &path.field("projected"), context);
    }
}

fn projected(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(sources) = volume.projected().and_then(|projected| projected.value.sources()) else { return };
    let (mut groups, mut warned): (Vec<Vec<File<'_>>>, bool) = (Vec::new(), false);
    for (index, source) in sources.value.iter() {
        let mut entries = source.value.raw().entries().filter(|entry| !entry.value.is_null());
        if entries.all(|entry| is_dropped(entry.key, context)) {
            if !warned {
                let sources = path.field("sources");
                context.warn(
                    &sources.index(index),
                    source.span,
                    "a source of the volume says nothing of what it holds",
                );
            }
            warned = true;
            continue;
        }
        match files_of(source, context) {
            Some(files) => groups.push(files),
            // 1.32 and 1.33 look at the source before once more.
            None if !context.since(34) => groups.extend(groups.last().cloned()),
            None => {}
        }
    }
    collisions(&groups, path, context);
}

/// Whether the server takes no notice of a kind of source.
fn is_dropped(kind: &str, context: &Context) -> bool {
    match kind {
        "clusterTrustBundle" => !context.enables(Gate::ClusterTrustBundleProjection),
        "podCertificate" => !context.enables(Gate::PodCertificateRequest),
        _ => false,
    }
}

/// The files of a source that names them; `None` where it does not.
fn files_of<'a>(source: Field<'a, VolumeProjection<'a>>, context: &Context) -> Option<Vec<File<'a>>> {
    let (start, source) = (source.start(), source.value);
    if let Some((map, items)) = source.config_map().and_then(|map| Some((map.value, map.value.items()?))) {
        let name = format!("ConfigMap {:?}", text_of(map.name()));
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), &name)).collect());
    }
    if let Some((secret, items)) = source.secret().and_then(|map| Some((map.value, map.value.items()?))) {
        let name = format!("Secret {:?}", text_of(secret.name()));
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), &name)).collect());
    }
    if let Some(items) = source.downward_api().and_then(|downward| downward.value.items()) {
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), "")).collect());
    }
    if let Some(token) = source.service_account_token() {
        return Some(vec![File::new(token.value.path(), start, "ServiceAccountToken")]);
    }
    if let Some(bundle) = source.cluster_trust_bundle().filter(|_| !is_dropped("clusterTrustBundle", context)) {
        let name = bundle.value.name().or(bundle.value.signer_name());
        return Some(vec![File::new(bundle.value.path(), start, &format!("ClusterTrustBundle {:?}", text_of(name)))]);
    }
    let certificate = source.pod_certificate().filter(|_| !is_dropped("podCertificate", context))?.value;
    let parts = [
        (certificate.certificate_chain_path(), "PodCertificate chain"),
        (certificate.key_path(), "PodCertificate key"),
        (certificate.credential_bundle_path(), "PodCertificate credential bundle"),
    ];
    let named = parts.into_iter().filter(|(path, _)| !text_of(*path).is_empty());
    Some(named.map(|(path, source)| File::new(path, start, source)).collect())
}

/// Warns of each pair of files that collide; as the server, once for all pairs that read the same.
fn collisions(groups: &[Vec<File<'_>>], path: &Path<'_>, context: &mut Context) {
    let files: Vec<&File<'_>> = groups.iter().flatten().filter(|file| !file.path.is_empty()).collect();
    if !may_collide(&files) {
        return;
    }
    let mut said = HashSet::new();
    for (index, file) in files.iter().enumerate() {
        for earlier in files[..index].iter().filter(|earlier| earlier.collides(file)) {
            if said.insert((file.path, &file.source, earlier.path, &earlier.source)) {
                let message = format!("the file {} gets into the way of {}", quote(file.path), quote(earlier.path));
                context.warn(path, file.span, message).label(earlier.span, "the other file");
            }
        }
    }
}

/// Whether any two files collide, found in the order of their paths: lists may be long.
fn may_collide(files: &[&File<'_>]) -> bool {
    let mut paths: Vec<&str> = files.iter().map(|file| file.path).collect();
    // With the slash before every other character, what a folder holds follows it at once.
    paths.sort_unstable_by(|a, b| a.split('/').cmp(b.split('/')));
    paths
        .windows(2)
        .any(|pair| pair[1].strip_prefix(pair[0]).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}
