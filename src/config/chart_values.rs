//! What charts are given beside their own values.

use crate::template::Setting;

/// Files of values and settings, as `helm --values` and `--set` take them; the strongest last.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct ChartValues {
    /// The files' names.
    pub files: Vec<String>,
    /// What is set on top of them.
    pub settings: Vec<Setting>,
}
