//! Releases of Kubernetes.

use std::fmt;
use std::str::FromStr;

/// A Kubernetes release as far as the API's shape depends on it: `1.minor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Version {
    minor: u8,
}

impl Version {
    /// The oldest release batchlint answers for.
    pub const OLDEST: Self = Self { minor: 25 };
    /// The newest release batchlint answers for, and the default.
    pub const NEWEST: Self = Self { minor: 37 };

    /// Kubernetes 1.`minor`, whether batchlint answers for it or not.
    #[must_use]
    pub const fn new(minor: u8) -> Self {
        Self { minor }
    }

    /// The second number of the release: 36 for 1.36.
    #[must_use]
    pub const fn minor(self) -> u8 {
        self.minor
    }

    /// Every release batchlint answers for, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (Self::OLDEST.minor..=Self::NEWEST.minor).map(Self::new)
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

/// Why a text names no Kubernetes version that batchlint answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionError {
    /// Not of the form `1.36`.
    Form(String),
    /// Before [`Version::OLDEST`].
    TooOld(String),
    /// After [`Version::NEWEST`].
    TooNew(String),
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(text) => write!(f, "`{text}` is not a Kubernetes version such as {}", Version::NEWEST),
            Self::TooOld(text) => write!(f, "Kubernetes {text} is older than {}, the oldest known", Version::OLDEST),
            Self::TooNew(text) => write!(f, "Kubernetes {text} is newer than {}, the newest known", Version::NEWEST),
        }
    }
}

impl std::error::Error for VersionError {}

impl FromStr for Version {
    type Err = VersionError;

    /// Reads `1.36`, `v1.36`, `1.36.2` and what clusters print, such as `v1.36.2-gke.100` or `1.36+`.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let form = || VersionError::Form(text.to_owned());
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.").ok_or_else(form)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (minor, suffix) = rest.split_at(end);
        if minor.is_empty() || minor.len() > 4 || !(suffix.is_empty() || suffix.starts_with(['.', '-', '+'])) {
            return Err(form());
        }

        match minor.parse::<u16>() {
            Ok(minor) if minor < u16::from(Self::OLDEST.minor) => Err(VersionError::TooOld(text.to_owned())),
            Ok(minor) if minor > u16::from(Self::NEWEST.minor) => Err(VersionError::TooNew(text.to_owned())),
            Ok(minor) => u8::try_from(minor).map(Self::new).map_err(|_| form()),
            Err(_) => Err(form()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_read_as_people_and_clusters_write_them() {
        for text in ["1.36", "v1.36", "1.36.2", "v1.36.2-gke.100", "1.36+", "v1.36.0+k3s1"] {
            assert_eq!(text.parse(), Ok(Version::new(36)), "{text}");
        }
        for text in ["", "36", "1", "1.", "1.x", "2.36", "1.36x", "1.99999", "1.-1", " 1.36"] {
            assert_eq!(text.parse::<Version>(), Err(VersionError::Form(text.to_owned())), "{text}");
        }
        assert_eq!("1.24".parse::<Version>(), Err(VersionError::TooOld("1.24".to_owned())));
        assert_eq!("v1.38".parse::<Version>(), Err(VersionError::TooNew("v1.38".to_owned())));
        assert_eq!("1.1000".parse::<Version>(), Err(VersionError::TooNew("1.1000".to_owned())));
        assert_eq!(Version::all().map(|v| v.to_string()).next_back().as_deref(), Some("1.37"));
    }
}
