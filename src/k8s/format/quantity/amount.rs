//! Exact decimal numbers, for quantities.

use std::cmp::Ordering;

/// A decimal number, held in one of the two ways that Kubernetes holds it: some of its answers differ between them.
#[derive(Debug, Clone)]
pub(super) enum Amount {
    /// `value` · 10^`scale`
    Small { value: i64, scale: i32 },
    /// What does not fit.
    Big(Big),
}

/// ±`digits` · 10^`scale`
#[derive(Debug, Clone)]
pub(super) struct Big {
    pub(super) negative: bool,
    /// Most significant first, without leading zeros: none for zero.
    pub(super) digits: Vec<u8>,
    pub(super) scale: i32,
    /// The power of ten whose multiple Kubernetes holds it as.
    pub(super) unit: i32,
}

impl Big {
    /// Rounds away from zero to a multiple of 10^`unit`.
    pub(super) fn round_up(mut self, unit: i32) -> Self {
        self.unit = unit;
        if self.scale >= unit || self.digits.is_empty() {
            return self;
        }
        let dropped = usize::try_from(i64::from(unit) - i64::from(self.scale)).unwrap_or(usize::MAX);
        let kept = self.digits.len().saturating_sub(dropped);
        let rest = self.digits.split_off(kept);
        self.scale = unit;
        if rest.iter().any(|digit| *digit != 0) {
            self.increment();
        }
        self
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    /// The digits in units of 10^`unit`, towards zero, modulo 2^64, and whether something was cut off.
    fn in_units(&self, unit: i32) -> (u64, bool) {
        let fold =
            |digits: &[u8]| digits.iter().fold(0u64, |sum, digit| sum.wrapping_mul(10).wrapping_add(u64::from(*digit)));
        let shift = i64::from(self.scale) - i64::from(unit);
        if let Ok(shift) = u32::try_from(shift) {
            // Ten to the 64th is a multiple of two to the 64th.
            return (fold(&self.digits).wrapping_mul(if shift < 64 { 10u64.wrapping_pow(shift) } else { 0 }), false);
        }
        let cut = usize::try_from(shift.unsigned_abs()).unwrap_or(usize::MAX);
        let (kept, rest) = self.digits.split_at(self.digits.len().saturating_sub(cut));
        (fold(kept), rest.iter().any(|digit| *digit != 0))
    }

    #[expect(clippy::cast_possible_wrap, reason = "Go keeps the low 64 bits, too")]
    fn scaled_value(&self, scale: i32) -> i64 {
        let cut = scale - self.unit;
        if cut <= 0 {
            let low = self.in_units(scale).0 as i64;
            return if self.negative { low.wrapping_neg() } else { low };
        }
        let (low, _) = self.in_units(self.unit);
        if self.negative || (cut < 19 && self.places_above(self.unit) < 19) {
            let unscaled = if self.negative { (low as i64).wrapping_neg() } else { low as i64 };
            let divisor = 10i64.checked_pow(cut.unsigned_abs()).unwrap_or(i64::MAX);
            // Rounds up also below zero, as Kubernetes does.
            return (unscaled / divisor).wrapping_add(i64::from(unscaled % divisor != 0));
        }
        let (low, rest) = self.in_units(scale);
        (low as i64).wrapping_add(i64::from(rest))
    }

    /// How many digits it has in units of 10^`unit`.
    fn places_above(&self, unit: i32) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX).saturating_add(i64::from(self.scale) - i64::from(unit))
    }
}

impl Amount {
    pub(super) fn sign(&self) -> i32 {
        match self {
            Self::Small { value, .. } => i32::try_from(value.signum()).unwrap_or_default(),
            Self::Big(big) if big.digits.is_empty() => 0,
            Self::Big(big) => {
                if big.negative {
                    -1
                } else {
                    1
                }
            }
        }
    }

    pub(super) fn round_up(self, unit: i32) -> Self {
        match self {
            Self::Small { value, scale } if scale < unit => {
                Self::Small { value: divide_up(value, unit.abs_diff(scale)), scale: unit }
            }
            Self::Small { .. } => self,
            Self::Big(big) => Self::Big(big.round_up(unit)),
        }
    }

