//! What a fix promises, and whether it is kept.

use std::collections::HashMap;

use batchlint::analysis::{Analysis, Settings, analyse};
use batchlint::config::Config;
use batchlint::diagnostic::{Finding, Resolved, Safety, Severity};
use batchlint::lint::{Report, lint};
use batchlint::mend::{Mended, Refusal, mend};
use batchlint::schedule::Instant;
use batchlint::text::{Edit, Source, Span, apply_edits};
use batchlint::yaml::{self, File};

use crate::places::{Moved, reads_otherwise};
use crate::table::Fate;

/// 2026-11-21 00:00:00 UTC.
const NOW: Instant = Instant::from_unix(1_795_219_200);
/// The fixes of a text that are followed one by one.
const MOST: usize = 12;

/// What came of following the fixes of a text.
#[derive(Default)]
pub(crate) struct Followed {
    pub(crate) fixes: usize,
    pub(crate) is_mended: bool,
    /// What is wrong, in words that are the same for the same fault.
    pub(crate) flaws: Vec<String>,
    /// What became of each finding, by its rule.
    pub(crate) fates: Vec<(&'static str, Fate)>,
}

impl Followed {
    pub(crate) fn of_panic() -> Self {
        Self { flaws: vec!["a panic".to_owned()], ..Self::default() }
    }
}

/// Follows the fixes of a text: each alone, then the safe ones and all of them together.
pub(crate) fn follow(text: &str) -> Followed {
    let source = Source::new("proof.yaml", text);
    let config = Config::at(NOW).with_pedantic(true);
    let (report, file) = (lint(&source, &config), yaml::parse(source.text()));
    let fixes = report.fixes();
    let mut followed = Followed::default();
    let alone =
        report.findings.iter().zip(&fixes).flat_map(|(finding, fixes)| fixes.iter().map(move |fix| (finding, fix)));
    for (finding, fix) in alone.take(MOST) {
        followed.fixes += 1;
        let flaws = alone_flaws(&file, fix).into_iter().map(|flaw| format!("{}, alone: {flaw}", finding.rule));
        followed.flaws.extend(flaws);
    }
    for allowed in [Safety::Safe, Safety::Unsafe] {
        let mended = mend(&source, &config, allowed, None);
        if allowed == Safety::Safe {
            followed.fates = fates(&report, &fixes, &mended, &config);
        }
        match mended {
            Ok(mended) if mended.applied.is_empty() => {
                let is_same = mended.source.text() == source.text();
                followed.flaws.extend((!is_same).then(|| "nothing applied, and another text".to_owned()));
            }
            Ok(mended) => {
                followed.is_mended = true;
                let before = Before { source: &source, report: &report, file: &file };
                let rules = rules(&mended);
                followed.flaws.extend(before.flaws(&mended, &config, allowed).map(|flaw| format!("{rules}: {flaw}")));
            }
            Err(Refusal::Restless) => followed.flaws.push("fixes undo each other".to_owned()),
            Err(_) => {}
        }
    }
    followed
}

/// The rules that mended a text.
fn rules(mended: &Mended) -> String {
    let mut rules: Vec<&str> = mended.applied.iter().map(|applied| applied.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.join(" + ")
}

/// What is wrong with a text after one fix.
fn alone_flaws(file: &File, fix: &Resolved) -> Vec<String> {
    let Ok(text) = apply_edits(&file.text, &fix.edits) else { return vec!["edits overlap".to_owned()] };
    let new = yaml::parse(&text);
    let mut flaws: Vec<String> = reading_flaw(file, &new).into_iter().collect();
    flaws.extend(line_end_flaw(&file.text, &text));
    let moved = Moved::new(&fix.edits);
    flaws.extend(lost_comment(file, &new, &moved, |span| {
        !fix.title.starts_with("move") && is_removed(span, &fix.edits)
    }));
    if file.errors.is_empty() {
        flaws.extend(reads_otherwise(file, &new, &moved));
    }
    flaws
}

fn reading_flaw(old: &File, new: &File) -> Option<String> {
    let repeated = |file: &File| file.documents.iter().map(|document| document.repeated.len()).sum::<usize>();
    if new.errors.len() > old.errors.len() {
        return Some("it no longer parses".to_owned());
    }
    // A text that was not read to its end may have more of everything.
    if !old.errors.is_empty() {
        return None;
    }
    match () {
        () if new.documents.len() != old.documents.len() => Some("other documents".to_owned()),
        () if repeated(new) > repeated(old) => Some("a key comes twice".to_owned()),
        () => None,
    }
}

fn line_end_flaw(old: &str, new: &str) -> Option<String> {
    let has_lone = |text: &str| text.replace("\r\n", "").contains('\n');
    let has_mark = |text: &str| text.starts_with('\u{feff}');
    match () {
        () if old.ends_with('\n') != new.ends_with('\n') => Some("another end of the file".to_owned()),
        () if old.contains("\r\n") && !has_lone(old) && has_lone(new) => Some("other line ends".to_owned()),
        () if !old.contains("\r\n") && new.contains("\r\n") => Some("other line ends".to_owned()),
        // Two marks are one too many.
        () if has_mark(old) && !has_mark(new) && !old[3..].starts_with('\u{feff}') => {
            Some("the mark is gone".to_owned())
        }
        () => None,
    }
}

/// Whether a comment is gone that may not go; one that is moved stands elsewhere, and suppressions are to be mended, too.
fn lost_comment(old: &File, new: &File, moved: &Moved<'_>, may_go: impl Fn(Span) -> bool) -> Option<String> {
    let comments: HashMap<u32, &str> =
        new.comments.iter().map(|comment| (comment.span.start, &new.text[comment.span.range()])).collect();
    for comment in &old.comments {
        let text = &old.text[comment.span.range()];
        if text.contains("batchlint:") {
            continue;
        }
        let is_kept = match moved.to(comment.span) {
            Some(to) => comments.get(&to.start) == Some(&text),
            None => may_go(comment.span) || comments.values().any(|other| *other == text),
        };
        if !is_kept {
            return Some("a comment is lost".to_owned());
        }
    }
    None
}

/// Whether an edit takes all of it out.
fn is_removed(span: Span, edits: &[Edit]) -> bool {
    edits.iter().any(|edit| edit.span.start <= span.start && span.end <= edit.span.end)
}

/// A text before its fixes were applied.
struct Before<'b> {
    source: &'b Source,
    report: &'b Report,
    file: &'b File,
}

impl Before<'_> {
    /// What is wrong with the text after all of them.
    fn flaws(&self, mended: &Mended, config: &Config, allowed: Safety) -> impl Iterator<Item = String> {
        let new = yaml::parse(mended.source.text());
        let reading = reading_flaw(self.file, &new);
        let ends = line_end_flaw(self.source.text(), mended.source.text());
        let rounds = self.round_flaw(mended);
        let again = match mend(&mended.source, config, allowed, None) {
            Ok(again) if again.applied.is_empty() => None,
            Ok(again) => Some(format!("not at rest, {} again", rules(&again))),
            Err(refusal) => Some(format!("refused the second time: {refusal}")),
        };
        let errors = self.new_error(mended, config);
        [reading, ends, rounds, again, errors].into_iter().flatten()
    }

