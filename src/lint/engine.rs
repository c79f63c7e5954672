//! The rules, run over a file: object by object, so that little is held at a time.

mod documents;

use std::cell::LazyCell;
use std::num::NonZeroUsize;

use super::api::{self, FilledIn, Wanted};
use super::found::Found;
use super::limit::Rest;
use super::memory::Memory;
use super::misuses::Misuses;
use super::outside::Outside;
use super::row::Row;
use super::settle::settle;
use super::{Habit, Report, fingerprints, mends};
use crate::analysis::{
    Analysis, Breadth, Certainty, Collector, Embedded, Facts, OfObject, ScriptReader, Stream, Subject, filled_in,
};
use crate::controller::Never;
use crate::diagnostic::{Basis, Finding, Late};
use crate::fix;
#[cfg(feature = "templates")]
use crate::hash::HashSet;
use crate::k8s::objects::Field;
use crate::k8s::{Extent, Manifest, Problem, Resource, Topic, validation};
use crate::rule::{Check, Entry, Findings, Within};
use crate::rules::Selection;
#[cfg(feature = "templates")]
use crate::rules::UNRENDERED;
use crate::sort;
use crate::text::{Span, quote};

/// What there is to choose from, as RFC 6902 has it.
const OPERATIONS: &str = "it is `add`, `remove`, `replace`, `move`, `copy` or `test`";

/// Runs the rules over a text that was read.
pub(super) struct Engine<'e> {
    analysis: &'e Analysis,
    rules: &'e Selection,
    most: Option<NonZeroUsize>,
    facts: Collector<'e>,
    /// Those of a part of the file, and those of it that are counted only.
    findings: Vec<Finding>,
    counted: Vec<Rest<Finding>>,
    /// Those on which other files have a say.
    conditional: Vec<Finding>,
    /// Those in ConfigMaps whose scripts an object runs: several may run one.
    in_config_maps: Vec<Finding>,
    found: Found<'e>,
    filled_in: FilledIn,
    scripts: ScriptReader<'e>,
    /// What is said at the head of the file about its only CronJob.
    head: Option<(Span, &'e str)>,
    /// What was found in an earlier state of the text.
    memory: Option<&'e mut Memory>,
}

impl<'e> Engine<'e> {
    pub(super) fn run(analysis: &'e Analysis, rules: &'e Selection, most: Option<NonZeroUsize>) -> Self {
        Self::run_with(analysis, rules, most, None)
    }

    /// The same, where an earlier state of the text may have been looked at.
    pub(super) fn run_with(
        analysis: &'e Analysis,
        rules: &'e Selection,
        most: Option<NonZeroUsize>,
        memory: Option<&'e mut Memory>,
    ) -> Self {
        let facts = Collector::new(analysis, Breadth::CronJobs);
        let found = Found::new(rules, most, analysis);
        let head = analysis.head();
        // What is kept of a document would depend on those before it, or on what others know of it.
        let stands_alone = most.is_none() && head.is_none() && analysis.source().unknown().is_empty();
        let mut memory = memory.filter(|_| stands_alone);
        memory.iter_mut().for_each(|memory| memory.begin(analysis, rules));
        let mut engine = Self {
            analysis,
            rules,
            most,
            facts,
            findings: Vec::new(),
            counted: Vec::new(),
            conditional: Vec::new(),
            in_config_maps: Vec::new(),
            found,
            filled_in: FilledIn::default(),
            scripts: ScriptReader::new(analysis),
            head,
            memory,
        };
        engine.file();
        engine.part();
        for (document, objects) in analysis.documents() {
            engine.document(document, objects);
        }
        engine.memory.iter_mut().for_each(|memory| memory.end());
        for patch in analysis.patches() {
            engine.patch(patch);
        }
        engine.config_maps();
        // A template that cannot be read says it for all.
        let of_texts = engine.filled_in.finding(analysis.file());
        if let Some(of_texts) = of_texts.filter(|one| !engine.found.has(one.rule)) {
            engine.found.take(&mut vec![of_texts]);
        }
        mends::withdraw(engine.found.kept_mut(), analysis);
        mends::complete(engine.found.kept_mut(), analysis);
        mends::foretell(engine.found.kept_mut(), analysis);
        engine
    }

