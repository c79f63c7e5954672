//! Numbers.

/// A number as Go reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number<'a> {
    /// A whole number that fits 64 bits with a sign.
    Int(i64),
    /// A whole number above `i64::MAX` that fits 64 bits.
    Uint(u64),
    /// Any other number of YAML; `6.0` and `1e3` reach Kubernetes as the whole numbers 6 and 1000.
    Float(f64),
    /// A number of a JSON document, which keeps its spelling.
    Json(&'a str),
}

impl Number<'_> {
    /// The whole number that Go's decoder would put into an `int64`, if it takes it.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(number),
            Self::Uint(_) => None,
            // As Kubernetes, by its decimal digits: those of -2^63 round to a number below the least of 64 bits.
            Self::Float(number) => number.to_string().parse().ok(),
            Self::Json(text) => text.parse().ok(),
        }
    }

    /// What Go makes of it where it reads every number as a `float64`.
    #[cfg(feature = "templates")]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Uint(number) => number as f64,
            Self::Float(number) => number,
            Self::Json(text) => text.parse().unwrap_or_default(),
        }
    }
}
