//! How many findings of one rule are kept: what is wrong a thousand times over is no clearer for more.

use std::num::NonZeroUsize;

use crate::diagnostic::{Finding, Severity};

/// Findings of one rule that are counted only.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Rest<T> {
    /// The first of them.
    pub first: T,
    /// How many there are of each severity, the least one first.
    counts: [usize; 3],
}

impl<T> Rest<T> {
    /// So many findings of that severity.
    pub(crate) fn new(first: T, severity: Severity, count: usize) -> Self {
        let mut rest = Self { first, counts: [0; 3] };
        rest.counts[severity as usize] = count;
        rest
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many there are of that severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> usize {
        self.counts[severity as usize]
    }

    /// Counts all of them as findings of that severity.
    pub(crate) fn weigh(&mut self, severity: Severity) {
        let count = self.count();
        self.counts = [0; 3];
        self.counts[severity as usize] = count;
    }

    fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

/// Documents with as many findings of a rule as are kept, of which a file has all: there may be no end of documents.
const DOCUMENTS: usize = 10;

/// Parts findings that are kept from those that are counted. They come in the order of their files, and those of a rule
/// in the order of their documents.
#[derive(Debug)]
pub(crate) struct Limit<F, T> {
    most: Option<NonZeroUsize>,
    finding: fn(&T) -> &Finding,
    /// Few rules find much: they are sooner compared than hashed.
    rules: Vec<(&'static str, Seen<F>)>,
    rests: Vec<Rest<T>>,
}

/// What came of a rule.
#[derive(Debug)]
struct Seen<F> {
    file: F,
    document: Option<usize>,
    of_file: Room,
    of_document: Room,
}

/// How many were kept, and where the rest of them is counted.
#[derive(Debug, Default)]
struct Room {
    kept: usize,
    rest: Option<usize>,
}

impl<F: PartialEq, T> Limit<F, T> {
    /// Keeps so many of a rule in a document, and ten times as many in a file, or all; `finding` tells the finding.
    pub(crate) fn new(most: Option<NonZeroUsize>, finding: fn(&T) -> &Finding) -> Self {
        Self { most, finding, rules: Vec::new(), rests: Vec::new() }
    }

    /// How many more of a rule are kept in a document of a file.
    pub(crate) fn room(&self, rule: &str, document: usize, file: &F) -> usize {
        let Some(most) = self.most.map(NonZeroUsize::get) else { return usize::MAX };
        let seen = self.rules.iter().find(|(of, seen)| *of == rule && seen.file == *file);
        let Some((_, seen)) = seen else { return most };
        let of_document = if seen.document == Some(document) { seen.of_document.kept } else { 0 };
        (most - of_document).min(most.saturating_mul(DOCUMENTS) - seen.of_file.kept)
    }

    /// Takes a finding of a file; it comes back where it is kept.
    pub(crate) fn keep(&mut self, one: T, file: F) -> Option<T> {
        let Some(most) = self.most.map(NonZeroUsize::get) else { return Some(one) };
        let severity = (self.finding)(&one).severity;
        let seen = seen(&mut self.rules, (self.finding)(&one), file);
        if seen.of_document.kept < most && seen.of_file.kept < most.saturating_mul(DOCUMENTS) {
            seen.of_document.kept += 1;
            seen.of_file.kept += 1;
            return Some(one);
        }
        seen.room(most).count(Rest::new(one, severity, 1), &mut self.rests);
        None
    }

    /// Takes findings of a document of which as many were kept as can be.
    pub(crate) fn leave_out(&mut self, rest: Rest<T>, file: F) {
        let most = self.most.map_or(usize::MAX, NonZeroUsize::get);
        let seen = seen(&mut self.rules, (self.finding)(&rest.first), file);
        seen.room(most).count(rest, &mut self.rests);
    }

    /// Counts so many more of a rule in a document, where no more of it are kept of the file and others of it are counted;
    /// whether that is so.
    pub(crate) fn count_on(&mut self, (rule, severity): (&str, Severity), document: usize, count: usize) -> bool {
        let most = self.most.map_or(usize::MAX, NonZeroUsize::get);
        let seen = self.rules.iter().find(|(of, _)| *of == rule).map(|(_, seen)| seen);
        let is_full = |seen: &&Seen<F>| seen.of_file.kept >= most.saturating_mul(DOCUMENTS);
        let Some(seen) = seen.filter(is_full) else { return false };
        let has_room = seen.document != Some(document) || seen.of_document.kept < most;
        let rest = if has_room { seen.of_file.rest } else { seen.of_document.rest };
        rest.is_some_and(|at| {
            self.rests[at].counts[severity as usize] += count;
            true
        })
    }

    /// Those that were not kept, by rule and document, or by rule where the file had too many.
    pub(crate) fn into_rests(self) -> Vec<Rest<T>> {
        self.rests
    }
}

/// What came of a finding's rule until it came.
fn seen<'s, F: PartialEq>(
    rules: &'s mut Vec<(&'static str, Seen<F>)>,
    &Finding { rule, document, .. }: &Finding,
    file: F,
) -> &'s mut Seen<F> {
    let (of_file, of_document) = (Room::default(), Room::default());
    let Some(at) = rules.iter().position(|(of, _)| *of == rule) else {
        rules.push((rule, Seen { file, document, of_file, of_document }));
        return &mut rules.last_mut().expect("one was pushed").1;
    };
    let seen = &mut rules[at].1;
    if seen.file != file {
        *seen = Seen { file, document, of_file, of_document };
    } else if seen.document != document {
        (seen.document, seen.of_document) = (document, of_document);
    }
    seen
}

