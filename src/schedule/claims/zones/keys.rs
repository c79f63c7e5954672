//! The words by which a time zone is known, and their sums. `build.rs` reads this file, too: it writes down the sums of all, by
//! which most words are told from any zone's before the list of zones has to be unpacked.

/// The name of a zone and the city in it, in small letters. Names without a city (`Cuba`, `Navajo`) are ordinary words.
pub(super) fn of(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split_once('/').map(|(region, _)| (region, name.to_ascii_lowercase()));
    let keys = parts.map(|(region, lower)| {
        let city = lower.rsplit('/').next().map(|city| city.replace('_', " "));
        let is_city = |city: &String| city.len() > 3 && !matches!(region, "Etc" | "US" | "Canada");
        [Some(lower), city.filter(is_city)]
    });
    keys.into_iter().flatten().flatten()
}

/// FNV-1a of 32 bits.
pub(super) fn sum(word: &str) -> [u8; 4] {
    word.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)).to_be_bytes()
}
