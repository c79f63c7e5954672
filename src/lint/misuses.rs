//! What is wrong with the suppressions of a text, once it is known what came of them.

use crate::analysis::{Analysis, Form, Name, Suppressions, Written};
use crate::config;
use crate::diagnostic::{Finding, Fix};
use crate::hash::{HashMap, HashSet};
use crate::rule::{Entry, Misuse, without_effect};
use crate::rules::{self, Selection};
use crate::text::Role;

/// What a reason starts with that is still to be written.
const TO_DO: &str = "TODO";

/// What is to be said of suppressions, and the names, by the numbers of suppression and name, of which only all files
/// together tell whether they have an effect.
#[derive(Debug, Default)]
pub(super) struct Misuses {
    pub(super) findings: Vec<Finding>,
    pub(super) undecided: Vec<(usize, usize)>,
}

/// What can be told of a name without an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judgement {
    /// All that it means was looked for.
    Without,
    /// A part of it is looked for over all files.
    Undecided,
    /// Nobody looked for some of it.
    Unknown,
}

impl Misuses {
    pub(super) fn of(suppressions: &Suppressions, analysis: &Analysis, rules: &Selection) -> Self {
        let mut judge = Judge::new(analysis, rules);
        for (number, written) in suppressions.all.iter().enumerate() {
            if matches!(written.form, Form::OfTemplate(_)) {
                judge.of_template(written);
                continue;
            }
            if let Form::Assumption { what, .. } = &written.form {
                judge.assumption(written, what.as_ref().err());
                continue;
            }
            judge.names_of(written);
            if !written.names.is_empty() && !matches!(written.form, Form::Unknown(_)) {
                judge.reason_of(written);
                // Those of values are for what templates make of them.
                if *analysis.source().role() != Role::OfChart {
                    judge.effect_of(number, written);
                }
            }
        }
        judge.found
    }
}

struct Judge<'j> {
    analysis: &'j Analysis,
    rules: &'j Selection,
    /// The documents that hold ConfigMaps, in order, and whether all documents were read: there may be as many suppressions
    /// as documents.
    config_maps: Vec<usize>,
    all_read: bool,
    /// Names that can be suppressed.
    right: HashSet<Box<str>>,
    /// What is known of names, where scripts of other files' pods may stand and where not.
    names: HashMap<(bool, Box<str>), Judgement>,
    found: Misuses,
}

impl<'j> Judge<'j> {
    fn new(analysis: &'j Analysis, rules: &'j Selection) -> Self {
        Self {
            analysis,
            rules,
            config_maps: analysis.config_maps().map(|map| map.document.index).collect(),
            all_read: analysis.file().documents.iter().all(|document| document.complete),
            right: HashSet::default(),
            names: HashMap::default(),
            found: Misuses::default(),
        }
    }

    fn of_template(&mut self, written: &Written) {
        let rule = self.rules.of_misuse(Misuse::WithoutEffect);
        self.found.findings.extend(rule.into_iter().flat_map(|rule| without_effect(rule, written, &[], None)));
    }

    fn assumption(&mut self, written: &Written, wrong: Option<&String>) {
        let Some(rule) = self.rules.of_misuse(Misuse::Assumption) else { return };
        let finding = |why: &String| Finding { document: written.document, ..rule.finding(written.span, why.clone()) };
        self.found.findings.extend(wrong.map(finding));
    }

