//! What kustomizations build, for who asks what there will be: in the place of what it is built of.

use std::path::{Path, PathBuf};

use crate::files::{Input, Patches, Size, Texts};
use crate::hash::HashMap;
use crate::kustomize::build::{Built, build};
use crate::text::Span;

/// The kustomizations that build something that was asked for.
pub(super) struct Overlays {
    built: Vec<(PathBuf, Built)>,
    /// Of each file, by its name, what they have of it.
    covered: HashMap<String, Vec<Span>>,
}

impl Overlays {
    /// Builds them; one that cannot be built has its files as they stand.
    pub(super) fn around<'i>(inputs: impl Iterator<Item = &'i Input>, patches: &Patches, most: Size) -> Self {
        let texts = Texts::around(inputs.filter(|_| patches.have_kustomizations()), most);
        let (mut all, mut covered) = (Vec::new(), HashMap::<String, Vec<Span>>::default());
        for (folder, _) in patches.roots(&texts) {
            let Ok(built) = build(&texts, &folder.to_string_lossy()) else { continue };
            let whole = Span::new(0, u32::try_from(built.text.len()).unwrap_or(u32::MAX));
            for part in built.parts(whole).filter(|part| part.is_verbatim) {
                if let Some(source) = built.sources.get(part.source as usize) {
                    covered.entry(source.name().to_owned()).or_default().push(part.span);
                }
            }
            all.push((folder, built));
        }
        Self { built: all, covered }
    }

    /// What they build, each with its folder.
    pub(super) fn built(&self) -> impl Iterator<Item = (&Path, &Built)> {
        self.built.iter().map(|(folder, built)| (folder.as_path(), built))
    }

    /// The stretches of a file that they have.
    pub(super) fn covered(&self, file: &Path) -> &[Span] {
        self.covered.get(&*file.to_string_lossy()).map_or(&[], Vec::as_slice)
    }
}
