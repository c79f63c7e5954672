//! Files of one volume that get into each other's way.
//!
//! pkg/api/pod/warnings.go, warningsForOverlappingVirtualPaths, checkVolumeMappingForOverlap, checkForOverlap, as of
//! v1.37.

use std::rc::Rc;

use super::super::Context;
use super::super::checks::text_of;
use super::super::steps::{START, Steps};
use crate::hash::{HashMap, HashSet};
use crate::k8s::Path;
use crate::k8s::format::quote;
use crate::k8s::objects::{Each, Field, Volume, VolumeProjection};
use crate::k8s::schema::Gate;
use crate::sort;
use crate::text::Span;

/// How many pairs of files are looked at; every further file is looked at beside one other. The server has no bound, and a
/// warning for each pair.
const MOST_PAIRS: usize = 1 << 16;

/// A file in a volume.
#[derive(Debug, Clone)]
struct File<'a> {
    path: &'a str,
    /// What it comes from, as the server describes it.
    source: Rc<str>,
    span: Span,
}

impl<'a> File<'a> {
    fn new(path: Option<Field<'a, &'a str>>, owner: Span, source: &Rc<str>) -> Self {
        let span = path.map_or(owner, |path| path.span);
        Self { path: text_of(path).trim_end_matches('/'), source: Rc::clone(source), span }
    }
}

pub(super) fn warn(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    let unsaid: Rc<str> = Rc::from("");
    if let Some(map) = volume.config_map() {
        let files = map.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), &unsaid)).collect();
        collisions(&[files], &path.field("configMap"), context);
    }
    if let Some(secret) = volume.secret() {
        let files = secret.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), &unsaid)).collect();
        collisions(&[files], &path.field("secret"), context);
    }
    if let Some(downward) = volume.downward_api() {
        let files = downward.value.items().each();
        let files: Vec<_> = files.map(|(_, item)| File::new(item.value.path(), item.start(), &unsaid)).collect();
        collisions(&[files], &path.field("downwardAPI"), context);
    }
    if volume.projected().is_some() {
        projected(volume, &path.field("projected"), context);
    }
}

fn projected(volume: Volume<'_>, path: &Path<'_>, context: &mut Context) {
    let Some(sources) = volume.projected().and_then(|projected| projected.value.sources()) else { return };
    let (mut groups, mut warned, mut again): (Vec<Vec<File<'_>>>, _, _) = (Vec::new(), false, false);
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
            Some(files) => {
                groups.push(files);
                again = false;
            }
            // 1.32 and 1.33 look at the source before once more. A third look shows nothing new.
            None if !context.since(34) && !again => {
                groups.extend(groups.last().cloned());
                again = true;
            }
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
    let file = |path, source: &str| File::new(path, start, &Rc::from(source));
    if let Some((map, items)) = source.config_map().and_then(|map| Some((map.value, map.value.items()?))) {
        let name = Rc::from(format!("ConfigMap {:?}", text_of(map.name())));
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), &name)).collect());
    }
    if let Some((secret, items)) = source.secret().and_then(|map| Some((map.value, map.value.items()?))) {
        let name = Rc::from(format!("Secret {:?}", text_of(secret.name())));
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), &name)).collect());
    }
    if let Some(items) = source.downward_api().and_then(|downward| downward.value.items()) {
        let unsaid = Rc::from("");
        return Some(items.value.iter().map(|(_, item)| File::new(item.value.path(), item.start(), &unsaid)).collect());
    }
    if let Some(token) = source.service_account_token() {
        return Some(vec![file(token.value.path(), "ServiceAccountToken")]);
    }
    if let Some(bundle) = source.cluster_trust_bundle().filter(|_| !is_dropped("clusterTrustBundle", context)) {
        let name = bundle.value.name().or(bundle.value.signer_name());
        return Some(vec![file(bundle.value.path(), &format!("ClusterTrustBundle {:?}", text_of(name)))]);
    }
    let certificate = source.pod_certificate().filter(|_| !is_dropped("podCertificate", context))?.value;
    let parts = [
        (certificate.certificate_chain_path(), "PodCertificate chain"),
        (certificate.key_path(), "PodCertificate key"),
        (certificate.credential_bundle_path(), "PodCertificate credential bundle"),
    ];
    let named = parts.into_iter().filter(|(path, _)| !text_of(*path).is_empty());
    Some(named.map(|(path, source)| file(path, source)).collect())
}

/// Warns of each pair of files that collide; as the server, once for all pairs that read the same.
fn collisions(groups: &[Vec<File<'_>>], path: &Path<'_>, context: &mut Context) {
    let mut folders = Folders::default();
    let (mut said, mut pairs) = (HashSet::default(), 0);
    for file in groups.iter().flatten().filter(|file| !file.path.is_empty()) {
        let mut colliding: Vec<_> =
            folders.colliding(file.path).take(MOST_PAIRS.saturating_sub(pairs).max(1)).collect();
        sort::ascending(&mut colliding);
        pairs += colliding.len();
        let own = folders.add(file);
        for earlier in colliding.into_iter().filter(|earlier| said.insert((own, *earlier))) {
            let earlier = folders.files[earlier];
            let message = format_args!("the file {} gets into the way of {}", quote(file.path), quote(earlier.path));
            context.warn(path, file.span, message).label(earlier.span, "the other file");
        }
    }
}

/// The files of a volume by their folders. Of those that read the same, the first stands for all.
#[derive(Debug, Default)]
struct Folders<'f, 'a> {
    files: Vec<&'f File<'a>>,
    numbers: HashMap<(&'f str, &'f str), usize>,
    steps: Steps<'f>,
    /// The files at the end of a way, and those further down.
    at: HashMap<usize, (Vec<usize>, Vec<usize>)>,
}

impl<'f, 'a> Folders<'f, 'a> {
    /// Adds a file and gives its number, the same for all that read the same.
    fn add(&mut self, file: &'f File<'a>) -> usize {
        let number = self.files.len();
        let known = *self.numbers.entry((file.path, &file.source)).or_insert(number);
        if known == number {
            self.files.push(file);
            let mut at = START;
            for step in file.path.split('/') {
                self.at.entry(at).or_default().1.push(number);
                at = self.steps.enter(at, step);
            }
            self.at.entry(at).or_default().0.push(number);
        }
        known
    }

    /// The files that are this one, a folder above it, or within it.
    fn colliding(&self, path: &str) -> impl Iterator<Item = usize> {
        let way = path.split('/').scan(START, |at, step| {
            *at = self.steps.get(*at, step)?;
            Some(*at)
        });
        let way: Vec<usize> = way.collect();
        let is_known = way.len() == path.split('/').count();
        let within = way.last().filter(|_| is_known).and_then(|end| self.at.get(end)).map(|(_, within)| within);
        let above = way.into_iter().filter_map(|at| self.at.get(&at)).flat_map(|(here, _)| here);
        above.chain(within.into_iter().flatten()).copied()
    }
}
