//! Parameters of rules: the limits that people disagree on.

use serde::{Deserialize as _, Deserializer};

use super::duration;
use crate::schedule::Seconds;
use crate::text::{Message, Word, kept};

/// A limit of a rule that a configuration may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The key in `[rules.NAME]`.
    pub name: &'static str,
    /// What it is, in some words.
    pub about: &'static str,
    /// How it is written.
    pub unit: Unit,
    /// What holds where nothing is said.
    pub default: i64,
    /// The least and the most that it can be.
    pub range: (i64, i64),
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// A number of something.
    Count,
    /// A length of time, in seconds, written with its unit: `"5m"`.
    Length,
}

impl Parameter {
    /// A number of something.
    pub(crate) const fn count(name: &'static str, about: &'static str, default: i64, range: (i64, i64)) -> Self {
        Self { name, about, unit: Unit::Count, default, range }
    }

    /// A length of time, all of it in seconds.
    pub(crate) const fn length(name: &'static str, about: &'static str, default: i64, range: (i64, i64)) -> Self {
        Self { name, about, unit: Unit::Length, default, range }
    }

    /// A value as a configuration writes it, without quotes.
    #[must_use]
    pub fn written(&self, value: i64) -> String {
        match self.unit {
            Unit::Count => value.to_string(),
            Unit::Length => duration::written(Seconds::new(value)),
        }
    }

    /// A value as it stands in a configuration file.
    #[must_use]
    pub fn in_toml(&self, value: i64) -> String {
        let written = self.written(value);
        if self.unit == Unit::Length { format!("\"{written}\"") } else { written }
    }

    /// What a rule's page says of it, as an item of a list.
    #[must_use]
    pub fn line(&self) -> String {
        let [default, least, most] = [self.default, self.range.0, self.range.1].map(|value| self.in_toml(value));
        format!("`{} = {default}`: {}; from `{least}` to `{most}`", self.name, self.about)
    }
}

/// The parameters that a configuration sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits(#[serde(deserialize_with = "limits")] Vec<(Word, Word, i64)>);

/// Reads limits that were written down.
fn limits<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(Word, Word, i64)>, D::Error> {
    let limits = Vec::<(String, String, i64)>::deserialize(from)?;
    Ok(limits.into_iter().map(|(rule, parameter, value)| (kept(rule), kept(parameter), value)).collect())
}

impl Limits {
    /// Sets one of a rule; what was set before no longer holds.
    pub fn set(&mut self, rule: &'static str, parameter: &Parameter, value: i64) {
        self.0.retain(|(other, name, _)| (*other, *name) != (rule, parameter.name));
        self.0.push((rule, parameter.name, value));
    }

    fn get(&self, rule: &str, parameter: &Parameter) -> Option<i64> {
        self.0.iter().find(|(other, name, _)| (*other, *name) == (rule, parameter.name)).map(|(.., value)| *value)
    }
}

/// The limits of one rule, which notes those that were set and asked for: what is found rests on them.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    limits: &'a Limits,
    rule: &'static str,
    set: Vec<(&'static str, String)>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(limits: &'a Limits, rule: &'static str) -> Self {
        Self { limits, rule, set: Vec::new() }
    }

    /// The limit in force.
    pub(super) fn limit(&mut self, parameter: &Parameter) -> i64 {
        let Some(value) = self.limits.get(self.rule, parameter) else { return parameter.default };
        if !self.set.iter().any(|(name, _)| *name == parameter.name) {
            self.set.push((parameter.name, parameter.written(value)));
        }
        value
    }

    /// A message, with the limits behind it that were set.
    pub(super) fn said_behind(&self, message: Message) -> Message {
        if self.set.is_empty() {
            return message;
        }
        let set: Vec<String> = self.set.iter().map(|(name, value)| format!("`{name}` is {value}")).collect();
        format!("{} ({} by configuration)", message.as_str(), set.join(", ")).into()
    }
}
