//! The configuration of each file: which `batchlint.toml` it obeys, and what of it holds for the file.

mod file;
mod named;
mod paths;
mod patterns;
mod show;
mod values;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgAction;

use crate::analysis::Settings;
use crate::config::{Config, Fault, Layer, Said};
use crate::files::{self, Changes, Choice, Input};
use crate::hash::HashMap;
use crate::text::{Lines, Source};
use file::{Read, Unread, own_file, read_file};
pub(super) use named::Named;
use paths::within;
pub(super) use paths::{normal, shown, whole};
use patterns::Patterns;
pub(super) use values::Values;

/// Where configuration comes from.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Arguments {
    /// One configuration file for all files, instead of the nearest above each
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    config: Option<PathBuf>,

    /// No configuration file at all
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    isolated: bool,

    /// Leave out what is named like this, as a line of .gitignore names it
    #[arg(long, value_name = "PATTERN", action = ArgAction::Append, help_heading = "Configuration")]
    exclude: Vec<String>,

    /// Leave it out even where it is named on the command line, as hooks do
    #[arg(long, help_heading = "Configuration")]
    force_exclude: bool,
}

/// The configurations of all files, each read once.
pub(super) struct Configurations<'a> {
    arguments: &'a Arguments,
    settings: Settings,
    /// What the command line says.
    top: Layer,
    /// How many findings of a rule are kept, if not all.
    pub(super) most: Option<NonZeroUsize>,
    /// Whether templates of charts are run only with the values that are given.
    pub(super) is_given_only: bool,
    /// Whether charts are read as such, so that all of their templates are looked at, whatever their names.
    pub(super) reads_charts: bool,
    exclude: Option<Patterns>,
    /// By folder, what holds in it.
    folders: HashMap<PathBuf, Arc<Chain>>,
    /// By file, what it says with its bases.
    chains: HashMap<PathBuf, Arc<Chain>>,
    /// By chain and the overrides that hold, what comes of it.
    configs: HashMap<(PathBuf, Vec<bool>), Arc<Config>>,
}

/// What is wrong with a configuration, as it is said.
pub(super) type Faults = Vec<String>;

/// A configuration file behind those that are its base; nothing, where there is none.
#[derive(Default)]
struct Chain {
    name: PathBuf,
    files: Vec<Read>,
}

impl<'a> Configurations<'a> {
    /// `top` is what the command line says of rules and the cluster.
    pub(super) fn new(arguments: &'a Arguments, settings: Settings, top: Layer) -> Result<Self, Faults> {
        let patterns: Vec<Said<String>> =
            arguments.exclude.iter().map(|pattern| Said::aside(pattern.clone())).collect();
        let exclude = match Patterns::new(&whole(Path::new("")), &patterns) {
            Ok(_) if patterns.is_empty() => None,
            Ok(exclude) => Some(exclude),
            Err(faults) => {
                return Err(faults.into_iter().map(|fault| format!("--exclude: {}", fault.message)).collect());
            }
        };
        let (folders, chains, configs) = (HashMap::default(), HashMap::default(), HashMap::default());
        Ok(Self {
            arguments,
            settings,
            top,
            most: None,
            is_given_only: false,
            reads_charts: false,
            exclude,
            folders,
            chains,
            configs,
        })
    }

    /// What holds for the findings over all files below a path.
    pub(super) fn of_all(&mut self, path: &Path) -> Result<Arc<Config>, Faults> {
        self.of(&within(path))
    }

    /// All that there is to read below the paths: in folders, also what a configuration includes; where changes are given,
    /// what changed of that.
    pub(super) fn find(
        &mut self,
        paths: &[PathBuf],
        stdin: &str,
        changes: Option<&Arc<Changes>>,
    ) -> Result<Vec<Result<Input, files::Error>>, Faults> {
        let mut choice = Configured { configurations: self, faults: None };
        let found = files::find(paths, stdin, changes, &mut choice);
        choice.faults.map_or(Ok(found), Err)
    }

    /// The baseline of what is below a path, from the root on: that of the nearest file that names one.
    pub(super) fn baseline(&mut self, path: &Path) -> Result<Option<Named>, Faults> {
        let chain = self.chain_of(&whole(&within(path)))?;
        let named = chain.files.iter().rev().find_map(|file| Some((file, file.written.baseline.as_ref()?)));
        Ok(named.map(|(file, baseline)| Named {
            path: normal(&file.folder.join(&baseline.value)),
            place: place(&file.source, &Fault::new(baseline.span, "")),
        }))
    }

    /// What holds for a file.
    pub(super) fn of(&mut self, path: &Path) -> Result<Arc<Config>, Faults> {
        let path = whole(path);
        let chain = self.chain_of(&path)?;
        self.config(&chain, &path)
    }

    /// What holds for a file, unless it is left out; one that was named is only where that is asked for.
    pub(super) fn of_wanted(&mut self, path: &Path, is_named: bool) -> Result<Option<Arc<Config>>, Faults> {
        let path = whole(path);
        let chain = self.chain_of(&path)?;
        if self.leaves_out(&chain, &path, is_named) {
            return Ok(None);
        }
        self.config(&chain, &path).map(Some)
    }

