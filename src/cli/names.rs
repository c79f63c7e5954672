//! Names of rules and groups as arguments: completed by shells, and corrected where they are misspelled.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use super::usage::shortened;
use crate::config;
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
        rules::find(&name).ok_or_else(|| {
            unknown(command, &format!("no rule is named `{}`", shortened(&name)), nearest(&name, names()))
        })
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

fn unknown(command: &Command, what: &str, nearest: Option<&str>) -> Error {
    let hint = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`batchlint rules` lists them".to_owned(),
    };
    Error::raw(ErrorKind::InvalidValue, format!("{what}; {hint}\n")).with_cmd(command)
}
