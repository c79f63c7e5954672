//! One configuration file: where it is, and what it says.

use std::path::{Path, PathBuf};

use super::paths::{normal, shown};
use super::patterns::Patterns;
use super::{Faults, place};
use crate::cli::complain;
use crate::config::{Fault, Layer, Written, read, renamed};
use crate::files;
use crate::text::Source;

/// What a file is named, the usual name first.
const NAMES: [&str; 2] = ["batchlint.toml", ".batchlint.toml"];

/// A configuration file that was read.
pub(super) struct Read {
    /// Where it is, from the root on.
    pub(super) folder: PathBuf,
    pub(super) source: Source,
    pub(super) written: Written,
    pub(super) exclude: Patterns,
    pub(super) include: Patterns,
    pub(super) overrides: Vec<Patterns>,
}

/// Why a configuration file was not read.
pub(super) enum Unread {
    /// It is not there, or cannot be.
    No(String),
    /// All that is wrong in it.
    Wrong(Faults),
}

pub(super) fn read_file(path: &Path) -> Result<Read, Unread> {
    let what = path.metadata().map(|metadata| metadata.is_file());
    if !what.unwrap_or(true) {
        return Err(Unread::No(format!("{}: no file", shown(path).display())));
    }
    let input = files::Input::Named(shown(path));
    let source = files::read(&input, files::Size::default()).map_err(|error| Unread::No(error.to_string()))?;
    let wrong = |faults: Vec<Fault>| Unread::Wrong(faults.iter().map(|fault| place(&source, fault)).collect());
    let mut written = read(source.text()).map_err(wrong)?;
    let layers = [&written.layer].into_iter().chain(written.overrides.iter().map(|one| &one.layer));
    let names: Vec<&str> = layers.flat_map(Layer::names).collect();
    renamed(&names).iter().for_each(|sentence| complain(&format!("{}: {sentence}", source.name())));
    let folder = path.parent().unwrap_or(Path::new(""));
    let layers = [&mut written.layer].into_iter().chain(written.overrides.iter_mut().map(|one| &mut one.layer));
    for values in layers.flat_map(|layer| &mut layer.values) {
        values.value = shown(&normal(&folder.join(&values.value))).to_string_lossy().into_owned();
    }
    let patterns = if written.extend.is_some() { Patterns::new } else { Patterns::alone };
    let exclude = patterns(folder, &written.exclude).map_err(wrong)?;
    let include = patterns(folder, &written.include).map_err(wrong)?;
    let overrides = written.overrides.iter().map(|one| Patterns::alone(folder, &one.paths)).collect::<Result<_, _>>();
    let overrides = overrides.map_err(wrong)?;
    Ok(Read { folder: folder.to_owned(), source, written, exclude, include, overrides })
}

/// The configuration file of a folder.
pub(super) fn own_file(folder: &Path) -> Result<Option<PathBuf>, Faults> {
    let mut here = NAMES.iter().map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_ok());
    match (here.next(), here.next()) {
        (Some(first), Some(_)) => {
            Err(vec![format!("{}: stands beside a .batchlint.toml; keep one of them", shown(&first).display())])
        }
        (file, _) => Ok(file),
    }
}