    fn leaves_out(&self, chain: &Chain, path: &Path, is_named: bool) -> bool {
        (!is_named || self.arguments.force_exclude) && self.excludes(chain, path)
    }

    fn excludes(&self, chain: &Chain, path: &Path) -> bool {
        patterns::name(self.exclude.iter().chain(chain.files.iter().rev().map(|file| &file.exclude)), path)
    }

    fn config(&mut self, chain: &Chain, path: &Path) -> Result<Arc<Config>, Faults> {
        let overrides = || chain.files.iter().flat_map(|file| file.overrides.iter().zip(&file.written.overrides));
        let holds: Vec<bool> = overrides().map(|(patterns, _)| patterns.name(path)).collect();
        let key = (chain.name.clone(), holds);
        if let Some(config) = self.configs.get(&key) {
            return Ok(Arc::clone(config));
        }
        let own = chain.files.iter().map(|file| &file.written.layer);
        let of_paths = overrides().zip(&key.1).filter(|(_, holds)| **holds).map(|((_, one), _)| &one.layer);
        let layers = own.chain(of_paths).chain([&self.top]);
        let config = Config::of_layers(self.settings, layers).map_err(|error| vec![error.to_string()])?;
        let config = Arc::new(config.with_most(self.most).with_assumptions(!self.is_given_only));
        let faults = values::faults(config.chart_values());
        if !faults.is_empty() {
            return Err(faults);
        }
        self.configs.insert(key, Arc::clone(&config));
        Ok(config)
    }

    fn chain_of(&mut self, path: &Path) -> Result<Arc<Chain>, Faults> {
        if self.arguments.isolated {
            return Ok(Arc::default());
        }
        if let Some(named) = &self.arguments.config {
            return self.chain(&whole(named));
        }
        self.chain_in(path.parent().unwrap_or(path))
    }

    /// What holds in a folder: its own file, or what holds in the one above, up to the root of the repository.
    fn chain_in(&mut self, folder: &Path) -> Result<Arc<Chain>, Faults> {
        if let Some(known) = self.folders.get(folder) {
            return Ok(Arc::clone(known));
        }
        let above = folder.parent().filter(|_| !folder.join(".git").exists());
        let chain = match (own_file(folder)?, above) {
            (Some(file), _) => self.chain(&file)?,
            (None, Some(above)) => self.chain_in(above)?,
            (None, None) => Arc::default(),
        };
        self.folders.insert(folder.to_owned(), Arc::clone(&chain));
        Ok(chain)
    }

    /// A file behind its bases.
    fn chain(&mut self, file: &Path) -> Result<Arc<Chain>, Faults> {
        if let Some(known) = self.chains.get(file) {
            return Ok(Arc::clone(known));
        }
        let mut files = Vec::new();
        let mut next = Some((file.to_owned(), None));
        let mut seen: Vec<PathBuf> = Vec::new();
        while let Some((path, from)) = next.take() {
            let said =
                |why: String| vec![from.as_ref().map_or_else(|| why.clone(), |from: &String| format!("{from}{why}"))];
            if seen.contains(&path) {
                return Err(said("it is its own base".to_owned()));
            }
            let own = read_file(&path).map_err(|faults| match (faults, &from) {
                (Unread::No(error), _) => said(error),
                (Unread::Wrong(faults), _) => faults,
            })?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            next = own.written.extend.as_ref().map(|base| {
                let place = place(&own.source, &Fault::new(base.span, ""));
                (normal(&folder.join(&base.value)), Some(place))
            });
            seen.push(path);
            files.push(own);
        }
        files.reverse();
        let chain = Arc::new(Chain { name: file.to_owned(), files });
        self.chains.insert(file.to_owned(), Arc::clone(&chain));
        Ok(chain)
    }
}

/// What the configurations say of files, as far as they are right.
struct Configured<'c, 'a> {
    configurations: &'c mut Configurations<'a>,
    /// What is wrong with the first that is not.
    faults: Option<Faults>,
}

impl Configured<'_, '_> {
    fn says(&mut self, path: &Path, what: impl FnOnce(&Configurations<'_>, &Chain, &Path) -> bool) -> bool {
        let path = whole(path);
        match self.configurations.chain_of(&path) {
            Ok(chain) => what(self.configurations, &chain, &path),
            Err(faults) => {
                self.faults.get_or_insert(faults);
                false
            }
        }
    }
}

impl Choice for Configured<'_, '_> {
    fn includes(&mut self, path: &Path) -> bool {
        if self.configurations.reads_charts && files::is_template_of_chart(path) {
            return true;
        }
        self.says(path, |_, chain, path| patterns::name(chain.files.iter().rev().map(|file| &file.include), path))
    }

    fn excludes(&mut self, input: &Input) -> bool {
        let is_named = input.is_named();
        self.says(input.path(), |all, chain, path| all.leaves_out(chain, path, is_named))
    }
}

/// A fault as it is said, with its place.
pub(super) fn place(source: &Source, fault: &Fault) -> String {
    let position = Lines::new(source.text()).position(fault.span.start);
    format!("{}:{}:{}: {}", source.name(), position.line, position.column, fault.message)
}
