//! Problems of one object, where there are so many of a rule that most of them are counted only: nobody reads what they
//! say, and it would take more room than the object.

use crate::diagnostic::Finding;
use crate::k8s::{Problem, Topic};
use crate::lint::limit::Rest;
use crate::rules::Selection;
use crate::text::{Message, Span};

/// What becomes of the problems of the topics that have many; each has one rule.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    topics: Vec<OfTopic>,
    counted: Vec<Counted>,
}

#[derive(Debug)]
struct OfTopic {
    topic: Topic,
    room: usize,
    /// Those that are told of; what stands behind the last of them is counted only.
    places: Vec<Span>,
}

/// A problem as far as it is counted. Two that say the same of one place are one.
#[derive(Debug)]
struct Counted {
    topic: Topic,
    rejects: bool,
    span: Span,
    message: Message,
}

impl Crowd {
    /// Keeps of each topic at as many places as there is `room` for what is said there. Of the server's warnings, each is
    /// said once in any case.
    pub(super) fn of(problems: &[Problem], room: impl Fn(Topic) -> usize) -> Self {
        let mut topics: Vec<OfTopic> = Vec::new();
        for problem in problems.iter().filter(|problem| !problem.is_warning()) {
            match topics.iter_mut().find(|of| of.topic == problem.topic) {
                Some(of) => of.add(problem.span),
                None => topics.push(OfTopic::new(problem, room(problem.topic))),
            }
        }
        topics.retain_mut(OfTopic::has_more);
        Self { topics, counted: Vec::new() }
    }

    /// Takes a problem that is counted only; any other comes back.
    pub(super) fn take(&mut self, problem: Problem) -> Option<Problem> {
        let of = self.topics.iter().find(|of| of.topic == problem.topic);
        if of.is_none_or(|of| of.places.last().is_some_and(|last| problem.span <= *last)) {
            return Some(problem);
        }
        let rejects = problem.rejects();
        let Problem { topic, span, message, .. } = problem;
        self.counted.push(Counted { topic, rejects, span, message });
        None
    }

    /// Where those stand that the server refuses the object for.
    pub(super) fn refused(&self) -> impl Iterator<Item = u32> {
        self.counted.iter().filter(|one| one.rejects).map(|one| one.span.start)
    }

    /// How many there are of each rule, all of one document.
    pub(super) fn rests(mut self, document: usize, rules: &Selection) -> Vec<Rest<Finding>> {
        self.counted.sort_unstable_by(|one, other| one.key().cmp(&other.key()));
        self.counted.dedup_by(|one, other| one.key() == other.key());
        let rest = |of: &[Counted]| {
            let first = of.first()?;
            let finding = rules.of_topic(first.topic)?.finding(first.span, "");
            let severity = finding.severity;
            Some(Rest::new(Finding { document: Some(document), ..finding }, severity, of.len()))
        };
        self.counted.chunk_by(|one, next| one.topic == next.topic).filter_map(rest).collect()
    }
}

impl Counted {
    fn key(&self) -> (u8, Span, &Message) {
        (self.topic as u8, self.span, &self.message)
    }
}

impl OfTopic {
    fn new(first: &Problem, room: usize) -> Self {
        let mut of = Self { topic: first.topic, room, places: Vec::new() };
        of.add(first.span);
        of
    }

    fn add(&mut self, place: Span) {
        if self.room > 0 {
            self.places.push(place);
        }
    }

    /// Forgets the places that there is no room for; whether there are such.
    fn has_more(&mut self) -> bool {
        let has_more = self.room == 0 || self.places.len() > self.room;
        if has_more {
            self.places.sort_unstable();
            self.places.dedup();
            self.places.truncate(self.room);
            self.places.shrink_to_fit();
        }
        has_more
    }
}
