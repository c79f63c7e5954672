//! Names by which objects of other kinds know something, or call what they make: of them nobody can say that they are
//! nowhere.

use crate::yaml::Value;

/// Of more in a file nothing is kept.
const MOST: usize = 1000;

/// Adds the names in an object.
pub(super) fn collect<'a>(root: Value<'a>, kind: &str, names: &mut Vec<&'a str>) {
    // It has many names, and all of them are of fields.
    if kind == "CustomResourceDefinition" {
        return;
    }
    // No object has more values than bytes, unless aliases repeat them.
    let mut left = root.span().len() as usize;
    let mut values = vec![root];
    while let Some(value) = values.pop() {
        for entry in value.entries() {
            match entry.value.as_str().filter(|_| is_name(entry.key)) {
                Some(name) if names.len() < MOST => names.push(name),
                _ => values.push(entry.value),
            }
        }
        values.extend(value.items());
        left = left.saturating_sub(1);
        if left == 0 {
            return;
        }
    }
}

/// Each of them once.
pub(super) fn distinct(mut names: Vec<&str>) -> Vec<Box<str>> {
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(Box::from).collect()
}

/// Whether what stands below a key is the name of something: `name`, `secretName`, `claimName`.
fn is_name(key: &str) -> bool {
    key == "name" || key.ends_with("Name")
}
