//! Problems of one object, where there are so many of a rule that most of them are counted only: nobody reads what they
//! say, and it would take more room than the object.

use std::sync::Arc;

use crate::diagnostic::{Finding, Suppression};
use crate::k8s::{Problem, Topic};
use crate::lint::found::Found;
use crate::lint::limit::Rest;
use crate::rules::Selection;
use crate::sort;
use crate::text::Span;

/// What becomes of the problems of the topics that have many; each has one rule.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    topics: Vec<OfTopic>,
}

#[derive(Debug)]
struct OfTopic {
    topic: Topic,
    is_suppressed: bool,
    room: usize,
    /// Those that are told of; what stands behind the last of them is counted only.
    places: Vec<Span>,
    /// Whether some say nothing.
    has_unsaid: bool,
    counted: Vec<Counted>,
}

/// A problem as far as it is counted. Two that say the same of one place are one.
#[derive(Debug)]
struct Counted {
    span: Span,
    /// What it says, as a sum: of a few that stand at one place, no two that differ have the same.
    said: u64,
    /// Why it does not count, if it does not.
    suppressed: Option<Arc<Suppression>>,
}

impl Crowd {
    /// Keeps of each topic at as many places as there is `room` for what is said there, and likewise at those where it
    /// does not count. Of the server's warnings, each is said once in any case.
    pub(super) fn of(
        problems: &[Problem],
        is_suppressed: impl Fn(&Problem) -> bool,
        room: impl Fn(Topic, bool) -> usize,
    ) -> Self {
        let mut topics: Vec<OfTopic> = Vec::new();
        for problem in problems.iter().filter(|problem| !problem.is_warning()) {
            let (topic, is_suppressed) = (problem.topic, is_suppressed(problem));
            match topics.iter_mut().find(|of| of.is_of(topic, is_suppressed)) {
                Some(of) => of.add(problem),
                None => {
                    let room = room(topic, is_suppressed);
                    topics.push(OfTopic::new(topic, is_suppressed, room));
                    topics.last_mut().into_iter().for_each(|of| of.add(problem));
                }
            }
        }
        topics.retain_mut(OfTopic::has_more);
        Self { topics }
    }

    /// Takes a problem that is counted only, with the reason why it does not count, if there is one; any other comes
    /// back.
    pub(super) fn take(&mut self, problem: Problem, suppressed: Option<Arc<Suppression>>) -> Option<Problem> {
        let of = self.topics.iter_mut().find(|of| of.is_of(problem.topic, suppressed.is_some()));
        let is_counted = |of: &&mut OfTopic| problem.is_unsaid() || of.is_behind(problem.span);
        let Some(of) = of.filter(is_counted) else { return Some(problem) };
        of.counted.push(Counted { span: problem.span, said: problem.sum(), suppressed });
        None
    }

    /// Where those stand that the server refuses the object for.
    pub(super) fn refused(&self) -> impl Iterator<Item = u32> {
        let refused = self.topics.iter().filter(|of| of.topic.rejects());
        refused.flat_map(|of| &of.counted).map(|one| one.span.start)
    }

    /// How many there are of each rule, all of one document, as far as they are not counted as others of the file are.
    pub(super) fn rests(mut self, document: usize, rules: &Selection, found: &mut Found<'_>) -> Vec<Rest<Finding>> {
        sort::by_key(&mut self.topics, |of| (of.topic as u8, of.is_suppressed));
        self.topics.iter_mut().filter_map(|of| of.rest(document, rules, found)).collect()
    }
}

/// How many different things are said of one place.
fn things(said: &mut [Counted]) -> usize {
    if said.len() > 1 {
        sort::by_key(said, |one| one.said);
    }
    said.chunk_by(|one, other| one.said == other.said).count()
}

impl OfTopic {
    const fn new(topic: Topic, is_suppressed: bool, room: usize) -> Self {
        Self { topic, is_suppressed, room, places: Vec::new(), has_unsaid: false, counted: Vec::new() }
    }

    fn is_of(&self, topic: Topic, is_suppressed: bool) -> bool {
        self.topic == topic && self.is_suppressed == is_suppressed
    }

    fn add(&mut self, problem: &Problem) {
        if problem.is_unsaid() {
            self.has_unsaid = true;
        } else if self.room > 0 {
            self.places.push(problem.span);
        }
    }

    /// Whether a place is behind all of those that are told of; before that, each is told of that there is room for.
    fn is_behind(&self, place: Span) -> bool {
        self.places.last().is_none_or(|last| place > *last)
    }

    /// Forgets the places that there is no room for; whether there are such.
    fn has_more(&mut self) -> bool {
        let has_more = self.room == 0 || self.has_unsaid || self.places.len() > self.room;
        if has_more {
            sort::ascending(&mut self.places);
            self.places.dedup();
            self.places.truncate(self.room);
            self.places.shrink_to_fit();
        }
        has_more
    }

    /// Those that are counted only.
    fn rest(&mut self, document: usize, rules: &Selection, found: &mut Found<'_>) -> Option<Rest<Finding>> {
        // Most come in this order.
        sort::by_key(&mut self.counted, |one| one.span);
        let first = self.counted.first()?;
        let (rule, span, suppressed) = (rules.of_topic(self.topic)?, first.span, first.suppressed.clone());
        let count = self.counted.chunk_by_mut(|one, other| one.span == other.span).map(things).sum();
        if found.count_on((rule, document), self.is_suppressed, count) {
            return None;
        }
        let finding = rule.finding(span, "");
        let severity = finding.severity;
        Some(Rest::new(Finding { document: Some(document), suppressed, ..finding }, severity, count))
    }
}
