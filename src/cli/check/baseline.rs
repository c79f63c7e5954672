//! `--baseline`, `--write-baseline`, `--prune-baseline`: findings that were there before.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Args;
use super::done::things;
use super::share::Seen;
use crate::cli::complain;
use crate::cli::configuration::{Faults, Named, normal, shown, whole};
use crate::config::{Baseline, Config, Known, without};
use crate::diagnostic::{Finding, Late, Object, Suppression, SuppressionKind};
use crate::files;
use crate::hash::HashMap;
use crate::render::STDIN;
use crate::rules;
use crate::text::Source;

/// What to do with findings that were there before.
#[derive(Debug, Clone, clap::Args)]
#[group(id = "baselines")]
pub(super) struct Arguments {
    /// Findings that this file knows do not count; --write-baseline makes it
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    baseline: Option<PathBuf>,

    /// Write all that is found into this file: from then on, only what is new counts
    #[arg(long, value_name = "FILE", help_heading = "Baseline", conflicts_with_all = ["baseline", "diff", "since"])]
    write_baseline: Option<PathBuf>,

    /// Take out of the baseline what is mended
    #[arg(long, help_heading = "Baseline", conflicts_with_all = ["write_baseline", "diff"])]
    prune_baseline: bool,
}

/// The findings that were there before, and what this run makes of them.
pub(super) struct Before {
    file: Named,
    /// Where findings are looked for.
    paths: Vec<PathBuf>,
    why: Arc<Suppression>,
    does: Does,
    /// The files that were looked at, from the baseline's folder.
    seen: HashMap<String, Looked>,
}

/// How a file was looked at.
struct Looked {
    /// What held for it.
    config: Arc<Config>,
    /// Whether all of it could be read.
    to_its_end: bool,
}

enum Does {
    /// Leaves out what is known.
    Know { baseline: Baseline, source: Source, prunes: bool, is_part: bool },
    /// Writes all that there is.
    Write(Vec<Known>),
}

impl Arguments {
    /// The file that is named; the command line is stronger than the configuration of what is checked.
    pub(super) fn named(&self) -> Option<&Path> {
        self.write_baseline.as_deref().or(self.baseline.as_deref())
    }
}

impl Args {
    /// What was there before, by the baseline that holds for a run.
    pub(super) fn before(&self, named: Option<Named>) -> Result<Option<Before>, Faults> {
        let Some(named) = named else {
            let missing = "--prune-baseline: there is none; name one by --baseline, or by `baseline` in batchlint.toml";
            return if self.baseline.prune_baseline { Err(vec![missing.to_owned()]) } else { Ok(None) };
        };
        let does = if self.baseline.write_baseline.is_some() { Does::Write(Vec::new()) } else { self.known(&named)? };
        let why = Suppression::new(SuppressionKind::External, &format!("in {}", shown(&named.path).display()));
        let paths = self.paths.iter().map(|path| whole(path)).collect();
        Ok(Some(Before { file: named, paths, why, does, seen: HashMap::default() }))
    }

    fn known(&self, named: &Named) -> Result<Does, Faults> {
        let (baseline, source) = named.read(self.reading.max_file_size)?;
        Ok(Does::Know { baseline, source, prunes: self.baseline.prune_baseline, is_part: self.since.is_some() })
    }
}

impl Before {
    /// Takes out of the count what is known of all files. First each file takes what it had, then others take what no
    /// file has any more: it moved.
    pub(super) fn suppress(&mut self, seen: &mut [Seen]) {
        let names: Vec<String> = seen.iter().map(|seen| self.file.name_of(&seen.name)).collect();
        let read = seen.iter().zip(&names).filter(|(seen, _)| seen.was_read());
        let looked = |seen: &Seen| Looked { config: Arc::clone(&seen.config), to_its_end: seen.was_read_to_its_end() };
        self.seen.extend(read.map(|(seen, name)| (name.clone(), looked(seen))));
        for has_moved in [false, true] {
            for (seen, name) in seen.iter_mut().zip(&names) {
                seen.suppress(|finding| self.suppression(finding, name, has_moved));
            }
        }
    }

