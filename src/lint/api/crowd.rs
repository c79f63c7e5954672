//! Problems of one object, where there are so many of a rule that most of them are counted only: nobody reads what they
//! say, and it would take more room than the object.

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::diagnostic::{Finding, Suppression};
use crate::k8s::{Problem, Topic};
use crate::lint::limit::Rest;
use crate::rules::Selection;
use crate::text::{Message, Span};

/// What becomes of the problems of the topics that have many; each has one rule.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    topics: Vec<OfTopic>,
}

#[derive(Debug)]
struct OfTopic {
    topic: Topic,
    rejects: bool,
    /// Whether they do not count, and why.
    is_suppressed: bool,
    why: Option<Arc<Suppression>>,
    /// Those that are told of; what stands behind the last of them is counted only.
    places: Vec<Span>,
    /// Two that say the same of one place are one.
    counted: Vec<(Span, Message)>,
}

impl Crowd {
    /// Keeps at so many places what is said there, and at as many others of what does not count. Of the server's
    /// warnings, each is said once in any case.
    pub(super) fn of(
        problems: &[Problem],
        most: Option<NonZeroUsize>,
        is_suppressed: impl Fn(&Problem) -> bool,
    ) -> Self {
        let Some(most) = most.map(NonZeroUsize::get).filter(|most| *most < problems.len()) else {
            return Self::default();
        };
        let mut topics: Vec<OfTopic> = Vec::new();
        for problem in problems.iter().filter(|problem| !problem.is_warning()) {
            let is_suppressed = is_suppressed(problem);
            match topics.iter_mut().find(|of| of.is_of(problem, is_suppressed)) {
                Some(of) => of.places.push(problem.span),
                None => topics.push(OfTopic::new(problem, is_suppressed)),
            }
        }
        topics.retain_mut(|of| of.keep(most));
        topics.sort_unstable_by_key(|of| of.topic as u8);
        Self { topics }
    }

    /// Takes a problem that is counted only, with the reason why it does not count, if there is one; any other comes
    /// back.
    pub(super) fn take(&mut self, problem: Problem, why: Option<Arc<Suppression>>) -> Option<Problem> {
        let of = self.topics.iter_mut().find(|of| of.is_of(&problem, why.is_some()));
        match of.filter(|of| of.places.last().is_some_and(|last| problem.span > *last)) {
            Some(of) => {
                of.why = why;
                of.counted.push((problem.span, problem.message));
                None
            }
            None => Some(problem),
        }
    }

    /// Where those stand that the server refuses the object for.
    pub(super) fn refused(&self) -> impl Iterator<Item = u32> {
        self.topics.iter().filter(|of| of.rejects).flat_map(|of| &of.counted).map(|(span, _)| span.start)
    }

    /// How many there are of each rule, all of one document.
    pub(super) fn rests(self, document: usize, rules: &Selection) -> Vec<Rest<Finding>> {
        let rest = |mut of: OfTopic| {
            of.counted.sort_unstable();
            of.counted.dedup();
            let (first, _) = of.counted.first()?;
            let finding = rules.of_topic(of.topic)?.finding(*first, "");
            let severity = finding.severity;
            let first = Finding { document: Some(document), suppressed: of.why, ..finding };
            Some(Rest::new(first, severity, of.counted.len()))
        };
        self.topics.into_iter().filter_map(rest).collect()
    }
}

impl OfTopic {
    fn new(first: &Problem, is_suppressed: bool) -> Self {
        let (topic, rejects, places) = (first.topic, first.rejects(), vec![first.span]);
        Self { topic, rejects, is_suppressed, why: None, places, counted: Vec::new() }
    }

    fn is_of(&self, problem: &Problem, is_suppressed: bool) -> bool {
        self.topic == problem.topic && self.is_suppressed == is_suppressed
    }

    /// Forgets the places beyond as many; whether there are such.
    fn keep(&mut self, most: usize) -> bool {
        let has_more = self.places.len() > most;
        if has_more {
            self.places.sort_unstable();
            self.places.dedup();
            self.places.truncate(most);
            self.places.shrink_to_fit();
        }
        has_more
    }
}
