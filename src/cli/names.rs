//! Names of rules and groups as arguments: completed by shells, and corrected where they are misspelled.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use crate::k8s::schema::nearest;
use crate::rule::Entry;
use crate::rules;

/// Reads the name of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleName;

/// Reads the name of a rule or of a group, or `all`.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleOrGroup;

impl TypedValueParser for RuleName {
    type Value = &'static Entry;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let name = value.to_string_lossy();
        let names = || rules::all().map(|entry| entry.name);
        rules::find(&name)
            .ok_or_else(|| unknown(command, &format!("no rule is named `{name}`"), nearest(&name, names())))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(rules::all().map(|entry| PossibleValue::new(entry.name).help(entry.rule.page.summary))))
    }
}

impl TypedValueParser for RuleOrGroup {
    type Value = String;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Self::Value, Error> {
        let word = value.to_string_lossy();
        if rules::all().any(|entry| entry.is_meant_by(&word)) {
            return Ok(word.into_owned());
        }
        let names = groups().into_iter().chain(rules::all().map(|entry| entry.name));
        Err(unknown(command, &format!("no rule or group is named `{word}`"), nearest(&word, names)))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let groups = groups().into_iter().map(|group| PossibleValue::new(group).help("a group of rules"));
        Some(Box::new(groups.chain(RuleName.possible_values().into_iter().flatten())))
    }
}

fn groups() -> BTreeSet<&'static str> {
    rules::all().map(|entry| entry.group).collect()
}

fn unknown(command: &Command, what: &str, nearest: Option<&str>) -> Error {
    let hint = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`batchlint rules` lists them".to_owned(),
    };
    Error::raw(ErrorKind::InvalidValue, format!("{}; {hint}\n", crate::render::visible(what))).with_cmd(command)
}
