//! Whether the server reads the request at all.
//!
//! k8s.io/apiserver/pkg/server/config.go, NewConfig; pkg/endpoints/handlers/rest.go, limitedReadBody, as of v1.37.

use super::Context;
use crate::k8s::{Extent, Manifest, Path, Problem, Stage, Topic};
use crate::text::Span;
use crate::yaml::{Value, read};

/// How many bytes of a request servers read, of every version.
const MOST: usize = 3 << 20;

/// Of a byte of YAML no more become of JSON: `<,` becomes `"\u003c":null,`.
const MOST_OF_A_BYTE: usize = 8;

/// Whether kubectl makes more of an object than servers read: none looks at it then.
pub(crate) fn is_beyond(manifest: Manifest<'_>) -> bool {
    manifest.extent == Extent::Whole && takes_more(manifest.root)
}

fn takes_more(root: Value<'_>) -> bool {
    let may_be = root.document().has_aliases || root.span().range().len() > MOST / MOST_OF_A_BYTE;
    let mut json = String::new();
    // A line feed comes behind it.
    may_be && !(read::write_json_within(root, MOST, &mut json) && json.len() < MOST)
}

/// Reports an object that takes more.
pub(super) fn report(owner: Span, context: &mut Context) {
    let message = "as JSON, which kubectl sends, the object takes more than 3 MiB: the server refuses it unread";
    let problem = Problem::before_validation(Topic::TooLong, Stage::Request, &Path::Root, owner, message);
    context.add(problem).help("keep large texts in the image or in a volume; the rest of the object was not checked");
}

#[cfg(test)]
mod tests {
    use super::{MOST, takes_more};
    use crate::yaml;

    fn is_beyond(text: &str) -> bool {
        takes_more(yaml::parse(text).documents[0].root().expect("it has a root"))
    }

    /// With what stands around the text, and the line feed behind all of it.
    #[test]
    fn it_is_counted_to_the_last_byte() {
        let around = "{\"a\":\"\"}\n".len();
        let of = |length: usize| is_beyond(&format!("a: {}\n", "x".repeat(length)));
        assert!(!of(MOST - around) && of(MOST - around + 1));
    }

    #[test]
    fn what_becomes_longer_counts_as_it_is_sent() {
        let keys: String = (0..MOST / 16).map(|_| "<,").collect();
        assert!(!is_beyond(&format!("{{{keys}}}")), "all of them are one key");
        assert!(is_beyond(&format!("[{}]", "\"<<<<<<<\",".repeat(MOST / 45 + 1))));
        assert!(is_beyond(&format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 10), "*a,".repeat(3 << 10))));
        assert!(!is_beyond(&format!("a: &a {}\nb: [*a]\n", "x".repeat(1 << 10))));
    }
}
