//! Which files are patches, as the kustomizations around them say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Input, Size, Texts, chart, git, place_of, read};
use crate::hash::{HashMap, HashSet};
use crate::k8s::Mentions;
use crate::kustomize::{Kustomization, is_file_name};
use crate::text::{Role, Source};
use crate::yaml;

/// The files that kustomizations name as patches, and the kustomizations.
#[derive(Debug, Default)]
pub struct Patches {
    /// By where they are, the kinds that targets name.
    kinds: HashMap<PathBuf, BTreeSet<Box<str>>>,
    /// By where they are, the folders that are built.
    folders: BTreeMap<PathBuf, Folder>,
}

/// A folder with a kustomization.
#[derive(Debug)]
struct Folder {
    kustomization: PathBuf,
    /// Files and folders that it takes.
    takes: Vec<PathBuf>,
    /// Whether it speaks of Jobs itself.
    mentions_jobs: bool,
}

/// What a kustomization is called.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

impl Patches {
    /// What is said of files: by the kustomizations among them, in their folders, and in those above up to the root of the
    /// repository, or to the current folder where there is none. Of a kustomization no more than `most` is read.
    #[must_use]
    pub fn around<'p>(files: impl IntoIterator<Item = &'p Path>, most: Size) -> Self {
        let mut search = Search::default();
        for file in files {
            search.look_around(file);
        }
        Self::named_by(search.found, most)
    }

    /// What those files say, and the kustomizations of the folders that they take.
    fn named_by(kustomizations: BTreeSet<PathBuf>, most: Size) -> Self {
        let (mut patches, mut resources) = (Self::default(), HashSet::default());
        let mut seen = kustomizations.clone();
        let mut open: Vec<PathBuf> = kustomizations.into_iter().collect();
        while let Some(path) = open.pop() {
            let Ok(source) = read(&Input::Found(path.clone()), most) else { continue };
            let file = yaml::parse(source.text());
            for named in file.documents.iter().filter_map(|document| Kustomization::of(document, source.name())) {
                let taken = patches.take(&path, &source, &named);
                let below = taken.iter().filter(|place| place.is_dir()).flat_map(|folder| kustomizations_in(folder));
                open.extend(below.filter(|path| seen.insert(path.clone())));
                resources.extend(taken);
            }
        }
        patches.kinds.retain(|place, _| !resources.contains(place));
        patches
    }

    /// Takes in a kustomization; what it takes as it is.
    fn take(&mut self, path: &Path, source: &Source, named: &Kustomization<'_>) -> Vec<PathBuf> {
        let place = |named: &str| Some(place_of(&path.parent()?.join(named)));
        let taken: Vec<PathBuf> = named.resources.iter().copied().filter_map(place).collect();
        let mut takes = taken.clone();
        for (file, kinds) in named.patch_files() {
            let Some(place) = place(file) else { continue };
            takes.push(place.clone());
            self.kinds.entry(place).or_default().extend(kinds);
        }
        if let Some(folder) = path.parent().filter(|_| is_kustomization(path)) {
            let mentions_jobs = Mentions::of(source.text()).are_there();
            self.folders.insert(folder.to_owned(), Folder { kustomization: path.to_owned(), takes, mentions_jobs });
        }
        taken
    }

    /// Whether there are folders with kustomizations.
    #[must_use]
    pub fn have_kustomizations(&self) -> bool {
        !self.folders.is_empty()
    }

    /// The folders that are built by themselves, as no other takes them, with the files that each is made of; but for those that
    /// have nothing to do with Jobs, or with what was asked for.
    #[must_use]
    pub fn roots(&self, texts: &Texts) -> Vec<(PathBuf, BTreeSet<PathBuf>)> {
        let taken: HashSet<&PathBuf> = self.folders.values().flat_map(|folder| &folder.takes).collect();
        let mut known = HashMap::default();
        let roots = self.folders.keys().filter(|folder| !taken.contains(folder));
        let roots = roots.filter(|root| self.has_jobs(root, texts, &mut known));
        let roots = roots.map(|root| (root.clone(), self.files_of(root)));
        roots.filter(|(_, files)| files.iter().any(|file| texts.are_given(file))).collect()
    }

    fn has_jobs(&self, place: &Path, texts: &Texts, known: &mut HashMap<PathBuf, bool>) -> bool {
        if let Some(has) = known.get(place) {
            return *has;
        }
        // What is in itself has nothing more.
        known.insert(place.to_owned(), false);
        let has = match self.folders.get(place) {
            Some(folder) => folder.mentions_jobs || folder.takes.iter().any(|taken| self.has_jobs(taken, texts, known)),
            None => texts.mention_jobs(place),
        };
        known.insert(place.to_owned(), has);
        has
    }

    /// The files that a folder's kustomization is made of, and that is among them.
    fn files_of(&self, root: &Path) -> BTreeSet<PathBuf> {
        let (mut files, mut open) = (BTreeSet::new(), vec![root]);
        let mut seen = HashSet::default();
        while let Some(place) = open.pop() {
            if !seen.insert(place) {
                continue;
            }
            match self.folders.get(place) {
                Some(folder) => {
                    files.insert(folder.kustomization.clone());
                    open.extend(folder.takes.iter().map(PathBuf::as_path));
                }
                None if place.is_file() => drop(files.insert(place.to_owned())),
                None => {}
            }
        }
        files
    }

    /// What a file is by what was said.
    #[must_use]
    pub fn role(&self, file: &Path) -> Role {
        if chart::describes_chart(file) {
            return Role::OfChart;
        }
        if self.kinds.is_empty() {
            return Role::Manifest;
        }
        let kinds = self.kinds.get(&place_of(file));
        kinds.map_or(Role::Manifest, |kinds| Role::Patch { kinds: kinds.iter().cloned().collect() })
    }
}

fn is_kustomization(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(is_file_name)
}

/// A search for kustomizations.
#[derive(Debug, Default)]
struct Search {
    /// Where the last way up has ended.
    root: Option<PathBuf>,
    /// Folders as files name them.
    named: HashSet<PathBuf>,
    /// Folders that were looked into, and so all above them.
    seen: HashSet<PathBuf>,
    found: BTreeSet<PathBuf>,
}

impl Search {
    /// Takes in a file, if it is one, and those in its folder and above.
    fn look_around(&mut self, file: &Path) {
        if is_kustomization(file) {
            self.found.insert(place_of(file));
        }
        let folder = file.parent().unwrap_or(file);
        if self.named.insert(folder.to_owned()) {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            self.look_up(&place_of(here));
        }
    }

    fn look_up(&mut self, folder: &Path) {
        let root = self.root.take().filter(|root| folder.starts_with(root)).unwrap_or_else(|| root_of(folder));
        for folder in folder.ancestors().take_while(|folder| folder.starts_with(&root)) {
            if !self.seen.insert(folder.to_owned()) {
                break;
            }
            self.found.extend(kustomizations_in(folder));
        }
        self.root = Some(root);
    }
}

/// What kustomize takes for a kustomization in a folder.
fn kustomizations_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let named = NAMES.map(|name| folder.join(name)).into_iter().filter(|path| path.is_file());
    named.map(|path| place_of(&path))
}

/// The root of the repository that a folder is in; without one the current folder, or else the folder itself.
fn root_of(folder: &Path) -> PathBuf {
    let current = || Some(place_of(Path::new("."))).filter(|current| folder.starts_with(current));
    let root = git::Repository::around(folder).map(|repository| repository.root).or_else(current);
    root.unwrap_or_else(|| folder.to_owned())
}