impl<F> Seen<F> {
    /// Where those are counted that are not kept.
    fn room(&mut self, most: usize) -> &mut Room {
        if self.of_document.kept < most { &mut self.of_file } else { &mut self.of_document }
    }
}

impl Room {
    fn count<T>(&mut self, rest: Rest<T>, rests: &mut Vec<Rest<T>>) {
        match self.rest {
            Some(at) => rests[at].add(&rest),
            None => {
                self.rest = Some(rests.len());
                rests.push(rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn finding((rule, document, at): (&'static str, usize, u32)) -> Finding {
        let severity = if at % 2 == 0 { Severity::Error } else { Severity::Advice };
        Finding { document: Some(document), ..Finding::new(rule, "api", severity, Span::empty(at), "") }
    }

    fn limited(
        most: usize,
        all: impl IntoIterator<Item = (&'static str, usize, u32)>,
    ) -> (Vec<u32>, Vec<Rest<Finding>>) {
        let mut limit = Limit::new(NonZeroUsize::new(most), |finding: &Finding| finding);
        let kept = all.into_iter().filter_map(|one| limit.keep(finding(one), ()));
        let kept = kept.map(|finding| finding.span.start).collect();
        (kept, limit.into_rests())
    }

    #[test]
    fn the_first_of_each_rule_in_a_document_are_kept_and_the_rest_is_counted() {
        let all =
            [("a", 0, 1), ("b", 0, 2), ("a", 0, 3), ("a", 0, 4), ("b", 1, 5), ("a", 0, 6), ("a", 0, 7), ("a", 1, 8)];
        let (kept, rests) = limited(2, all);
        assert_eq!(kept, [1, 2, 3, 5, 8]);
        let rests = rests.iter().map(|rest| (rest.first.span.start, rest.count(), rest.of(Severity::Error)));
        assert_eq!(rests.collect::<Vec<_>>(), [(4, 3, 2)]);
        assert_eq!(limited(0, all).0.len(), all.len());
    }

    #[test]
    fn room_is_for_what_a_document_and_its_file_still_keep() {
        let mut limit = Limit::new(NonZeroUsize::new(2), |finding: &Finding| finding);
        let mut rooms = Vec::new();
        for document in 0..22 {
            rooms.push(limit.room("a", document, &()));
            limit.keep(finding(("a", document, 1)), ());
        }
        assert_eq!(rooms, [[2; 19].as_slice(), &[1, 0, 0]].concat());
        assert_eq!(limit.room("b", 21, &()), 2);
        let mut limit = Limit::new(NonZeroUsize::new(2), |finding: &Finding| finding);
        limit.keep(finding(("a", 0, 1)), 'x');
        assert_eq!([('x', 0), ('x', 1), ('y', 0)].map(|(file, document)| limit.room("a", document, &file)), [1, 2, 2]);
        let no_limit = Limit::new(None, |finding: &Finding| finding);
        assert_eq!(no_limit.room("a", 0, &()), usize::MAX);
    }

    #[test]
    fn more_are_counted_on_where_a_file_keeps_no_more() {
        let mut limit = Limit::new(NonZeroUsize::new(1), |finding: &Finding| finding);
        let advice = ("a", Severity::Advice);
        for document in 0..10 {
            assert!(!limit.count_on(advice, document, 1));
            limit.keep(finding(("a", document, 1)), ());
        }
        // Nothing is counted yet that it could be added to.
        assert!(!limit.count_on(advice, 10, 1));
        limit.keep(finding(("a", 10, 1)), ());
        assert!(limit.count_on(advice, 10, 3) && limit.count_on(advice, 11, 4));
        assert!(!limit.count_on(("b", Severity::Advice), 11, 1));
        assert_eq!(
            limit.into_rests().iter().map(|rest| (rest.first.document, rest.count())).collect::<Vec<_>>(),
            [(Some(10), 8)]
        );
    }

    #[test]
    fn of_a_file_of_many_documents_ten_times_as_many_are_kept() {
        let documents = (0..50).map(|at| ("a", at as usize, at));
        let (kept, rests) = limited(2, documents);
        assert_eq!(kept, (0..20).collect::<Vec<_>>());
        assert_eq!(rests.iter().map(|rest| (rest.first.span.start, rest.count())).collect::<Vec<_>>(), [(20, 30)]);
    }
}
