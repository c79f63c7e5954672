//! Any bytes, read in every way there is.

use batchlint::yaml::{Value, parse, parse_as_server, parse_slowly, read};

pub(crate) fn check(bytes: &[u8]) {
    let server = read::server(bytes, true);
    let kubectl = read::kubectl(bytes);
    assert!(kubectl.iter().rev().skip(1).all(Result::is_ok), "kubectl stops at the first error");
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    drop((server, kubectl));

    let file = parse(text);
    let slow = parse_slowly(text);
    assert_eq!(file.errors, slow.errors, "the fast path reads otherwise");
    // What is kept of a broken document may differ, and with it the places of all events behind it.
    let documents = file.documents.iter().zip(&slow.documents).take_while(|(quick, _)| quick.complete);
    for (quick, slow) in documents {
        assert_eq!(format!("{quick:?}"), format!("{slow:?}"), "the fast path reads otherwise");
    }
    for document in file.documents.iter().chain(&parse_as_server(text).documents) {
        let mut left = 100_000;
        document.root().into_iter().for_each(|root| walk(root, &mut left));
    }
}

/// Asks a value and what is in it everything there is to ask.
fn walk(root: Value<'_>, left: &mut usize) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        let Some(rest) = left.checked_sub(1) else { return };
        *left = rest;
        let _ = (value.kind(), value.style(), value.source(), value.anchor(), value.tag(), value.place());
        open.extend(value.entries().map(|entry| entry.value));
        open.extend(value.items());
    }
}
