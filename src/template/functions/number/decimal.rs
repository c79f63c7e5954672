//! Decimal numbers, in which sums of decimal digits are what people write.

/// A number of decimal digits: `digits` times ten to the power of `exponent`. Where the digits are too many, a float.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decimal {
    Exact { digits: i128, exponent: i32 },
    Float(f64),
}

/// Quotients have so many digits behind the point.
const PLACES: i32 = 16;

impl Decimal {
    /// The shortest decimal number that is this float.
    pub(super) fn of(float: f64) -> Self {
        let written = format!("{float:e}");
        let exact = written.split_once('e').and_then(|(mantissa, exponent)| {
            let places = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let digits = mantissa.replace('.', "").parse().ok()?;
            Some(Self::Exact { digits, exponent: exponent.parse::<i32>().ok()? - places as i32 })
        });
        exact.unwrap_or(Self::Float(float))
    }

    pub(super) fn float(self) -> f64 {
        match self {
            Self::Exact { digits, exponent } => format!("{digits}e{exponent}").parse().unwrap_or(f64::NAN),
            Self::Float(float) => float,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let sum = self.aligned(other).and_then(|(one, other, exponent)| Some((one.checked_add(other)?, exponent)));
        Self::exact_or(sum, self.float() + other.float())
    }

    pub(super) fn minus(self, other: Self) -> Self {
        let sum = self.aligned(other).and_then(|(one, other, exponent)| Some((one.checked_sub(other)?, exponent)));
        Self::exact_or(sum, self.float() - other.float())
    }

    pub(super) fn times(self, other: Self) -> Self {
        let product = match (self, other) {
            (Self::Exact { digits, exponent }, Self::Exact { digits: by, exponent: scale }) => {
                digits.checked_mul(by).map(|digits| (digits, exponent + scale))
            }
            _ => None,
        };
        Self::exact_or(product, self.float() * other.float())
    }

    pub(super) fn by(self, other: Self) -> Self {
        Self::exact_or(self.quotient(other), self.float() / other.float())
    }

    fn exact_or(exact: Option<(i128, i32)>, float: f64) -> Self {
        exact.map_or(Self::Float(float), |(digits, exponent)| Self::Exact { digits, exponent })
    }

    /// The digits of both at one exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let (Self::Exact { digits, exponent }, Self::Exact { digits: others, exponent: other }) = (self, other) else {
            return None;
        };
        let lower = exponent.min(other);
        Some((scaled(digits, exponent - lower)?, scaled(others, other - lower)?, lower))
    }

    /// The quotient, rounded at its last place, half away from zero.
    fn quotient(self, other: Self) -> Option<(i128, i32)> {
        let (Self::Exact { digits, exponent }, Self::Exact { digits: by, exponent: scale }) = (self, other) else {
            return None;
        };
        let shift = exponent - scale + PLACES;
        let (over, under) = match shift {
            0.. => (scaled(digits, shift)?, by),
            _ => (digits, scaled(by, -shift)?),
        };
        let (whole, rest) = (over.checked_div(under)?, over.checked_rem(under)?);
        let sign = if (over < 0) == (under < 0) { 1 } else { -1 };
        let rounds_away = rest.unsigned_abs().checked_mul(2)? >= under.unsigned_abs();
        Some((whole + if rounds_away { sign } else { 0 }, -PLACES))
    }
}

fn scaled(digits: i128, by: i32) -> Option<i128> {
    digits.checked_mul(10i128.checked_pow(u32::try_from(by).ok()?)?)
}
