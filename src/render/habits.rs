//! What pedantic rules found and nobody asked for: counted, and told in a line.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file::File;
use crate::diagnostic::Late;
use crate::lint::Habit as Found;
use crate::rule::Audience;
use crate::rules;
use crate::sort;
use crate::text::{grouped, visible};

/// Findings that are counted and not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits {
    counts: BTreeMap<&'static str, usize>,
    /// The places of the first ones.
    first: Vec<Habit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Habit {
    file: Arc<str>,
    line: u32,
    rule: &'static str,
}

/// With so many objects, each finding is told with its place, if there are not too many.
const FEW_OBJECTS: usize = 5;
const FEW_PLACES: usize = 12;
/// How many kinds are named where there are many findings.
const KINDS: usize = 3;

impl Habits {
    /// Those of one file.
    pub(super) fn of(file: &File<'_>, found: &[Found]) -> Self {
        let mut habits = Self::default();
        let name: Arc<str> = file.name.into();
        for one in found {
            habits.count(&name, || file.point(one.span.start).line, one.rule);
        }
        habits
    }

    /// Adds one that is known only when all files were read.
    pub(super) fn add_late(&mut self, late: &Late) {
        self.count(&late.at().file, || late.at().start.line, late.finding().rule);
    }

    /// Adds those of another file.
    pub(super) fn add(&mut self, other: Self) {
        for (rule, count) in other.counts {
            *self.counts.entry(rule).or_default() += count;
        }
        let room = FEW_PLACES.saturating_sub(self.first.len());
        self.first.extend(other.first.into_iter().take(room));
    }

    /// How many there are of each rule.
    pub(super) const fn counts(&self) -> &BTreeMap<&'static str, usize> {
        &self.counts
    }

    /// The line for people; `objects` were checked.
    pub(super) fn line(&self, objects: usize) -> Option<String> {
        match self.counts.values().sum() {
            0 => None,
            all if objects <= FEW_OBJECTS && all == self.first.len() => {
                Some(format!("Habits: {}: --pedantic", self.places()))
            }
            1 => Some(format!("Not shown: 1 remark on habits ({}): --pedantic", self.kinds())),
            all => Some(format!("Not shown: {} remarks on habits ({}): --pedantic", grouped(all as i64), self.kinds())),
        }
    }

    fn count(&mut self, file: &Arc<str>, line: impl FnOnce() -> u32, rule: &'static str) {
        *self.counts.entry(rule).or_default() += 1;
        if self.first.len() < FEW_PLACES {
            self.first.push(Habit { file: Arc::clone(file), line: line(), rule });
        }
    }

    /// `job.yaml:5 no backoffLimit (6 retries), no concurrencyPolicy; line 8 …`
    fn places(&self) -> String {
        let mut text = String::new();
        let mut before: Option<&Habit> = None;
        let mut first: Vec<&Habit> = self.first.iter().collect();
        sort::by_key(&mut first, |habit| (Arc::clone(&habit.file), habit.line));
        for habit in first {
            let is_there = before.is_some_and(|before| (&before.file, before.line) == (&habit.file, habit.line));
            let separator = if before.is_some() { "; " } else { "" };
            if is_there {
                text.push_str(", ");
            } else if before.is_some_and(|before| before.file == habit.file) {
                text.push_str(&format!("{separator}line {} ", habit.line));
            } else {
                text.push_str(&format!("{separator}{}:{} ", visible(&habit.file), habit.line));
            }
            text.push_str(words(habit.rule));
            before = Some(habit);
        }
        text
    }

    /// `101 times an image that moves, 85 times no backoffLimit, …`, the commonest first.
    fn kinds(&self) -> String {
        let mut kinds: Vec<(&'static str, usize)> = self.counts.iter().map(|(rule, count)| (*rule, *count)).collect();
        sort::by_key(&mut kinds, |(_, count)| std::cmp::Reverse(*count));
        let named = kinds.iter().take(KINDS).map(|(rule, count)| {
            let words = words(rule);
            let short = words.split_once(" (").map_or(words, |(short, _)| short);
            if *count == 1 { short.to_owned() } else { format!("{} times {short}", grouped(*count as i64)) }
        });
        let mut named: Vec<String> = named.collect();
        if kinds.len() > KINDS {
            named.push("…".to_owned());
        }
        named.join(", ")
    }
}

/// What a rule's page calls the habit.
fn words(rule: &'static str) -> &'static str {
    match rules::find(rule).map(|entry| entry.rule.page.audience) {
        Some(Audience::Pedantic { habit }) => habit,
        _ => rule,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::text::{Source, Span};

    fn habits(rules: &[(&'static str, u32)]) -> Habits {
        let source = Source::new("a.yaml", "a: 1\nb: 2\nc: 3\n");
        let found = |(rule, at): &(&'static str, u32)| Found { span: Span::empty(*at), rule };
        let found: Vec<Found> = rules.iter().map(found).collect();
        Habits::of(&File::new(&source, Path::new("a.yaml")), &found)
    }

    #[test]
    fn of_few_objects_each_habit_is_told_with_its_place() {
        let few = habits(&[("backoff-limit-unset", 5), ("concurrency-policy-unset", 5), ("image-not-pinned", 10)]);
        let told = "Habits: a.yaml:2 no backoffLimit (6 retries), no concurrencyPolicy (runs may overlap); line 3 an image \
                    that moves: --pedantic";
        assert_eq!(few.line(5).as_deref(), Some(told));
        assert_eq!(habits(&[]).line(1), None);
    }

    #[test]
    fn of_many_the_commonest_are_named() {
        let mut many = habits(&[("ttl-unset", 0), ("image-not-pinned", 0)]);
        for _ in 0..20 {
            many.add(habits(&[("backoff-limit-unset", 5), ("image-not-pinned", 10), ("concurrency-policy-unset", 0)]));
        }
        let told = "Not shown: 62 remarks on habits (21 times an image that moves, 20 times no backoffLimit, 20 times no \
                    concurrencyPolicy, …): --pedantic";
        assert_eq!(many.line(20).as_deref(), Some(told));
        let one = habits(&[("ttl-unset", 0)]);
        assert_eq!(
            one.line(6).as_deref(),
            Some("Not shown: 1 remark on habits (no ttlSecondsAfterFinished): --pedantic")
        );
    }
}