    pub(super) fn finish(mut self) -> (Report, Facts) {
        self.suppressions();
        let (file, documents) = (self.analysis.shared_file(), self.analysis.outcomes());
        (self.found.finish(file, documents), self.facts.finish())
    }

    /// Says what is wrong with suppressions, and keeps those that findings over all files may fall under.
    fn suppressions(&mut self) {
        let suppressions = self.found.take_suppressions();
        if suppressions.is_empty() {
            return;
        }
        let Misuses { mut findings, undecided } = Misuses::of(&suppressions, self.analysis, self.rules);
        self.found.take(&mut findings);
        self.facts.keep_suppressions(suppressions, undecided);
    }

    fn file(&mut self) {
        if self.analysis.is_made_up() {
            return;
        }
        let (analysis, rules) = (self.analysis, self.rules);
        let stream = LazyCell::new(|| Stream::of(analysis));
        let mut found = std::mem::take(&mut self.findings);
        for entry in &rules.files {
            let mut row = Row::of(entry.name);
            // A file may have a million, of which little is kept.
            let mut taker = |findings: &mut Vec<Finding>| {
                if row.goes_on_with(findings) {
                    self.take(findings);
                }
            };
            let mut findings = Findings::new(entry, None, rules.limits(), &mut found).taken_by(&mut taker);
            match entry.rule.check {
                Check::File(check) => check(analysis.file(), &mut findings),
                Check::Stream(check) => check(&stream, &mut findings),
                _ => {}
            }
        }
        self.findings = found;
    }

    /// Looks at a patch that stands in the text as one of its own.
    fn patch(&mut self, patch: &Embedded) {
        if let Some(rule) = self.rules.of_topic(Topic::NotSupported) {
            let finding = |span: &Span| {
                let op = self.analysis.file().text[span.range()].trim_matches(['"', '\'']);
                let message = format!("{} is no operation of a JSON patch: {OPERATIONS}", quote(op));
                Finding { document: Some(patch.document), ..rule.finding(*span, message) }
            };
            self.found.take(&mut patch.unknown.iter().map(finding).collect());
        }
        let mut inner = Engine::run(&patch.analysis, self.rules, self.most);
        let mut conditional = std::mem::take(&mut inner.conditional);
        let outside = Outside::of(patch);
        outside.findings(&mut conditional);
        self.conditional.append(&mut conditional);
        let (mut findings, rests) = outside.report(inner.finish().0);
        self.found.take(&mut findings);
        rests.into_iter().for_each(|rest| self.found.leave_out(rest));
    }

    /// Takes in what was found in a part of the file, but for what others have a say on.
    fn part(&mut self) {
        let mut findings = std::mem::take(&mut self.findings);
        self.take(&mut findings);
        self.findings = findings;
        self.counted.drain(..).for_each(|rest| self.found.leave_out(rest));
    }

    fn take(&mut self, findings: &mut Vec<Finding>) {
        for finding in findings.extract_if(.., |finding| finding.condition.is_some()) {
            // Of what is counted, what it says is not kept.
            let counted = || Finding { condition: finding.condition, ..Habit::of(&finding).finding(finding.group) };
            self.conditional.push(if self.rules.shows(finding.rule) { finding } else { counted() });
        }
        self.found.take(findings);
    }

    /// Takes in what was found in ConfigMaps, each of which is a part of its own.
    fn config_maps(&mut self) {
        let map = |finding: &Finding| finding.object.as_ref().map(|object| object.start);
        sort::by_key(&mut self.in_config_maps, map);
        let mut all = std::mem::take(&mut self.in_config_maps).into_iter().peekable();
        while let Some(first) = all.next() {
            let of_map = map(&first);
            let mut part = vec![first];
            part.extend(std::iter::from_fn(|| all.next_if(|next| map(next) == of_map)));
            self.found.take(&mut part);
        }
    }

