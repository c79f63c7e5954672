//! Amounts of CPU and memory, in words.

/// `250 thousandths of a core` are `0.25 cores`.
pub(super) fn cores(millis: i128) -> String {
    let (whole, rest) = (millis / 1_000, millis % 1_000);
    let number = format!("{whole}.{rest:03}");
    let number = number.trim_end_matches('0').trim_end_matches('.');
    format!("{number} {}", if number == "1" { "core" } else { "cores" })
}

/// `1.5 GiB`
pub(super) fn bytes(bytes: i128) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let Some((power, unit)) = (1..).zip(UNITS).take_while(|(power, _)| bytes >> (10 * power) > 0).last() else {
        return format!("{bytes} bytes");
    };
    let tenths = (bytes * 10) >> (10 * power);
    if tenths % 10 == 0 { format!("{} {unit}", tenths / 10) } else { format!("{}.{} {unit}", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_in_units_that_people_use() {
        assert_eq!([0, 250, 1_000, 12_500].map(cores), ["0 cores", "0.25 cores", "1 core", "12.5 cores"]);
        let sizes = [0, 1_023, 1 << 10, 3 << 29, (1 << 40) - 1, 1 << 62];
        assert_eq!(sizes.map(bytes), ["0 bytes", "1023 bytes", "1 KiB", "1.5 GiB", "1023.9 GiB", "4 EiB"]);
    }
}