    pub(super) fn scaled_value(&self, scale: i32) -> i64 {
        match self {
            Self::Small { value, scale: own } if *own < scale => divide_up(*value, scale.abs_diff(*own)),
            Self::Small { value, scale: own } => multiply(*value, own.abs_diff(scale)),
            Self::Big(big) => big.scaled_value(scale),
        }
    }

    pub(super) fn saturating_milli(&self) -> i128 {
        if let Self::Small { value, scale: scale @ -3..=15 } = self {
            return i128::from(*value) * 10i128.pow((scale + 3).unsigned_abs());
        }
        let (mut buffer, sign) = ([0; 20], self.sign());
        let (digits, scale) = self.digits(&mut buffer);
        if digits.is_empty() {
            return 0;
        }
        let limit = if sign < 0 { i128::MIN } else { i128::MAX };
        let shift = i64::from(scale) + 3;
        let mut sum: i128 = 0;
        let kept = if shift < 0 {
            digits.len().saturating_sub(usize::try_from(-shift).unwrap_or(usize::MAX))
        } else {
            digits.len()
        };
        // With forty zeros behind it, every number is beyond the range.
        for digit in digits[..kept].iter().copied().chain((0..shift.clamp(0, 40)).map(|_| 0)) {
            let next = sum.checked_mul(10).and_then(|sum| sum.checked_add(i128::from(digit)));
            let Some(next) = next else { return limit };
            sum = next;
        }
        sum * i128::from(sign)
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let (left, right) = (self.sign(), other.sign());
        if left != right || left == 0 {
            return left.cmp(&right);
        }
        if let (Self::Small { value, scale }, Self::Small { value: beside, scale: same }) = (self, other)
            && scale == same
        {
            return value.cmp(beside);
        }
        let (mut first, mut second) = ([0; 20], [0; 20]);
        let magnitude = compare_magnitudes(self.digits(&mut first), other.digits(&mut second));
        if left < 0 { magnitude.reverse() } else { magnitude }
    }

    /// The digits without a sign, most significant first, and the power of ten of the last.
    pub(super) fn digits<'b>(&'b self, buffer: &'b mut [u8; 20]) -> (&'b [u8], i32) {
        match self {
            Self::Big(big) => (&big.digits, big.scale),
            Self::Small { value, scale } => {
                let (mut rest, mut start) = (value.unsigned_abs(), buffer.len());
                while rest > 0 {
                    start -= 1;
                    buffer[start] = u8::try_from(rest % 10).unwrap_or_default();
                    rest /= 10;
                }
                (&buffer[start..], *scale)
            }
        }
    }
}

/// Divides by 10^`places`, away from zero.
fn divide_up(value: i64, places: u32) -> i64 {
    let Some(power) = 10i64.checked_pow(places) else { return value.signum() };
    value / power + if value % power == 0 { 0 } else { value.signum() }
}

/// Multiplies by 10^`places`. Too large a product is what Kubernetes makes of it: its low 64 bits, or nothing.
fn multiply(value: i64, places: u32) -> i64 {
    match 10i64.checked_pow(places) {
        Some(power) if matches!(places, 0 | 1 | 2 | 3 | 6 | 9) && value != i64::MIN => value.wrapping_mul(power),
        Some(power) => value.checked_mul(power).unwrap_or(0),
        None => 0,
    }
}

fn compare_magnitudes((left, left_scale): (&[u8], i32), (right, right_scale): (&[u8], i32)) -> Ordering {
    let highest =
        |digits: &[u8], scale: i32| i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(i64::from(scale));
    highest(left, left_scale).cmp(&highest(right, right_scale)).then_with(|| {
        let places = left.len().max(right.len());
        let padded = |digits: &'_ [u8], place: usize| digits.get(place).copied().unwrap_or(0);
        (0..places)
            .map(|place| padded(left, place).cmp(&padded(right, place)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    })
}