    /// Takes out of the count what is known of the findings over all files, of those that are shown.
    pub(super) fn suppress_late(&mut self, late: Vec<Late>, config: &Config) -> Vec<Late> {
        [false, true]
            .into_iter()
            .fold(late, |late, has_moved| late.into_iter().map(|late| self.late(late, config, has_moved)).collect())
    }

    fn late(&mut self, late: Late, config: &Config, has_moved: bool) -> Late {
        if late.finding().suppressed.is_some() || !config.shows(late.finding().rule) {
            return late;
        }
        let name = self.file.name_of(&late.at().file);
        self.suppression(late.finding(), &name, has_moved).into_iter().fold(late, Late::suppressed)
    }

    fn suppression(&mut self, finding: &Finding, file: &str, has_moved: bool) -> Option<Arc<Suppression>> {
        let fingerprint = finding.fingerprint?;
        let is_known = match &mut self.does {
            Does::Know { baseline, .. } if has_moved => {
                baseline.take(fingerprint, |old| self.seen.contains_key(old) || self.file.is_gone(old))
            }
            Does::Know { baseline, .. } => baseline.take(fingerprint, |old| old == file),
            Does::Write(_) if has_moved => false,
            Does::Write(known) => {
                let (rule, object) =
                    (finding.rule.to_owned(), finding.object.as_deref().map_or_else(String::new, Object::label));
                known.push(Known { fingerprint, rule, object, file: file.to_owned() });
                true
            }
        };
        is_known.then(|| Arc::clone(&self.why))
    }

    /// Writes what there is to be written, and says what is mended. Findings over all files obey `whole`.
    pub(super) fn finish(self, whole: &Config, is_quiet: bool) -> Result<(), files::Error> {
        let path = shown(&self.file.path);
        let file = path.display();
        let say = |what: String| {
            if !is_quiet {
                complain(&what);
            }
        };
        match self.does {
            Does::Write(known) => {
                let text = Baseline::text(known);
                let count = text.lines().count() - 1;
                files::write(&path, text.as_bytes(), Baseline::is_one)?;
                say(format!("{} written into {file}; --baseline {file} leaves them out", things(count, "finding")));
            }
            Does::Know { ref baseline, ref source, prunes, is_part } => {
                let mended = baseline.mended(|known| self.was_looked_for(known, whole, is_part));
                let count = things(mended.len(), "finding");
                match (mended.len(), prunes) {
                    (0, _) => {}
                    (_, true) => {
                        let after = without(source.text(), &mended);
                        files::replace(&path, source.text().as_bytes(), after.as_bytes())?;
                        say(format!("{count} taken out of {file}: mended"));
                    }
                    (1, false) => say(format!("{count} of {file} is mended; --prune-baseline takes it out")),
                    (_, false) => say(format!("{count} of {file} are mended; --prune-baseline takes them out")),
                }
            }
        }
        Ok(())
    }

    /// Whether a finding would have been found, were it there: its file was read to its end, or is gone from where this run
    /// looked, and its rule was asked for.
    fn was_looked_for(&self, known: &Known, whole: &Config, is_part: bool) -> bool {
        // Of a rule that there is no more, nothing is found.
        let is_wanted = |config: &Config| {
            config.wants(&known.rule) && !config.is_below(&known.rule) || rules::find(&known.rule).is_none()
        };
        if let Some(looked) = self.seen.get(&known.file) {
            return looked.to_its_end && is_wanted(&looked.config);
        }
        // Standard input without a name was never below any path.
        let path = normal(&self.file.folder().join(&known.file));
        if path.file_name().is_some_and(|name| name == STDIN) {
            return false;
        }
        let is_below = || self.paths.iter().any(|asked| path.starts_with(asked));
        !is_part && is_below() && !path.exists() && is_wanted(whole)
    }
}
