//! Names of rules and groups as arguments: completed by shells, and corrected where they are misspelled.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use super::usage::shortened;
use crate::config;
use crate::diagnostic::Severity;
use crate::k8s::schema::nearest;
use crate::rule::Entry;
use crate::rules;

/// Reads the name of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleName;

/// A rule that was named.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) rule: &'static Entry,
    /// What it is called now, where the name is an old one.
    pub(super) renamed: Vec<String>,
}

/// How many rules that speak of a word are named.
const FEW: usize = 5;

/// Reads the name of a rule or of a group, or `all`.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleOrGroup;

/// Reads a severity.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeverityName;

impl TypedValueParser for SeverityName {
    type Value = Severity;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let names = PossibleValuesParser::new(SEVERITIES.map(Severity::name));
        let name = names.parse_ref(command, arg, value)?;
        Ok(SEVERITIES.into_iter().find(|severity| severity.name() == name).unwrap_or(Severity::Advice))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(SEVERITIES.into_iter().map(|severity| PossibleValue::new(severity.name()))))
    }
}

/// The worst first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

impl TypedValueParser for RuleName {
    type Value = Named;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let name = value.to_string_lossy();
        if let Some(rule) = rules::find(&name) {
            return Ok(Named { rule, renamed: Vec::new() });
        }
        let former = rules::all().find(|entry| entry.rule.page.was_named(&name));
        former.map(|rule| Named { rule, renamed: config::renamed(&[&name]) }).ok_or_else(|| no_rule(command, &name))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(rules::all().map(|entry| PossibleValue::new(entry.name).help(entry.rule.page.summary))))
    }
}

impl TypedValueParser for RuleOrGroup {
    type Value = String;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let word = value.to_string_lossy();
        match config::known(&word) {
            Ok(()) => Ok(word.into_owned()),
            Err(error) => {
                Err(unknown(command, &format!("no rule or group is named `{}`", shortened(&word)), error.nearest))
            }
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let groups = rules::groups().into_iter().map(|group| PossibleValue::new(group).help("a group of rules"));
        Some(Box::new(groups.chain(RuleName.possible_values().into_iter().flatten())))
    }
}

/// What to do about a word that is no rule's name, but what somebody looks for.
fn no_rule(command: &Command, word: &str) -> Error {
    if rules::groups().contains(word) {
        let what = format!("`{word}` is a group of rules; `batchlint rules` lists them\n");
        return Error::raw(ErrorKind::InvalidValue, what).with_cmd(command);
    }
    let what = format!("no rule is named `{}`", shortened(word));
    let nearest = nearest(word, rules::all().map(|entry| entry.name));
    let about: Vec<String> = rules::about(word).iter().take(FEW).map(|entry| format!("`{}`", entry.name)).collect();
    match (nearest, about.as_slice()) {
        (None, [only]) => unknown(command, &what, Some(only.trim_matches('`'))),
        (None, [first @ .., last]) => {
            let what = format!("{what}; {} and {last} speak of it\n", first.join(", "));
            Error::raw(ErrorKind::InvalidValue, what).with_cmd(command)
        }
        (nearest, _) => unknown(command, &what, nearest),
    }
}

fn unknown(command: &Command, what: &str, nearest: Option<&str>) -> Error {
    let hint = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`batchlint rules` lists them".to_owned(),
    };
    Error::raw(ErrorKind::InvalidValue, format!("{what}; {hint}\n")).with_cmd(command)
}
