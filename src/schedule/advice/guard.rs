//! Tests in `sh` by which a container that was started too often ends at once. Its clock is not the schedule's: each test
//! names the zone by which the schedule goes.

/// The command that tells the date by the clock that the schedule goes by: that of its zone, or else UTC, which is the
/// clock of the controller's official image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock<'a>(pub(super) Option<&'a str>);

impl Clock<'_> {
    fn zone(&self) -> Option<&str> {
        self.0.filter(|zone| !matches!(*zone, "UTC" | "Etc/UTC"))
    }

    fn date(self) -> String {
        self.zone().map_or_else(|| "date -u".to_owned(), |zone| format!("TZ={zone} date"))
    }

    /// What the tests rest on: an image without the zones' data takes each of them for UTC.
    pub(super) fn needs(self) -> &'static str {
        if self.zone().is_some() { "; `TZ` needs tzdata in the image" } else { "" }
    }

    /// Whether `format` of today is `wanted`, a number.
    pub(super) fn today(self, format: &str, wanted: impl std::fmt::Display) -> String {
        format!("[ \"$({} +{format})\" = {wanted} ]", self.date())
    }

    /// Whether the day of the month, so many days after a run in `hour`, passes `test`: `= 01`, `-le 7`.
    pub(super) fn day_ahead(self, days: u32, hour: &str, test: &str) -> String {
        const HOUR: u32 = 3_600;
        // A day in which the clock changes may be an hour longer or shorter: the edge of a day is an hour away from it.
        let seconds = match hour.parse() {
            Ok(0u8) => (24 * days + 1) * HOUR,
            Ok(23) => (24 * days - 1) * HOUR,
            _ => 24 * days * HOUR,
        };
        format!("[ \"$({} -d @$(($(date +%s)+{seconds})) +%d)\" {test} ]", self.date())
    }

    /// Whether today's `format` matches one of `patterns` of grep.
    pub(super) fn matches(self, format: &str, patterns: &str) -> String {
        format!("{} {format} | grep -q {patterns}", self.date())
    }
}
