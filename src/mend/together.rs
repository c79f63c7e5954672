//! Mending several files by fixes that go over all of them: what such a fix makes of each is proved before any is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::errors::Errors;
use super::{Applied, READINGS, Refusal, everything, template_line};
use crate::analysis::{Facts, analyse};
use crate::config::Config;
use crate::diagnostic::{Late, Safety};
use crate::lint;
use crate::project::{Project, Scope};
use crate::text::{Edit, Source, apply_edits};

/// Which findings over all files are mended.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// What holds for findings over all files.
    pub config: &'w Config,
    /// How much of what belongs together was read.
    pub scope: Scope,
    /// Which fixes are applied.
    pub allowed: Safety,
    /// Whether a finding counts, where not all do.
    pub counts: &'w dyn Fn(&Late) -> bool,
}

/// Files that were mended together.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Together {
    /// Those whose text is another now, by name.
    pub files: BTreeMap<Arc<str>, Changed>,
    /// The rules whose findings were mended, one for each finding.
    pub applied: Vec<&'static str>,
    /// What was not mended although there is a fix, with the file that it was found in.
    pub refused: Vec<Refused>,
    /// How many findings that are left have a fix that was not allowed.
    pub forbidden: usize,
}

/// What became of a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Changed {
    /// The text as it was read.
    pub before: Source,
    /// The text as it is to be.
    pub after: Source,
}

/// A finding that was not mended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The file that it was found in.
    pub file: Arc<str>,
    /// What was to be mended.
    pub what: Applied,
    /// Why nothing is changed in one of the files; where none says it, with the fix the server would refuse something
    /// else.
    pub why: Option<Refusal>,
}

/// Applies the fixes of what is found over all files, or on which other files have a say, until none is left that may be.
/// `read` gives the text that the project knows under a name, with what holds for it; only those are asked for that a fix
/// is to change.
///
/// # Errors
/// Where the fixes undo each other: nothing is changed then.
pub fn together(
    project: &mut Project,
    wanted: Wanted<'_>,
    read: impl FnMut(&str) -> Option<(Source, Arc<Config>)>,
) -> Result<Together, Refusal> {
    let (texts, applied, refused) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut mender = Mender { project, wanted, read, texts, applied, refused };
    for _ in 0..READINGS {
        let found = mender.find();
        if found.candidates.is_empty() {
            return Ok(mender.finish(found.forbidden));
        }
        // What was read just now may be another text than the one that is known.
        if !mender.reads_more(&found.candidates) && !mender.apply(&found.candidates, &found.errors) {
            mender.apply_one(found);
        }
    }
    Err(Refusal::Restless)
}

/// What is found over all files as they are now.
struct Found {
    candidates: Vec<Late>,
    forbidden: usize,
    errors: Errors,
}

/// A text, as far as it is mended.
struct Text {
    before: Source,
    now: Source,
    config: Arc<Config>,
    errors: Errors,
    template: Option<Refusal>,
}

struct Mender<'m, R> {
    project: &'m mut Project,
    wanted: Wanted<'m>,
    read: R,
    /// By name; `None` for those that cannot be read any more.
    texts: BTreeMap<Arc<str>, Option<Text>>,
    applied: Vec<&'static str>,
    refused: Vec<Refused>,
}

