//! Why a zone's name is refused, as the API server says it.

use std::fmt;

use super::names;
use crate::text::{Word, word};

/// Why a name is not that of a time zone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ZoneError {
    /// The name is empty.
    Empty,
    /// `Local` in any case: the server wants the zone to be named.
    Local {
        /// The name as written.
        name: String,
    },
    /// There is no such zone.
    Unknown {
        /// The name.
        name: String,
    },
    /// Two dots or a slash where no name has them.
    BadLocationName,
    /// The name holds a NUL, or is longer than a path may be.
    SystemRefuses {
        /// The system's text.
        #[serde(deserialize_with = "word")]
        reason: Word,
    },
}

impl ZoneError {
    /// The server's own text, word for word.
    #[must_use]
    pub fn server_text(&self) -> String {
        match self {
            Self::Empty => "timeZone must be nil or non-empty string".to_owned(),
            Self::Local { .. } => {
                "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones".to_owned()
            }
            Self::Unknown { name } => format!("unknown time zone {name}"),
            Self::BadLocationName => "time: invalid location name".to_owned(),
            Self::SystemRefuses { reason } => (*reason).to_owned(),
        }
    }
}

/// In our words: what is there, and what would be right.
impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the time zone is empty; leave the field out for the controller's own zone"),
            Self::Local { name } => write!(f, "`{name}` does not say which time zone"),
            Self::Unknown { name } if names::all().iter().any(|known| known.eq_ignore_ascii_case(name)) => {
                write!(f, "there is no time zone `{name}`: names are case-sensitive")
            }
            Self::Unknown { name } => write!(f, "there is no time zone `{name}`"),
            Self::BadLocationName => write!(f, "a time zone's name has neither two dots nor a slash at its start"),
            Self::SystemRefuses { .. } => write!(f, "no time zone's name is that long or holds a NUL"),
        }
    }
}

impl std::error::Error for ZoneError {}

/// All texts that the API server answers for `spec.timeZone: name`, in its order; none when it is accepted.
#[must_use]
pub fn zone_server_errors(name: &str) -> Vec<String> {
    all(name).iter().map(ZoneError::server_text).collect()
}

/// The first fault of `name`, but for names that are merely unknown.
pub(super) fn first(name: &str) -> Result<(), ZoneError> {
    if name.is_empty() {
        return Err(ZoneError::Empty);
    }
    if !name.split('/').all(is_component) {
        return Err(ZoneError::Unknown { name: name.to_owned() });
    }
    if name.eq_ignore_ascii_case("local") {
        return Err(ZoneError::Local { name: name.to_owned() });
    }
    check_location_name(name)
}

fn all(name: &str) -> Vec<ZoneError> {
    // Most names are, and none of the known ones has a fault.
    if names::is_known(name) {
        return Vec::new();
    }
    let unknown = || ZoneError::Unknown { name: name.to_owned() };
    match first(name) {
        Ok(()) => vec![unknown()],
        // As a place `Local` is known, but only when written so.
        Err(local @ ZoneError::Local { .. }) if name != "Local" => vec![local, unknown()],
        Err(error) => vec![error],
    }
}

fn is_component(part: &str) -> bool {
    (1..=14).contains(&part.len())
        && !matches!(part, "." | "..")
        && !part.starts_with('-')
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte))
}

/// What Go's `time.LoadLocation` checks before it looks for the zone.
pub(super) fn check_location_name(name: &str) -> Result<(), ZoneError> {
    /// The system's limit for a path, less the first folder that is searched and the closing NUL.
    const LONGEST: usize = 4096 - "/usr/share/zoneinfo/".len() - 1;

    if name.as_bytes().windows(2).any(|pair| pair == b"..") || name.starts_with(['/', '\\']) {
        return Err(ZoneError::BadLocationName);
    }
    if name.contains('\0') {
        return Err(ZoneError::SystemRefuses { reason: "invalid argument" });
    }
    if name.len() > LONGEST {
        return Err(ZoneError::SystemRefuses { reason: "file name too long" });
    }
    Ok(())
}
