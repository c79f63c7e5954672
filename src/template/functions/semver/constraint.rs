//! Constraints on versions as Masterminds' library reads them: `>=1.21-0 <2 || ^3.1`.

use std::cmp::Ordering;

use super::version::{Version, is_word};

/// Alternatives, each of constraints that hold together.
pub(super) struct Constraints(Vec<Vec<Constraint>>);

struct Constraint {
    operator: Operator,
    version: Version,
    /// How many of the three numbers are said.
    said: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    AtLeast,
    AtMost,
    Tilde,
    Caret,
}

/// Longer ones first.
const OPERATORS: [(&str, Operator); 12] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::AtLeast),
    ("=>", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=<", Operator::AtMost),
    ("~>", Operator::Tilde),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
    ("", Operator::Equal),
];

impl Constraints {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let text = without_ranges(text);
        let alternatives: Result<_, String> = text.split("||").map(alternative).collect();
        Ok(Self(alternatives?))
    }

    pub(super) fn allow(&self, version: &Version) -> bool {
        self.0.iter().any(|constraints| {
            // Who names one pre-release looks at all of them.
            let names_one = constraints.iter().any(|constraint| !constraint.version.prerelease.is_empty());
            let is_looked_at = version.prerelease.is_empty() || names_one;
            is_looked_at && constraints.iter().all(|constraint| constraint.allows(version))
        })
    }
}

/// `1.2 - 1.4` written as two constraints.
fn without_ranges(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut written = text.to_owned();
    for range in words.windows(3).filter(|words| words[1] == "-") {
        let (Some((low, "")), Some((high, ""))) = (token(range[0]), token(range[2])) else { continue };
        if let Some(from) = written.find(range[0])
            && let Some(to) = written[from..].find(range[2]).map(|at| from + at + range[2].len())
        {
            written.replace_range(from..to, &format!(">={low}, <={high}"));
        }
    }
    written
}

/// Constraints with blanks or commas between them.
fn alternative(text: &str) -> Result<Vec<Constraint>, String> {
    let improper = || format!("improper constraint: {text:?}");
    let mut constraints = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let (constraint, after) = Constraint::read(rest).ok_or_else(improper)?;
        constraints.push(constraint);
        let trimmed = after.trim_start();
        if trimmed.is_empty() {
            return Ok(constraints);
        }
        rest = match trimmed.strip_prefix(',') {
            Some(after) => after.trim_start(),
            None if trimmed.len() < after.len() => trimmed,
            None => return Err(improper()),
        };
    }
}

/// A version at the start of a text, with `x` and `*` for numbers; what follows.
fn token(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|char: char| char.is_whitespace() || char == ',').unwrap_or(text.len());
    let (token, rest) = text.split_at(end);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let body = token.strip_prefix('v').unwrap_or(token);
    let (body, metadata) = body.split_once('+').map_or((body, None), |(body, suffix)| (body, Some(suffix)));
    let (body, prerelease) = body.split_once('-').map_or((body, None), |(body, suffix)| (body, Some(suffix)));
    let are_words = [prerelease, metadata].into_iter().flatten().all(|suffix| suffix.split('.').all(is_word));
    let parts: Vec<&str> = body.split('.').collect();
    let is_version = parts.len() <= 3 && parts.iter().all(|part| is_number(part) || is_any(part));
    (is_version && are_words).then_some((token, rest))
}

fn is_any(part: &str) -> bool {
    matches!(part, "x" | "X" | "*")
}

impl Constraint {
    /// The constraint at the start of a text; what follows.
    fn read(text: &str) -> Option<(Self, &str)> {
        let (rest, operator) =
            OPERATORS.iter().find_map(|&(sign, operator)| Some((text.strip_prefix(sign)?, operator)))?;
        let (token, rest) = token(rest.trim_start())?;
        let body = token.strip_prefix('v').unwrap_or(token);
        let numbers = body.split(['-', '+']).next().unwrap_or_default();
        let suffix = &body[numbers.len()..];
        let parts: Vec<&str> = numbers.split('.').take_while(|part| !is_any(part)).collect();
        let written: Vec<&str> = parts.iter().copied().chain(["0"; 3]).take(3).collect();
        let prerelease = suffix.split('+').next().unwrap_or_default();
        let version = Version::read(&format!("{}{prerelease}", written.join("."))).ok()?;
        Some((Self { operator, version, said: parts.len() }, rest))
    }

    fn allows(&self, version: &Version) -> bool {
        let order = version.order(&self.version);
        let [major, minor, _] = version.numbers;
        let [own_major, own_minor, _] = self.version.numbers;
        match self.operator {
            Operator::Equal if self.said < 3 => self.tilde(version),
            Operator::Equal => order.is_eq(),
            Operator::NotEqual => self.differs(version),
            Operator::Less => order.is_lt(),
            Operator::AtLeast => order.is_ge(),
            Operator::Greater => match (self.said, major.cmp(&own_major)) {
                (3, _) => order.is_gt(),
                (_, Ordering::Greater) => true,
                (_, Ordering::Less) | (1, Ordering::Equal) => false,
                (2, Ordering::Equal) => minor > own_minor,
                _ => order.is_gt(),
            },
            Operator::AtMost if self.said == 3 => order.is_le(),
            Operator::AtMost => major < own_major || major == own_major && (minor <= own_minor || self.said == 1),
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    /// Not the version, or not of the versions that the numbers which are said begin.
    fn differs(&self, version: &Version) -> bool {
        let said = self.said.max(1);
        if self.said < 3 && version.numbers[..said] != self.version.numbers[..said] {
            return true;
        }
        match self.said {
            1 => false,
            2 => {
                (!version.prerelease.is_empty() || !self.version.prerelease.is_empty())
                    && version.prerelease != self.version.prerelease
            }
            _ => version.order(&self.version).is_ne(),
        }
    }

    /// As high at least, with the same major and minor number, as far as they are said.
    fn tilde(&self, version: &Version) -> bool {
        if version.order(&self.version).is_lt() {
            return false;
        }
        let is_any = self.version.numbers == [0; 3] && !matches!(self.said, 1 | 2);
        let said = self.said.clamp(1, 2);
        is_any || version.numbers[..said] == self.version.numbers[..said]
    }

    /// As high at least, with the same numbers up to the first that is not zero.
    fn caret(&self, version: &Version) -> bool {
        if version.order(&self.version).is_lt() {
            return false;
        }
        let [major, minor, _] = self.version.numbers;
        let same = match self.said {
            _ if major > 0 => 1,
            1 => 1,
            _ if minor > 0 => 2,
            2 => 2,
            _ => 3,
        };
        version.numbers[..same] == self.version.numbers[..same]
    }
}
