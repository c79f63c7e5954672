//! The common lines without tokens: `key: value`, `key:` and `- `.

use super::Parser;
use crate::yaml::error::Read;

impl Parser<'_> {
    pub(super) fn run_quickly(&mut self) -> Read<()> {
        Ok(())
    }
}
