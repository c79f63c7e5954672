//! Names by which objects of other kinds know something, or call what they make: of them nobody can say that they are
//! nowhere.

use crate::sort;
use crate::yaml::Value;

/// Of more in a file nothing is kept.
const MOST: usize = 10_000;
/// What `name` and `secretName` end in.
const END_OF_KEY: &str = "ame";
/// Shorter names are soon alike, and so no misspellings.
const SHORTEST: usize = 5;

/// Adds what stands behind `name`, `secretName` and the like in an object. Its text is looked through and not its values: it
/// is much, and a name too many does no harm.
pub(super) fn collect<'a>(root: Value<'a>, names: &mut Vec<&'a str>) {
    let text = root.source();
    for at in memchr::memmem::find_iter(text.as_bytes(), END_OF_KEY) {
        if names.len() == MOST {
            return;
        }
        let is_key = text[..at].ends_with(['n', 'N']);
        names.extend(value(&text[at + END_OF_KEY.len()..]).filter(|_| is_key));
    }
}

/// Each of them once.
pub(super) fn distinct(mut names: Vec<&str>) -> Vec<Box<str>> {
    sort::ascending(&mut names);
    names.dedup();
    names.into_iter().map(Box::from).collect()
}

/// The name behind a key, where it is one that an object can have.
fn value(behind: &str) -> Option<&str> {
    let behind = behind.strip_prefix(['"', '\'']).unwrap_or(behind).strip_prefix(':')?;
    let behind = behind.trim_start_matches([' ', '"', '\'']);
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    let end = behind.bytes().position(|byte| !is_part(byte)).unwrap_or(behind.len());
    (end >= SHORTEST).then(|| &behind[..end])
}

#[cfg(test)]
mod tests {
    use super::{collect, distinct};
    use crate::yaml::parse;

    #[test]
    fn names_are_found_however_they_are_written() {
        let text = "metadata: {name: report-a}\nspec:\n  \"secretName\": \"report-b\"\n  claimName:   'report-c'\n  \
                    rename: [report-d]\n  user: report-e\n  name: tmp\n  names: report-f\n  name: report-a\n";
        let file = parse(text);
        let mut names = Vec::new();
        collect(file.documents[0].root().expect("there is a mapping"), &mut names);
        assert_eq!(distinct(names), ["report-a", "report-b", "report-c"].map(Box::from));
    }
}
