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
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the range is checked")]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(number),
            Self::Uint(_) => None,
            Self::Float(number) => {
                let whole = number.trunc() == number && number >= i64::MIN as f64 && number < i64::MAX as f64;
                whole.then_some(number as i64)
            }
            Self::Json(text) => text.parse().ok(),
        }
    }
}
