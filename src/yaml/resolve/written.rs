//! Scalars as Go writes them.

use super::Scalar;

/// A key as the string that it becomes.
pub(in crate::yaml) fn key_text(scalar: Scalar, text: &str) -> String {
    match scalar {
        Scalar::Null => String::new(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Int(value) => value.to_string(),
        Scalar::Uint(value) => value.to_string(),
        Scalar::Float(value) => short_float(value),
        Scalar::String => text.to_owned(),
    }
}

/// Go's `FormatFloat(value, 'g', -1, 32)`, with YAML's names for what is no number.
#[expect(clippy::cast_possible_truncation, reason = "sigs.k8s.io/yaml writes keys with 32 bits")]
fn short_float(value: f64) -> String {
    let short = value as f32;
    if short.is_nan() {
        return ".nan".to_owned();
    }
    if short.is_infinite() {
        return if short > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{short:e}");
    let (digits, exponent) = split_exponent(&scientific);
    if !(-4..6).contains(&exponent) {
        return with_exponent(digits, exponent);
    }
    format!("{short}")
}

/// Go's JSON form of a number.
pub(in crate::yaml) fn json_float(value: f64) -> String {
    let size = value.abs();
    if value != 0.0 && !(1e-6..1e21).contains(&size) {
        let scientific = format!("{value:e}");
        let (digits, exponent) = split_exponent(&scientific);
        let text = with_exponent(digits, exponent);
        // Go trims `e-09` to `e-9`.
        return if exponent > -10 && exponent < 0 { format!("{digits}e-{}", -exponent) } else { text };
    }
    format!("{value}")
}

fn split_exponent(scientific: &str) -> (&str, i32) {
    let (digits, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    (digits, exponent.parse().unwrap_or(0))
}

fn with_exponent(digits: &str, exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_go_writes_them() {
        for (value, key, json) in [
            (1000.0, "1000", "1000"),
            (100_000_000.5, "1e+08", "100000000.5"),
            (0.1, "0.1", "0.1"),
            (1e21, "1e+21", "1e+21"),
            (1e-7, "1e-07", "1e-7"),
            (123_456_789.0, "1.2345679e+08", "123456789"),
            (1_234_567.0, "1.234567e+06", "1234567"),
            (-0.0, "-0", "-0"),
        ] {
            assert_eq!(short_float(value), key);
            assert_eq!(json_float(value), json);
        }
    }
}
