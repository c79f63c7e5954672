//! Texts as Kubernetes reads them, and as JavaScript counts them.

#[cfg(feature = "full")]
use batchlint::render;
use batchlint::text::Lines;
#[cfg(feature = "full")]
use batchlint::yaml::read;

#[cfg(feature = "full")]
use crate::check::{LOOK, written};

/// What `read` prints.
#[cfg(feature = "full")]
pub(crate) fn reading(name: &str, text: &str) -> String {
    let read = read::text(text.as_bytes());
    let results = read::kubectl(text.as_bytes());
    let failed = results.iter().find_map(|result| result.as_ref().err());
    let file = read.as_kubectl();
    let written = written(|out| {
        if failed.is_none() || !file.documents.iter().any(read::is_too_much) {
            render::read::yaml::write(&file, name, LOOK, out)?;
        }
        match failed.filter(|error| !file.errors.contains(error)) {
            Some(error) => render::read::yaml::write_error(error, &Lines::new(read.as_str()), (name, LOOK), out),
            None => Ok(()),
        }
    });
    written.unwrap_or_else(|why| why)
}

pub(crate) fn units(text: &str, bytes: &[u32]) -> Vec<u32> {
    let lines = Lines::new(text);
    // Code units before each line: that of a place are those before its line, and those before it there.
    let mut before = Vec::with_capacity(lines.count());
    let mut sum = 0;
    for line in text.split_inclusive('\n') {
        before.push(sum);
        sum += line.encode_utf16().count() as u32;
    }
    before.push(sum);
    let unit = |byte: &u32| {
        let (line, unit) = lines.utf16(*byte);
        before.get(line as usize).map_or(sum, |before| before + unit)
    };
    bytes.iter().map(unit).collect()
}
