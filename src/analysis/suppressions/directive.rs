//! What a suppression says, as it is written.

use std::ops::Range;

/// What every comment that is a suppression starts with.
pub(super) const START: &str = "batchlint:";
/// More names than there are rules.
const MOST: usize = 100;

/// What a suppression says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said<'t> {
    /// What it says to do; nothing in an annotation, which has one thing to say.
    pub(super) word: &'t str,
    /// The bytes of each name within the text.
    pub(super) names: Vec<Range<usize>>,
    pub(super) reason: &'t str,
}

/// Words that other programs have for it.
const FOREIGN: [&str; 9] =
    ["ignores", "ignored", "ignore-line", "ignore-next-line", "disable", "disable-line", "noqa", "nolint", "skip"];

/// What a comment says is to be assumed, from `batchlint:` on: a name and a value; `None` of another one. What follows is for
/// people.
pub(super) fn assumed(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(START)?.trim_start();
    let (name, rest) = rest.split_once('=')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let value = rest.split_whitespace().next().unwrap_or_default();
    is_name.then_some((name, if rest.starts_with(char::is_whitespace) { "" } else { value }))
}

impl<'t> Said<'t> {
    /// What a comment says from `batchlint:` on; `None` of one that is for people.
    pub(super) fn of_comment(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix(START)?.trim_start();
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '-').unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        let behind = rest.trim_start();
        if !matches!(word, "ignore" | "ignore-file") && !behind.starts_with('[') && !FOREIGN.contains(&word) {
            return None;
        }
        let (names, reason) = match behind.strip_prefix('[').and_then(|list| list.split_once(']')) {
            Some((list, reason)) => (parts(list, [','], list.as_ptr().addr() - text.as_ptr().addr()), reason),
            None => (Vec::new(), rest),
        };
        Some(Self { word, names, reason: reason.trim_start_matches(is_lead).trim_end() })
    }

    /// What a part of an annotation says: `names: reason`.
    pub(super) fn of_annotation(text: &'t str) -> Self {
        let (names, reason) = text.split_once(':').unwrap_or((text, ""));
        Self { word: "", names: parts(names, [','], 0), reason: reason.trim() }
    }
}

/// The parts of a list, without blanks around them, and without empty ones; the list starts at the byte `at`.
pub(super) fn parts<const N: usize>(list: &str, separators: [char; N], at: usize) -> Vec<Range<usize>> {
    let whole = |part: &str| {
        let start = at + part.as_ptr().addr() - list.as_ptr().addr();
        start..start + part.len()
    };
    let written = list.split(separators).map(str::trim).filter(|part| !part.is_empty());
    written.take(MOST).map(whole).collect()
}

/// What people put between the names and the reason.
fn is_lead(char: char) -> bool {
    char.is_whitespace() || matches!(char, ':' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn a_comment_says_what_to_ignore_and_why() {
        for (text, word, names, reason) in [
            ("batchlint: ignore[a] why", "ignore", "a", "why"),
            ("batchlint:ignore[a,b ,  c]: why not", "ignore", "a b c", "why not"),
            ("batchlint:  ignore [ a, ] — why", "ignore", "a", "why"),
            ("batchlint: ignore-file[a] -- why", "ignore-file", "a", "why"),
            ("batchlint: ignore[a]", "ignore", "a", ""),
            ("batchlint: ignore[] why", "ignore", "", "why"),
            ("batchlint: ignore why", "ignore", "", "why"),
            ("batchlint: ignore", "ignore", "", ""),
            ("batchlint: ignore[a", "ignore", "", "[a"),
            ("batchlint: disable[a] why", "disable", "a", "why"),
            ("batchlint: noqa", "noqa", "", ""),
        ] {
            let said = Said::of_comment(text).expect("it is one");
            let told: Vec<&str> = said.names.iter().map(|name| &text[name.clone()]).collect();
            assert_eq!((said.word, told.join(" ").as_str(), said.reason), (word, names, reason), "{text}");
        }
        assert_eq!(super::assumed("batchlint: run-time=40m as in May"), Some(("run-time", "40m")));
        assert_eq!(super::assumed("batchlint:fails= 3"), Some(("fails", "")));
        for text in ["batchlint: ignore[a] b=c", "batchlint: a b=c", "batchlint: =c", "batchlint: a"] {
            assert_eq!(super::assumed(text), None, "{text}");
        }
        for text in ["batchlint: see the wiki", "batchlint:", "batchlint: is ignored here", "batchlint"] {
            assert_eq!(Said::of_comment(text), None, "{text}");
        }
    }
}
