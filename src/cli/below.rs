//! All manifests below the paths of a command, each read as its configuration says.

use std::path::PathBuf;

use super::configuration::{self, Configurations, Faults};
use super::{Status, complain_of};
use crate::analysis::{Analysis, Settings, analyse};
use crate::config::{Config, Layer, Said};
use crate::files::{self, Size};
use crate::k8s::Version;
use crate::render::STDIN;
use crate::schedule::{Instant, Zone};

/// What there is to read, and what the command line says of it.
pub(super) struct Below<'a> {
    pub(super) paths: &'a [PathBuf],
    pub(super) configuration: &'a configuration::Arguments,
    pub(super) kubernetes_version: Option<Version>,
    pub(super) controller_time_zone: Option<Zone>,
    /// The most that is read of one file.
    pub(super) most: Size,
}

impl Below<'_> {
    /// Reads one text after the other, as at an instant; what cannot be read is complained about.
    pub(super) fn each(self, now: Instant, mut take: impl FnMut(&Analysis, &Config)) -> Result<Status, Faults> {
        let layer = Layer {
            kubernetes_version: self.kubernetes_version.map(Said::aside),
            controller_time_zone: self.controller_time_zone.map(Said::aside),
            ..Layer::default()
        };
        let mut configurations = Configurations::new(self.configuration, Settings::at(now), layer)?;
        let mut status = Status::Clean;
        for input in configurations.find(self.paths, STDIN, None)? {
            let input = match input {
                Ok(input) => input,
                Err(error) => {
                    status = status.max(complain_of(&error));
                    continue;
                }
            };
            let Some(config) = configurations.of_wanted(input.path(), input.is_named())? else { continue };
            match files::read(&input, self.most) {
                Ok(source) => take(&analyse(source, config.settings()), &config),
                Err(error) => status = status.max(complain_of(&error)),
            }
        }
        Ok(status)
    }
}
