//! What a kustomization builds, as a text whose every byte knows where it is written.
//!
//! Objects are trees of nodes with their places (`tree`, `read`), which patches, prefixes, images and the like change as
//! kustomize changes them (`assemble` has its order), and which are written down again as they stand there (`write`). The
//! Jobs and CronJobs among them are the text. What needs programs, the network or schemas of one's own is not built.

mod assemble;
mod generate;
mod hash;
mod images;
mod in_memory;
mod labels;
mod merge;
mod names;
mod operate;
mod patch;
mod place;
mod read;
mod replace;
mod resource;
mod select;
mod tree;
mod write;

use std::sync::Arc;

pub use in_memory::InMemory;

use crate::text::{Origins, Source, Span};
use crate::yaml::File;
use assemble::Assembly;
use patch::Seen;
use read::Shelf;
use resource::Resource;
use tree::At;
use write::Writer;

/// Where the files of kustomizations are.
pub trait Files {
    /// A file, as a text.
    fn read(&self, path: &str) -> Option<Arc<Written>>;
    /// A file's bytes.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;
    /// Whether there is a folder.
    fn is_folder(&self, path: &str) -> bool;
}

/// A file that was read.
#[derive(Debug)]
pub struct Written {
    /// Its text, by the name that people know.
    pub source: Source,
    /// The same as documents.
    pub yaml: File,
}

/// What a kustomization comes to.
#[derive(Debug)]
pub struct Built {
    /// Its Jobs and CronJobs, a document each.
    pub text: String,
    /// Where each byte of that is written: a source is a file, by its number.
    pub origins: Origins,
    /// The files that it is made of.
    pub sources: Vec<Source>,
    /// Strings that were put together of several, and the place of what they were put together for.
    pub joined: Vec<(Span, Place)>,
    /// The bytes of each object, and the entry of the kustomization that brought it.
    pub objects: Vec<(Span, Option<Place>)>,
    /// What patches did.
    pub patches: Vec<Remark>,
}

/// A place: a file by its number, and a stretch of it.
pub type Place = (u32, Span);

/// Something to say of a patch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Remark {
    /// Which objects are meant is said there.
    Target {
        /// Where it is.
        at: Place,
        /// Their kind, as it is written.
        kind: String,
        /// Whether there are some.
        is_met: bool,
    },
    /// A container is added.
    Added {
        /// Where its name is.
        at: Place,
        /// Its name.
        name: String,
        /// Those that were there.
        others: Vec<(String, Place)>,
        /// Whether it can be a container of its own.
        is_whole: bool,
    },
}

/// Why nothing is built.
#[derive(Debug, Clone, Default)]
pub struct Unbuilt {
    /// In words.
    pub message: String,
    /// The files that were looked at.
    pub sources: Vec<Source>,
    /// What patches did until then.
    pub patches: Vec<Remark>,
}

impl Unbuilt {
    fn new(message: String) -> Self {
        Self { message, ..Self::default() }
    }
}

/// Builds the kustomization of a folder.
///
/// # Errors
/// When kustomize would not, or when it takes more than what is known here.
pub fn build(files: &dyn Files, folder: &str) -> Result<Built, Unbuilt> {
    let mut shelf = Shelf::new(files);
    let mut assembly = Assembly { shelf: &mut shelf, seen: Seen::default(), within: Vec::new() };
    let made = assembly.folder(folder, Vec::new());
    let seen = assembly.seen;
    let finished = made.and_then(|mut resources| {
        resources.retain(|resource| !resource.is_local());
        names::hashes(&mut resources);
        names::references(&mut resources)?;
        Ok(resources.into_iter().map(Resource::with_text_annotations).collect::<Vec<_>>())
    });
    let resources = match finished {
        Ok(resources) => resources,
        Err(unbuilt) => {
            let patches = remarks(&seen, &shelf);
            return Err(Unbuilt { sources: shelf.sources, patches, ..unbuilt });
        }
    };
    let place = |at: At| (shelf.units[at.unit as usize].file, shelf.in_file(at));
    let mut writer = Writer::new(&shelf);
    let mut objects = Vec::new();
    for resource in resources.iter().filter(|resource| resource.pods().is_some()) {
        let span = writer.document(&resource.node);
        objects.push((span, resource.via.last().map(|at| place(*at))));
    }
    let (text, origins, joined) = writer.finish();
    let joined = joined.into_iter().map(|(span, at)| (span, place(at))).collect();
    let patches = remarks(&seen, &shelf);
    Ok(Built { text, origins, sources: shelf.sources, joined, objects, patches })
}

fn remarks(seen: &Seen, shelf: &Shelf<'_>) -> Vec<Remark> {
    let place = |at: At| (shelf.units[at.unit as usize].file, shelf.in_file(at));
    let targets = seen.targets.iter().map(|target| Remark::Target {
        at: place(target.at),
        kind: target.kind.clone(),
        is_met: target.is_met,
    });
    let added = seen.added.iter().map(|added| Remark::Added {
        at: place(added.at),
        name: added.name.clone(),
        others: added.others.iter().map(|(name, at)| (name.clone(), place(*at))).collect(),
        is_whole: added.is_whole,
    });
    targets.chain(added).collect()
}

/// A path from a folder on, without steps up and down.
#[must_use]
pub fn joined(folder: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let root = if whole.starts_with('/') { "/" } else { "" };
    format!("{root}{}", steps.join("/"))
}

/// Whether a resource is to be fetched from somewhere.
fn is_remote(text: &str) -> bool {
    text.contains("://") || text.contains("?ref=") || text.starts_with("git@") || text.starts_with("github.com")
}
