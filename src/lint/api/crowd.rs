//! Problems of one object, where there are so many of a rule that most of them are counted only: nobody reads what they
//! say, and it would take more room than the object.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;

use crate::diagnostic::Finding;
use crate::k8s::{Problem, Topic};
use crate::lint::limit::Rest;
use crate::rules::Selection;
use crate::text::Span;

/// What becomes of the problems of each topic, which has one rule.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// The last place of the topics that have many: what stands behind is counted only.
    last: HashMap<Topic, Span>,
    counted: Vec<Counted>,
}

/// A problem as far as it is told from others.
#[derive(Debug)]
struct Counted {
    topic: Topic,
    rejects: bool,
    span: Span,
    /// Two that say the same of one place are one.
    words: u64,
}

impl Crowd {
    /// Keeps at so many places what is said there. Of the server's warnings, each is said once in any case.
    pub(super) fn of(problems: &[Problem], most: Option<NonZeroUsize>) -> Self {
        let Some(most) = most.map(NonZeroUsize::get).filter(|most| *most < problems.len()) else {
            return Self::default();
        };
        let mut places: HashMap<Topic, Vec<Span>> = HashMap::new();
        for problem in problems.iter().filter(|problem| !problem.is_warning()) {
            places.entry(problem.topic).or_default().push(problem.span);
        }
        places.retain(|_, spans| spans.len() > most);
        let last = places.into_iter().filter_map(|(topic, mut spans)| {
            spans.sort_unstable();
            spans.dedup();
            Some((topic, *spans.get(most - 1)?))
        });
        Self { last: last.collect(), counted: Vec::new() }
    }

    /// Takes a problem that is counted only.
    pub(super) fn take(&mut self, problem: &Problem) -> bool {
        let &Problem { topic, span, .. } = problem;
        let is_counted = self.last.get(&topic).is_some_and(|last| span > *last);
        if is_counted {
            let mut words = DefaultHasher::new();
            problem.message.hash(&mut words);
            self.counted.push(Counted { topic, rejects: problem.rejects(), span, words: words.finish() });
        }
        is_counted
    }

    /// Where those stand that the server refuses the object for.
    pub(super) fn refused(&self) -> impl Iterator<Item = u32> {
        self.counted.iter().filter(|one| one.rejects).map(|one| one.span.start)
    }

    /// How many there are of each rule, all of one document.
    pub(super) fn rests(mut self, document: usize, rules: &Selection) -> Vec<Rest<Finding>> {
        self.counted.sort_unstable_by_key(Counted::told);
        self.counted.dedup_by_key(|one| one.told());
        let of_topics = self.counted.chunk_by(|one, next| one.topic == next.topic);
        let rest = |of_one: &[Counted]| {
            let first = of_one.first()?;
            let finding = rules.of_topic(first.topic)?.finding(first.span, "");
            let severity = finding.severity;
            Some(Rest::new(Finding { document: Some(document), ..finding }, severity, of_one.len()))
        };
        of_topics.filter_map(rest).collect()
    }
}

impl Counted {
    const fn told(&self) -> (u8, Span, u64) {
        (self.topic as u8, self.span, self.words)
    }
}
