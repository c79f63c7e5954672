//! Time zones as arguments.

use super::usage::ECHO;
use crate::schedule::{Zone, nearest_zone};

/// The zone of that name, or the one that was likely meant.
pub(super) fn zone(name: &str) -> Result<Zone, String> {
    if name.len() > ECHO {
        return Err("no time zone has a name of that length; write one such as Europe/Berlin".to_owned());
    }
    Zone::load(name).map_err(|error| match nearest_zone(name) {
        Some(near) => format!("{error}; did you mean {near}?"),
        None => format!("{error}; write one such as Europe/Berlin"),
    })
}

#[cfg(test)]
mod tests {
    use super::{ECHO, zone};

    #[test]
    fn a_long_name_is_not_repeated() {
        let told = |length| zone(&"x".repeat(length)).expect_err("there is no such zone");
        assert!(told(ECHO).contains("xxx") && !told(ECHO + 1).contains("xxx") && !told(2 * ECHO).contains("xxx"));
    }
}