    fn names_of(&mut self, written: &Written) {
        let Some(rule) = self.rules.of_misuse(Misuse::Unknown) else { return };
        let found = &mut self.found.findings;
        let what = match &written.form {
            Form::Unknown(word) => {
                Some(format!("`{word}` suppresses nothing: the words are `ignore` and `ignore-file`"))
            }
            _ if written.names.is_empty() => Some("this suppression names no rule, and suppresses nothing".to_owned()),
            _ => None,
        };
        found.extend(what.map(|what| Finding {
            help: Some(
                "write `# batchlint: ignore[…]` with names of rules or groups, and behind them the reason".into(),
            ),
            ..at(written, rule.finding(written.span, what))
        }));
        for (number, name) in written.names.iter().enumerate() {
            if self.right.contains(&name.text) {
                continue;
            }
            let Some((message, nearest)) = unknown(&name.text) else {
                self.right.insert(name.text.clone());
                continue;
            };
            let fix = |nearest: &'static str| {
                let change = written.renamed(number, nearest, self.analysis.file())?;
                Some(Fix::unsafe_(format!("write `{nearest}`"), change))
            };
            let fixes = nearest.and_then(fix).into_iter().collect();
            found.push(Finding { fixes, ..at(written, rule.finding(name.span, message)) });
        }
    }

    fn reason_of(&mut self, written: &Written) {
        let Some(rule) = self.rules.of_misuse(Misuse::WithoutReason) else { return };
        let message = match &written.why.reason {
            None => "this suppression does not say why",
            Some(reason) if reason.starts_with(TO_DO) => "the reason of this suppression is still to be written",
            Some(_) => return,
        };
        let how = if matches!(written.form, Form::Annotation(_)) { "behind a colon" } else { "behind the brackets" };
        let help = Some(format!("write {how} why this is as it should be").into());
        self.found.findings.push(Finding { help, ..at(written, rule.finding(written.span, message)) });
    }

    fn effect_of(&mut self, number: usize, written: &Written) {
        let Some(rule) = self.rules.of_misuse(Misuse::WithoutEffect).filter(|_| self.was_read(written)) else { return };
        let (mut without, may_be_run) = (Vec::new(), self.may_be_run(written));
        for (own, name) in written.names.iter().enumerate().filter(|(_, name)| !name.has_effect) {
            match self.judge(name, may_be_run) {
                Judgement::Without => without.push(own),
                Judgement::Undecided => self.found.undecided.push((number, own)),
                Judgement::Unknown => {}
            }
        }
        if !without.is_empty() {
            self.found.findings.extend(without_effect(rule, written, &without, Some(self.analysis.file())));
        }
    }

    /// Whether all was read that the suppression is for: in a part that was not, anything may stand.
    fn was_read(&self, written: &Written) -> bool {
        match written.document.filter(|_| written.form != Form::File) {
            Some(document) => self.analysis.file().documents[document].complete,
            None => self.all_read,
        }
    }

    /// Whether the suppression is for a ConfigMap, whose texts pods of other files may run.
    fn may_be_run(&self, written: &Written) -> bool {
        match written.document {
            Some(document) => self.config_maps.binary_search(&document).is_ok(),
            None => !self.config_maps.is_empty(),
        }
    }

    fn judge(&mut self, name: &Name, may_be_run: bool) -> Judgement {
        let key = (may_be_run, name.text.clone());
        if let Some(known) = self.names.get(&key) {
            return *known;
        }
        let meant: Vec<_> = rules::all().filter(|entry| entry.names().any(|own| own == &*name.text)).collect();
        let is_late = |entry: &Entry| entry.is_over_all_files() || may_be_run && entry.looks_at_objects();
        let judgement = if unknown(&name.text).is_some() || !meant.iter().all(|entry| self.rules.runs(entry)) {
            Judgement::Unknown
        } else if meant.iter().any(|entry| is_late(entry)) {
            Judgement::Undecided
        } else {
            Judgement::Without
        };
        self.names.insert(key, judgement);
        judgement
    }
}

/// A finding about a suppression, in the object that it is for.
fn at(written: &Written, finding: Finding) -> Finding {
    Finding { document: written.document, object: written.object.clone(), ..finding }
}

/// What is wrong with a name, if it is none that can be suppressed, and the one that was likely meant.
fn unknown(name: &str) -> Option<(String, Option<&'static str>)> {
    match config::known(name) {
        Err(error) => Some((error.to_string(), error.nearest)),
        Ok(()) if name == "all" => {
            Some(("`all` suppresses nothing: name the rules or groups that are meant".to_owned(), None))
        }
        Ok(()) if rules::all().any(|entry| entry.is_meant_by(name) && entry.is_about_suppressions()) => {
            Some((format!("`{name}` cannot be suppressed: what is wrong with a suppression is to be mended"), None))
        }
        Ok(()) => None,
    }
}
