//! A version as Masterminds' library reads it: `v` in front and missing numbers are fine.

use std::cmp::Ordering;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) numbers: [u64; 3],
    pub(super) prerelease: String,
    pub(super) metadata: String,
}

const INVALID: &str = "invalid semantic version";

impl Version {
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let (text, metadata) = suffix(text, '+');
        let (text, prerelease) = suffix(text, '-');
        let mut numbers = [0; 3];
        let parts: Vec<&str> = text.split('.').collect();
        let are_numbers = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if parts.len() > numbers.len() || !are_numbers {
            return Err(INVALID);
        }
        for (number, part) in numbers.iter_mut().zip(parts) {
            *number = part.parse().map_err(|_| INVALID)?;
        }
        let are_words = [prerelease, metadata].into_iter().flatten().all(|suffix| suffix.split('.').all(is_word));
        if !are_words {
            return Err(INVALID);
        }
        let has_zero =
            |part: &str| part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit());
        if prerelease.is_some_and(|suffix| suffix.split('.').any(has_zero)) {
            return Err("version segment starts with 0");
        }
        let owned = |suffix: Option<&str>| suffix.unwrap_or_default().to_owned();
        Ok(Self { numbers, prerelease: owned(prerelease), metadata: owned(metadata) })
    }

    /// The order of semantic versions, which does not look at metadata.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| prerelease_order(&self.prerelease, &other.prerelease))
    }
}

fn suffix(text: &str, before: char) -> (&str, Option<&str>) {
    text.split_once(before).map_or((text, None), |(text, suffix)| (text, Some(suffix)))
}

pub(super) fn is_word(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// None is the highest; numbers are below words.
fn prerelease_order(one: &str, other: &str) -> Ordering {
    match (one.is_empty(), other.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut ones, mut others) = (one.split('.'), other.split('.'));
    loop {
        let order = match (ones.next(), others.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => match (one.parse::<u64>(), other.parse::<u64>()) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => one.cmp(other),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(out, "{major}.{minor}.{patch}")?;
        for (before, suffix) in [('-', &self.prerelease), ('+', &self.metadata)] {
            if !suffix.is_empty() {
                write!(out, "{before}{suffix}")?;
            }
        }
        Ok(())
    }
}
