//! Amounts of resources, `500m` or `2Gi`, exactly as Kubernetes reads, rounds and compares them.

mod amount;
mod canonical;
mod parse;
mod spelling;
mod value;

use std::cmp::Ordering;

use amount::Amount;

pub use spelling::{Unit, nearest_quantity};

/// An amount of a resource.
#[derive(Debug, Clone)]
pub struct Quantity<'t> {
    amount: Amount,
    format: Format,
    /// The text, where Kubernetes gives it back as it is.
    verbatim: Option<&'t str>,
}

/// The family of suffixes that an amount is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// `e3`
    Exponent,
    /// `Ki`
    Binary,
    /// `k`
    Decimal,
}

/// Why a text is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityError {
    /// Not a number with a suffix.
    Form,
    /// No digits, or too many.
    Number,
    /// A suffix that Kubernetes does not have.
    Suffix,
}

impl<'t> Quantity<'t> {
    /// What an unset quantity is.
    pub const ZERO: Quantity<'static> =
        Quantity { amount: Amount::Small { value: 0, scale: 0 }, format: Format::Exponent, verbatim: None };

    /// Reads a quantity; spaces around it do not matter.
    ///
    /// # Errors
    /// When the text is not a number with one of Kubernetes' suffixes.
    pub fn parse(text: &'t str) -> Result<Self, QuantityError> {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return parse::parse(text);
        }
        // Kubernetes trims the JSON text, in which tabs, line breaks and a few others stand escaped.
        parse::parse(text.trim_matches(|char: char| {
            char.is_whitespace() && (char == ' ' || !char.is_ascii()) && !matches!(char, '\u{2028}' | '\u{2029}')
        }))
    }

    /// Reads a quantity written as a number, of which nothing is given back verbatim.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_number(text: &str) -> Result<Quantity<'static>, QuantityError> {
        parse::parse(text).map(|quantity| Quantity { amount: quantity.amount, format: quantity.format, verbatim: None })
    }

    /// -1, 0 or 1.
    #[must_use]
    pub fn sign(&self) -> i32 {
        self.amount.sign()
    }

    /// Rounded away from zero to thousandths, as lists of resources are when they are defaulted.
    #[must_use]
    pub fn round_up_to_milli(self) -> Self {
        if let Amount::Small { scale: -3.., .. } = self.amount {
            return self;
        }
        Self { verbatim: None, amount: self.amount.round_up(-3), ..self }
    }

    /// In whole units, rounded up. As in Kubernetes it is meaningless (and may be 0) for what no `i64` holds.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.amount.scaled_value(0)
    }

    /// In thousandths, rounded up, with the same reservation.
    #[must_use]
    pub fn milli_value(&self) -> i64 {
        self.amount.scaled_value(-3)
    }

    /// In thousandths, for sums; stops at the ends of the range.
    #[must_use]
    pub fn saturating_milli(&self) -> i128 {
        self.amount.saturating_milli()
    }

    /// The one spelling that amounts have which are the same, whatever they are written with.
    pub(crate) fn plain(&self) -> String {
        canonical::exact(&self.amount, Format::Decimal)
    }

    /// Kubernetes' own spelling, where that is read as the same amount again; beyond the largest of its suffixes it is not.
    pub(crate) fn exact(&self) -> String {
        self.verbatim.map_or_else(|| canonical::exact(&self.amount, self.format), str::to_owned)
    }

    /// Kubernetes' own spelling of it.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.verbatim.map_or_else(|| canonical::canonical(&self.amount, self.format), str::to_owned)
    }
}

impl PartialEq for Quantity<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Quantity<'_> {}

impl PartialOrd for Quantity<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.amount.compare(&other.amount)
    }
}

#[cfg(test)]
mod tests;
