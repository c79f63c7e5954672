//! Arguments that cannot hold together.

use super::Args;
use super::telling::FailOn;
use crate::diagnostic::Severity;

impl Args {
    /// Why nothing could be made of the arguments.
    pub(super) fn contradiction(&self) -> Option<String> {
        if let Some(why) = self.clash() {
            return Some(why);
        }
        if self.shard.is_some() && self.reads_stdin() {
            return Some("standard input is there once: give the parts of a run files and folders".into());
        }
        if self.baseline.named().is_some_and(|file| file.as_os_str() == "-") {
            return Some("a baseline is a file: standard input and output are none".into());
        }
        let least = self.min_severity?;
        self.unreachable(least, &format!("--min-severity {}", least.name()))
    }

    /// Why the check could not fail as is asked for, where what is less severe than this is left out, as is said there.
    pub(super) fn unreachable(&self, least: Severity, said: &str) -> Option<String> {
        let fail_on = self.telling.fail_on?;
        let name = match fail_on {
            FailOn::Advice if least > Severity::Advice => "advice",
            FailOn::Warning if least > Severity::Warning => "warning",
            _ => return None,
        };
        Some(format!("--fail-on {name} asks for what {said} leaves out: what is not shown never fails"))
    }
}
