//! What the surroundings tell the program: the terminal, the environment, the clock, the current folder.

#![expect(clippy::disallowed_methods, reason = "this is the one module that reads the environment and the clock")]

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;

use crate::render::Look;
use crate::schedule::{INSTANTS, Instant, Seconds, Zone};

/// Columns where there is no terminal to ask: what people read logs in.
const WIDTH: usize = 80;
/// Columns that output is laid out for at least.
const NARROWEST: usize = 40;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Color {
    /// On a terminal; `NO_COLOR` and `CLICOLOR_FORCE` are respected
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How output for people looks here.
pub(super) fn look(color: Color) -> Look {
    let terminal = io::stdout().is_terminal();
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            wants_color(terminal, |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
        }
    };
    let unicode = if cfg!(windows) { terminal } else { is_utf8(|name| env::var(name).ok()) };
    Look { width: width(), color, unicode }
}

/// Columns of standard output: what COLUMNS says, else what the terminal has.
pub(super) fn width() -> usize {
    let terminal = || io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    let asked = columns(|name| env::var(name).ok());
    asked.or_else(|| terminal().map(|(width, _)| usize::from(width.0))).unwrap_or(WIDTH).max(NARROWEST)
}

/// Columns of standard error; `None` where it is no terminal, but a log that has a line a message.
pub(super) fn error_width() -> Option<usize> {
    let terminal = || terminal_size::terminal_size_of(io::stderr());
    let asked = columns(|name| env::var(name).ok());
    asked.or_else(|| terminal().map(|(width, _)| usize::from(width.0))).map(|width| width.max(NARROWEST))
}

/// Whether somebody watches standard error, on a terminal that can take a line back.
pub(super) fn shows_progress() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_none_or(|name| name.is_empty() || name == "dumb");
    io::stderr().is_terminal() && !is_dumb && !is_set("CI")
}

/// Whether errors are told in colours.
pub(super) fn colors_errors() -> bool {
    wants_color(io::stderr().is_terminal(), |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
}

/// What is asked for, whatever the terminal has: a test, a pager, a log of another width.
fn columns(variable: impl Fn(&str) -> Option<String>) -> Option<usize> {
    variable("COLUMNS")?.trim().parse().ok().filter(|columns| *columns > 0)
}

/// The conventions of no-color.org and bixense.com/clicolors.
fn wants_color(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let is_on = |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    if is_set("NO_COLOR") {
        false
    } else if is_on("CLICOLOR_FORCE") {
        true
    } else {
        terminal && variable("CLICOLOR").as_deref() != Some("0") && variable("TERM").as_deref() != Some("dumb")
    }
}

/// Whether the locale's characters are UTF-8; the first of these variables that is set decides, as POSIX says.
fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    let locale = locale.unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Now, in whole seconds.
pub(super) fn now() -> Instant {
    #[cfg(feature = "test-hooks")]
    if let Some(told) = env::var("BATCHLINT_NOW").ok().and_then(|now| now.parse().ok()) {
        return Instant::from_unix(told);
    }
    let seconds = |time: std::time::Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let now = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(after) => Instant::from_unix(seconds(after)),
        Err(before) => Instant::from_unix(-seconds(before.duration())),
    };
    // A clock that is set wrong, however far, is no reason to overflow.
    now.clamp(INSTANTS.start, INSTANTS.end - Seconds::new(1))
}

/// The start of this hour, for those who look at the same again and again: what they find stays what it is for so long.
#[cfg(feature = "lsp")]
pub(super) fn this_hour() -> Instant {
    const HOUR: i64 = 3600;
    Instant::from_unix(now().unix().div_euclid(HOUR) * HOUR).max(INSTANTS.start)
}

/// The zone of whoever reads the output, where the machine says it by a name.
pub(super) fn zone() -> Option<Zone> {
    let variable = env::var("TZ").ok().map(|name| name.trim_start_matches(':').to_owned());
    let name = variable.filter(|name| !name.is_empty()).or_else(|| iana_time_zone::get_timezone().ok())?;
    Zone::load(&name).ok()
}

/// A pipeline that shows more than a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pipeline {
    /// GitHub Actions, with the file that it makes a step's summary from.
    GitHub {
        /// It takes Markdown.
        summary: Option<PathBuf>,
    },
    /// Azure Pipelines.
    Azure,
    /// TeamCity.
    TeamCity,
}

/// The pipeline that this runs in, if it is one of these; a hook is none, wherever it runs.
pub(super) fn pipeline() -> Option<Pipeline> {
    pipeline_of(|name| env::var(name).ok())
}

fn pipeline_of(variable: impl Fn(&str) -> Option<String>) -> Option<Pipeline> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is_true = |name: &str| variable(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if variable("PRE_COMMIT").is_some() {
        None
    } else if is_true("GITHUB_ACTIONS") {
        Some(Pipeline::GitHub { summary: variable("GITHUB_STEP_SUMMARY").map(PathBuf::from) })
    } else if is_true("TF_BUILD") {
        Some(Pipeline::Azure)
    } else {
        variable("TEAMCITY_VERSION").map(|_| Pipeline::TeamCity)
    }
}

/// Which pod of an Indexed Job this is, counted from 0, if it is one.
pub(super) fn completion_index() -> Option<String> {
    env::var("JOB_COMPLETION_INDEX").ok().filter(|index| !index.is_empty())
}

/// The current folder; the root where there is none any more.
pub(super) fn current_folder() -> PathBuf {
    env::current_dir().unwrap_or_else(|_| PathBuf::from("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn colour_follows_the_conventions() {
        assert!(wants_color(true, given(&[])) && !wants_color(false, given(&[])));
        assert!(!wants_color(true, given(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")])));
        assert!(wants_color(true, given(&[("NO_COLOR", "")])));
        assert!(wants_color(false, given(&[("CLICOLOR_FORCE", "1")])));
        assert!(!wants_color(false, given(&[("CLICOLOR_FORCE", "0")])));
        assert!(!wants_color(true, given(&[("TERM", "dumb")])) && !wants_color(true, given(&[("CLICOLOR", "0")])));
    }

    #[test]
    fn the_width_can_be_asked_for() {
        assert_eq!(columns(given(&[("COLUMNS", "132")])), Some(132));
        for none in [&[][..], &[("COLUMNS", "")], &[("COLUMNS", "0")], &[("COLUMNS", "wide")]] {
            assert_eq!(columns(given(none)), None);
        }
    }

    #[test]
    fn a_pipeline_is_known_by_its_variables_and_a_hook_is_none() {
        let summary = Some(PathBuf::from("/tmp/summary"));
        let github = given(&[("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "/tmp/summary")]);
        assert_eq!(pipeline_of(github), Some(Pipeline::GitHub { summary }));
        assert_eq!(pipeline_of(given(&[("TF_BUILD", "True")])), Some(Pipeline::Azure));
        assert_eq!(pipeline_of(given(&[("TEAMCITY_VERSION", "2026.1")])), Some(Pipeline::TeamCity));
        for none in [&[][..], &[("GITHUB_ACTIONS", "false")], &[("GITHUB_ACTIONS", "true"), ("PRE_COMMIT", "1")]] {
            assert_eq!(pipeline_of(given(none)), None);
        }
    }

    #[test]
    fn the_locale_says_whether_lines_may_be_drawn() {
        assert!(is_utf8(given(&[("LANG", "en_GB.UTF-8")])) && is_utf8(given(&[("LC_ALL", ""), ("LANG", "C.utf8")])));
        assert!(!is_utf8(given(&[])) && !is_utf8(given(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")])));
    }
}