    fn new_error(&self, mended: &Mended, config: &Config) -> Option<String> {
        let count = |report: &Report| report.findings.iter().filter(|one| one.severity == Severity::Error).count();
        if count(&lint(&mended.source, config)) > count(self.report) {
            return Some("more errors".to_owned());
        }
        let settings = Settings::at(NOW);
        let [old, new] = [self.source, &mended.source].map(|source| analyse(source.clone(), &settings));
        let refused = |analysis: &Analysis| {
            let refuses = |manifest| analysis.verdict(manifest).problems().iter().any(|problem| problem.rejects());
            analysis.manifests().map(refuses).collect::<Vec<_>>()
        };
        let (old, new) = (refused(&old), refused(&new));
        // Of a text that cannot be read to its end, the server took nothing.
        let is_new = self.file.errors.is_empty()
            && old.len() == new.len()
            && old.iter().zip(&new).any(|(old, new)| !old && *new);
        is_new.then(|| "the server refuses what it took".to_owned())
    }

    /// Goes through the rounds, of which each touches no more than its edits.
    fn round_flaw(&self, mended: &Mended) -> Option<String> {
        let mut text = self.source.text().to_owned();
        for edits in &mended.rounds {
            let Ok(next) = apply_edits(&text, edits) else { return Some("the edits of a round overlap".to_owned()) };
            let (old, new, moved) = (yaml::parse(&text), yaml::parse(&next), Moved::new(edits));
            if let Some(flaw) = lost_comment(&old, &new, &moved, |span| is_removed(span, edits)) {
                return Some(format!("{flaw} by a round"));
            }
            if old.errors.is_empty()
                && let Some(flaw) = reads_otherwise(&old, &new, &moved)
            {
                return Some(format!("{flaw} after a round"));
            }
            text = next;
        }
        (text != mended.source.text()).then(|| "the rounds make another text".to_owned())
    }
}

/// What became of each finding of a rule that has safe fixes.
fn fates(
    report: &Report,
    fixes: &[Vec<Resolved>],
    mended: &Result<Mended, Refusal>,
    config: &Config,
) -> Vec<(&'static str, Fate)> {
    let mended = match mended {
        Ok(mended) => mended,
        Err(_) => {
            return report.findings.iter().zip(fixes).filter_map(|(one, fixes)| template_fate(one, fixes)).collect();
        }
    };
    let mut fates: Vec<_> = mended.applied.iter().map(|one| (one.rule, Fate::Fixed)).collect();
    let left = lint(&mended.source, config);
    for (finding, fixes) in left.findings.iter().zip(left.fixes()) {
        let safe = |safety: Safety| safety == Safety::Safe;
        fates.push((
            finding.rule,
            match () {
                () if finding.fixes.is_empty() => Fate::NotOffered,
                () if !finding.fixes.iter().any(|fix| safe(fix.safety)) => Fate::Unsafe,
                () if !fixes.iter().any(|fix| safe(fix.safety)) => Fate::NotProved,
                () => Fate::AnotherError,
            },
        ));
    }
    fates
}

/// In a template nothing is fixed.
fn template_fate(finding: &Finding, fixes: &[Resolved]) -> Option<(&'static str, Fate)> {
    let fate = if fixes.iter().any(|fix| fix.safety == Safety::Safe) { Fate::Template } else { Fate::NotOffered };
    Some((finding.rule, fate))
}
