//! A file that was checked, written down for another run to print.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Seen, Status, What};
use crate::analysis::Facts;
use crate::config::Config;
use crate::lint::Report;
use crate::text::{Message, Source, Word, word};

/// What there is to say of a file, and what is known of it.
#[derive(serde::Serialize, serde::Deserialize)]
pub(in crate::cli::check) struct Record {
    name: String,
    /// The name as the operating system has it, where that is another one.
    path: Option<OsString>,
    what: Told,
    facts: Option<Facts>,
    status: Status,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum Told {
    Found {
        /// The text, where something is told with its place.
        text: Option<Box<str>>,
        report: Box<Report>,
    },
    Unread(Message),
    NoFile(#[serde(deserialize_with = "word")] Word),
}

impl Record {
    /// What is printed, once it is known which configuration held.
    pub(in crate::cli::check) fn seen(self, config: Arc<Config>) -> Seen {
        let Self { name, path, what, facts, status } = self;
        let path = path.map_or_else(|| PathBuf::from(&name), PathBuf::from);
        let what = match what {
            Told::Unread(why) => What::Unread(why),
            Told::NoFile(what) => What::NoFile(what),
            Told::Found { text, report } => {
                let source = Source::new(name.as_str(), text.unwrap_or_default());
                let report = Box::new(report.with_file(&source));
                What::Found { source, path, report, part: None }
            }
        };
        Seen { name, config, what, facts, status, mending: None }
    }

    /// What came of it beside findings.
    pub(in crate::cli::check) const fn status(&self) -> Status {
        self.status
    }

    /// What has to be said of it at once.
    pub(in crate::cli::check) fn complaint(&self) -> Option<String> {
        match &self.what {
            Told::Unread(why) => Some(format!("{}: {why}", self.name)),
            Told::Found { .. } | Told::NoFile(_) => None,
        }
    }
}

impl Seen {
    /// What is written down of it.
    pub(in crate::cli::check) fn record(self) -> Record {
        let Self { name, what, facts, status, .. } = self;
        let facts = facts.filter(|facts| !facts.is_empty());
        let (path, what) = match what {
            What::Unread(why) => (None, Told::Unread(why)),
            What::NoFile(what) => (None, Told::NoFile(what)),
            What::Found { source, path, report, .. } => {
                let path = Some(path.into_os_string()).filter(|path| *path != *name);
                let text = report.has_places().then(|| source.text().into());
                (path, Told::Found { text, report })
            }
        };
        Record { name, path, what, facts, status }
    }

    /// What cannot be read of a part of a run.
    pub(in crate::cli::check) const fn unread(name: String, why: Message, config: Arc<Config>) -> Self {
        Self { name, config, what: What::Unread(why), facts: None, status: Status::Failed, mending: None }
    }
}