    /// Finds what there is to say of an object; what it adds to the facts, and whether nothing but its document decides all
    /// that.
    fn look_at(&mut self, manifest: Manifest<'_>) -> (Option<OfObject>, bool) {
        let certainty = self.analysis.certainty(manifest);
        let refusal = if certainty == Certainty::Nothing { None } else { self.api(manifest, certainty) };
        // Of what no server reads, nothing else matters.
        if !self.rules.looks_at_objects() || validation::is_beyond_a_request(manifest) {
            return (None, true);
        }
        let subject = Subject::new(manifest, self.analysis.settings()).reading_remarks(self.head);
        let scripts = self.scripts.read(&subject);
        let subject = subject.with_scripts(&scripts);
        // What an object lacks may stand in the rest of its document: no rule looks at a part of one.
        if certainty == Certainty::Whole {
            let is_asked =
                |entry: &&&Entry| manifest.extent == Extent::Whole || entry.rule.page.rests_on == Basis::Place;
            for entry in self.rules.objects.iter().filter(is_asked).filter(|entry| has_what(entry, &subject)) {
                let limits = self.rules.limits();
                let (found, looks) = (self.findings.len(), manifest.document.looks_at_unknown());
                run(entry, &subject, &mut Findings::new(entry, Some(&subject), limits, &mut self.findings));
                // What something lacks, or goes with, may be what nobody knows.
                if manifest.document.looks_at_unknown() > looks && entry.rule.page.rests_on != Basis::Place {
                    self.findings.truncate(found);
                }
            }
        }
        let is_known = cfg!(feature = "fleets") && !self.rules.fleets.is_empty() && manifest.extent == Extent::Whole;
        let facts = is_known.then(|| self.facts.of(&subject, refusal));
        let has_scripts = cfg!(feature = "commands") && !self.rules.objects.is_empty();
        if has_scripts && certainty == Certainty::Whole && manifest.extent == Extent::Whole {
            self.facts.add_scripts(&subject, &scripts);
        }
        (facts, scripts.stand_alone())
    }

    /// Takes in what is found in a template that the text is, beside what is found in it as it stands.
    #[cfg(feature = "templates")]
    pub(super) fn add_of_template(&mut self, mut findings: Vec<Finding>) {
        for finding in self.found.kept_mut().iter_mut().filter(|finding| finding.rule == UNRENDERED) {
            finding.message = "a template without its chart: what holds whatever its values are was checked".into();
        }
        let known: HashSet<(&str, Span)> = self.found.kept().iter().map(what_and_where).collect();
        findings.retain(|finding| !known.contains(&what_and_where(finding)));
        self.found.take(&mut findings);
    }

    /// Takes of the findings on which other files have a say those that are said where there are none.
    pub(super) fn decide_conditional(&mut self) {
        self.conditional.retain(|finding| finding.condition.is_some_and(|condition| condition.decide(None)));
        self.found.take(&mut self.conditional);
    }

    /// Hands the findings on which other files have a say to those who can ask them.
    pub(super) fn hand_on_conditional(&mut self) {
        if self.conditional.is_empty() {
            return;
        }
        let (mut shown, habits) = parted(std::mem::take(&mut self.conditional), self.rules);
        settle(&mut shown);
        fingerprints::mark(&mut shown, self.analysis);
        let fixes = fix::resolve(self.analysis.file(), &shown);
        let habits = habits.into_iter().map(|finding| (finding, Vec::new()));
        for (finding, fixes) in shown.into_iter().zip(fixes).chain(habits) {
            if let Some(condition) = finding.condition {
                let (at, why) = (self.facts.location(finding.span), self.found.suppression(&finding));
                let late = Late::new(at, finding, fixes);
                self.facts.add_conditional(condition, why.into_iter().fold(late, Late::suppressed));
            }
        }
    }