impl<R: FnMut(&str) -> Option<(Source, Arc<Config>)>> Mender<'_, R> {
    fn find(&self) -> Found {
        let Wanted { config, scope, allowed, counts } = self.wanted;
        let all = lint::over_all(&*self.project, config, scope);
        let errors = Errors::among(all.iter().map(Late::finding));
        let (mut candidates, mut forbidden) = (Vec::new(), 0);
        for late in all {
            let rule = late.finding().rule;
            let is_shown = config.shows(rule) && !config.is_below(rule) && late.finding().suppressed.is_none();
            if !is_shown || late.fixes().is_empty() || !counts(&late) {
                continue;
            }
            match applied(&late, allowed) {
                None => forbidden += 1,
                Some(what) if self.refused.iter().any(|one| one.file == late.at().file && one.what == what) => {}
                Some(_) => candidates.push(late),
            }
        }
        Found { candidates, forbidden, errors }
    }

    /// Reads what the fixes are to change, and tells whether there was something.
    fn reads_more(&mut self, candidates: &[Late]) -> bool {
        let known = self.texts.len();
        for (file, _) in candidates.iter().flat_map(|late| changes(late, self.wanted.allowed)) {
            if self.texts.contains_key(&file) {
                continue;
            }
            let text = (self.read)(&file).map(|(source, config)| {
                let (text, facts) = Text::of(source.clone(), source, config);
                self.project.add(facts);
                text
            });
            self.texts.insert(file, text);
        }
        self.texts.len() > known
    }

    /// Applies the first that can be, alone: behind it, all places are others.
    fn apply_one(&mut self, found: Found) {
        for late in found.candidates {
            if self.apply(std::slice::from_ref(&late), &found.errors) {
                return;
            }
            let mut files = changes(&late, self.wanted.allowed).map(|(file, _)| self.texts.get(&file));
            let why = files.find_map(|text| text?.as_ref()?.template.clone());
            if let Some(what) = applied(&late, self.wanted.allowed) {
                self.refused.push(Refused { file: Arc::clone(&late.at().file), what, why });
            }
        }
    }

    /// Applies all of them, or none: the server must refuse nothing of any file that it did not refuse before.
    fn apply(&mut self, candidates: &[Late], errors: &Errors) -> bool {
        let mut edits: BTreeMap<Arc<str>, Vec<Edit>> = BTreeMap::new();
        for (file, edit) in candidates.iter().flat_map(|late| changes(late, self.wanted.allowed)) {
            edits.entry(file).or_default().push(edit);
        }
        let changed = |(file, edits)| {
            let (text, facts) = self.texts.get(&file)?.as_ref()?.with(edits)?;
            Some((file, text, facts))
        };
        let Some(changed) = edits.into_iter().map(changed).collect::<Option<Vec<_>>>() else { return false };
        let before: Vec<Facts> = changed.iter().filter_map(|(file, ..)| self.project.file(file)).cloned().collect();
        changed.iter().for_each(|(_, _, facts)| self.project.add(facts.clone()));
        let late = lint::over_all(&*self.project, self.wanted.config, self.wanted.scope);
        if !Errors::among(late.iter().map(Late::finding)).are_no_worse_than(errors) {
            before.into_iter().for_each(|facts| self.project.add(facts));
            return false;
        }
        for (file, text, _) in changed {
            self.texts.insert(file, Some(text));
        }
        self.applied.extend(candidates.iter().map(|late| late.finding().rule));
        true
    }

    fn finish(self, forbidden: usize) -> Together {
        let texts = self.texts.into_iter().filter_map(|(name, text)| Some((name, text?)));
        let changed = texts.filter(|(_, text)| text.now.text() != text.before.text());
        let files = changed.map(|(name, Text { before, now, .. })| (name, Changed { before, after: now })).collect();
        Together { files, applied: self.applied, refused: self.refused, forbidden }
    }
}

/// What the fix of a finding that may be applied mends.
fn applied(late: &Late, allowed: Safety) -> Option<Applied> {
    let fix = late.fixes().iter().find(|fix| allowed.allows(fix.safety))?;
    let finding = late.finding();
    Some(Applied { rule: finding.rule, message: finding.message.clone(), title: fix.title.clone() })
}

/// What that fix changes, with the file of each change.
fn changes(late: &Late, allowed: Safety) -> impl Iterator<Item = (Arc<str>, Edit)> {
    let fix = late.fixes().iter().find(move |fix| allowed.allows(fix.safety));
    fix.into_iter().flat_map(|fix| fix.changes(late.at())).map(|(file, edit)| (Arc::clone(file), edit))
}

impl Text {
    fn of(before: Source, now: Source, config: Arc<Config>) -> (Self, Facts) {
        let analysis = analyse(now.clone(), config.settings());
        let (report, facts) = lint::report(&analysis, &config);
        let template = template_line(&report).map(|line| Refusal::Template { line });
        let errors = Errors::of(&lint::alone(&analysis, &everything(&config)));
        (Self { before, now, config, errors, template }, facts)
    }

    /// With changes, if nothing speaks against them.
    fn with(&self, edits: Vec<Edit>) -> Option<(Self, Facts)> {
        if self.template.is_some() {
            return None;
        }
        let text = apply_edits(self.now.text(), &edits).ok()?;
        let now = self.now.with_text(text);
        let (text, facts) = Self::of(self.before.clone(), now, Arc::clone(&self.config));
        text.errors.are_no_worse_than(&self.errors).then_some((text, facts))
    }
}
