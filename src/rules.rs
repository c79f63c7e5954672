//! The rulebook: one folder a group, one file a rule.

mod api;
mod change;
mod command;
mod fleet;
mod index;
mod kustomize;
mod lifecycle;
mod pod;
mod run;
mod schedule;
mod selection;
mod suppression;
mod yaml;

use std::collections::BTreeSet;

use crate::rule::Entry;
use crate::sort;

#[cfg(feature = "templates")]
pub(crate) use selection::UNRENDERED;
pub(crate) use selection::{Selection, Wish};

/// Every rule, in order of group and name.
pub fn all() -> impl ExactSizeIterator<Item = &'static Entry> + Clone {
    index::ALL.iter()
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}

/// The rules that speak of all these words, those first that have them in their names, then those with them in the first
/// lines of their pages, each in order of group and name.
#[must_use]
pub fn about(words: &str) -> Vec<&'static Entry> {
    let words: Vec<String> = words.split_whitespace().map(|word| letters(word).collect()).collect();
    if words.is_empty() || words.iter().any(|word| word.len() < 3) {
        return Vec::new();
    }
    let speaks = |text: &str| words.iter().all(|word| has(text, word));
    let rank = |entry: &Entry| {
        let page = &entry.rule.page;
        let what = page.body().split("\n## ").next().unwrap_or_default();
        [entry.name, &[page.summary, page.formerly].join(" "), what].into_iter().position(speaks)
    };
    let mut found: Vec<_> = all().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    sort::by_key(&mut found, |(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Whether a word stands in a text where one starts, be it written as several there.
fn has(text: &str, word: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, char)| {
        let starts = !before.is_alphanumeric() || before.is_lowercase() && char.is_uppercase();
        before = char;
        let mut letters = letters(&text[at..]);
        starts && word.chars().all(|char| letters.next() == Some(char))
    })
}

/// What is left where words are written as one, or in another case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The groups of the rulebook, each once.
#[must_use]
pub fn groups() -> BTreeSet<&'static str> {
    all().map(|entry| entry.group).collect()
}
