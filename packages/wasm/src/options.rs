//! What a caller says beside the texts.

use batchlint::Config;
use batchlint::analysis::Settings;
use batchlint::render::Manner;
use batchlint::schedule::{Instant, Zone};
use serde::{Deserialize, Serialize};

/// A file, as far as anybody knows of files here.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// What holds for all texts; the arguments of `check` have the same names.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Options {
    /// Now, in seconds since 1970.
    now: i64,
    kubernetes_version: Option<String>,
    controller_time_zone: Option<String>,
    #[serde(default)]
    pedantic: bool,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    /// Whether the files are all that belongs together, as those of a folder are.
    #[serde(default)]
    pub(crate) whole: bool,
    /// The files as they were: what their change does is looked at, as with `--since`.
    #[serde(default)]
    pub(crate) before: Vec<File>,
}

impl Options {
    pub(crate) fn now(&self) -> Instant {
        Instant::from_unix(self.now)
    }

    pub(crate) fn settings(&self) -> Result<Settings, String> {
        let settings = Settings::at(self.now()).with_controller_zone(self.controller_zone()?);
        let Some(version) = &self.kubernetes_version else { return Ok(settings) };
        Ok(settings.with_kubernetes(version.parse().map_err(|error| format!("{error}"))?))
    }

    pub(crate) fn controller_zone(&self) -> Result<Option<Zone>, String> {
        let zone = self.controller_time_zone.as_deref().filter(|name| !name.is_empty()).map(Zone::load).transpose();
        zone.map_err(|error| error.to_string())
    }

    /// As the command line has it where no file says anything else.
    pub(crate) fn config(&self) -> Result<Config, String> {
        let config = Config::new(self.settings()?).with_pedantic(self.pedantic).with_most(Some(Manner::MOST));
        config.with_rules(&self.select, &self.ignore).map_err(|error| error.to_string())
    }
}