    /// Reports what the server says of an object; why it refuses it, if it does.
    fn api(&mut self, manifest: Manifest<'_>, certainty: Certainty) -> Option<Never> {
        let for_facts = !self.rules.fleets.is_empty() && manifest.resource == Some(Resource::CronJob);
        if !self.rules.asks_the_api() && !for_facts {
            return None;
        }
        let verdict = self.analysis.verdict_counting(manifest);
        let is_judged = |problem: &Problem| certainty.covers(problem) && filled_in(problem, manifest).is_none();
        let refusal = if for_facts { Never::refused(&verdict, is_judged) } else { None };
        let mut problems = verdict.into_problems();
        if !problems.is_sorted_by_key(|problem| problem.stage) {
            sort::by_cached_key(&mut problems, |problem| problem.stage);
        }
        problems.retain(|problem| certainty.covers(problem));
        let wanted = Wanted { rules: self.rules, found: &mut self.found };
        let rests = api::report(problems, manifest, &mut self.filled_in, wanted, &mut self.findings);
        self.counted.extend(rests);
        refusal
    }
}

/// Findings that are shown, and those that are counted only.
pub(super) fn parted(findings: impl IntoIterator<Item = Finding>, rules: &Selection) -> (Vec<Finding>, Vec<Finding>) {
    findings.into_iter().partition(|finding| rules.shows(finding.rule))
}

/// Whether an object has what a rule looks at.
fn has_what(entry: &Entry, subject: &Subject<'_>) -> bool {
    match entry.rule.check {
        Check::CronJob(_) => subject.cron_job.is_some(),
        Check::TimeZone(_) | Check::Schedule(_) => subject.outlook.is_some(),
        Check::Job(_) => subject.job.is_some(),
        Check::Pod(_) => subject.pod.is_some(),
        Check::Container(_) => !subject.containers.is_empty(),
        Check::Script(_) => !subject.scripts.is_empty(),
        _ => true,
    }
}

fn run(entry: &'static Entry, subject: &Subject<'_>, findings: &mut Findings<'_>) {
    match entry.rule.check {
        Check::File(_)
        | Check::Stream(_)
        | Check::Fleet(_)
        | Check::Api(_)
        | Check::Change(_)
        | Check::Suppression(_)
        | Check::Patch(_)
        | Check::Helm(_) => {}
        Check::Manifest(check) => check(subject, findings),
        Check::CronJob(check) => on(subject.cron_job.as_ref(), subject, |spec| check(spec, findings)),
        Check::TimeZone(check) => {
            if let Some(zone) = subject.outlook.as_ref().and_then(|outlook| outlook.time_zone.as_ref()) {
                check(Within::new(zone, zone.written.key, subject), findings);
            }
        }
        Check::Schedule(check) => {
            if let Some(timetable) = subject.timetable() {
                check(Within::new(timetable, timetable.written.key, subject), findings);
            }
        }
        Check::Job(check) => on(subject.job.as_ref(), subject, |spec| check(spec, findings)),
        Check::Pod(check) => on(subject.pod.as_ref(), subject, |spec| check(spec, findings)),
        Check::Container(check) => {
            for container in &subject.containers {
                check(Within::new(container, container.field.start(), subject), findings);
            }
        }
        Check::Script(check) => {
            for script in &subject.scripts {
                check(Within::new(script, script.value.span(), subject), findings);
            }
        }
    }
}

#[cfg(feature = "templates")]
fn what_and_where(finding: &Finding) -> (&'static str, Span) {
    (finding.rule, finding.span)
}

/// Looks at fields of an object.
fn on<'a, T: 'a>(
    fields: impl IntoIterator<Item = &'a Field<'a, T>>,
    object: &'a Subject<'a>,
    look: impl FnMut(Within<'a, T>),
) {
    fields.into_iter().map(|field| Within::field(field, object)).for_each(look);
}
