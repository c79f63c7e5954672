//! A field's path, going down.

use std::fmt;

use super::format::quote;

/// A field's place in an object, in Kubernetes' own spelling: `spec.containers[0].resources.limits[cpu]`.
///
/// A linked list on the stack; it costs nothing until it is written.
#[derive(Debug, Clone, Copy)]
pub enum Path<'p> {
    /// The object itself.
    Root,
    /// A field of what the parent names.
    Field(&'p Path<'p>, &'p str),
    /// An item of the parent's list, counted from 0.
    Index(&'p Path<'p>, usize),
    /// A key of the parent's map (labels, annotations, limits).
    Key(&'p Path<'p>, &'p str),
    /// A field of what is in the parent, where the server names the parent only.
    Unsaid(&'p Path<'p>, &'p str),
}

impl<'p> Path<'p> {
    /// The place of a field of this object.
    #[must_use]
    pub fn field(&'p self, name: &'p str) -> Path<'p> {
        Path::Field(self, name)
    }

    /// The place of an item of this list.
    #[must_use]
    pub fn index(&'p self, index: usize) -> Path<'p> {
        Path::Index(self, index)
    }

    /// The place of a key of this map.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> Path<'p> {
        Path::Key(self, key)
    }

    /// This place, as the server says, with the field that messages are about.
    #[must_use]
    pub fn unsaid(&'p self, name: &'p str) -> Path<'p> {
        Path::Unsaid(self, name)
    }
}

impl Path<'_> {
    /// The name of the field, where the last step is one.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        match self {
            Path::Field(_, name) | Path::Unsaid(_, name) => Some(name),
            Path::Root | Path::Index(..) | Path::Key(..) => None,
        }
    }

    /// What a message calls it: its last step, `name`, with what an item or a key belongs to.
    #[must_use]
    pub fn subject(&self) -> impl fmt::Display {
        Subject(self)
    }

    /// Writes it behind what is there. It is collected from the inside out, without recursion: lists may nest as deep as a
    /// document may.
    pub(super) fn write(&self, out: &mut String) {
        let (mut inner, mut count, mut outer) = ([self; MOSTLY], 0, Vec::new());
        let mut current = self;
        loop {
            match current {
                Path::Root => break,
                Path::Unsaid(parent, _) => current = parent,
                Path::Field(parent, _) | Path::Index(parent, _) | Path::Key(parent, _) => {
                    match inner.get_mut(count) {
                        Some(step) => (*step, count) = (current, count + 1),
                        None => outer.push(current),
                    }
                    current = parent;
                }
            }
        }
        for (position, step) in outer.iter().rev().chain(inner[..count].iter().rev()).enumerate() {
            match step {
                Path::Root | Path::Unsaid(..) => {}
                Path::Field(_, name) => {
                    out.push_str(if position == 0 { "" } else { "." });
                    out.push_str(name);
                }
                Path::Index(_, index) => {
                    out.push('[');
                    push_number(*index, out);
                    out.push(']');
                }
                Path::Key(_, key) => {
                    out.push('[');
                    out.push_str(key);
                    out.push(']');
                }
            }
        }
    }
}

/// Steps that paths mostly have at the most.
const MOSTLY: usize = 16;

/// Writes a number without the machinery for all that can be formatted: there are as many paths as problems.
fn push_number(number: usize, out: &mut String) {
    let (mut digits, mut first, mut rest) = ([b'0'; 20], 20, number);
    while rest > 0 || first == 20 {
        first -= 1;
        digits[first] += (rest % 10) as u8;
        rest /= 10;
    }
    out.push_str(str::from_utf8(&digits[first..]).expect("digits are ASCII"));
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        out.write_str(&text)
    }
}

/// What a message calls a place.
struct Subject<'p>(&'p Path<'p>);

impl fmt::Display for Subject<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Path::Root => out.write_str("a manifest"),
            Path::Field(_, name) | Path::Unsaid(_, name) => write!(out, "`{name}`"),
            Path::Index(parent, _) => write!(out, "an item of {}", Subject(parent)),
            Path::Key(parent, key) => write!(out, "{} in {}", quote(key), Subject(parent)),
        }
    }
}

/// The steps of a field's path that was written: names, indices and keys.
pub(crate) fn steps(field: &str) -> impl Iterator<Item = &str> {
    let mut rest = field;
    std::iter::from_fn(move || {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if rest.is_empty() {
            return None;
        }
        let (step, behind) = match rest.strip_prefix('[') {
            Some(inside) => inside.split_once(']').unwrap_or((inside, "")),
            None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        rest = behind;
        Some(step)
    })
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_is_spelled_as_kubernetes_spells_it() {
        let (spec, limits) = (Path::Root.field("spec"), "limits");
        let containers = spec.field("containers");
        let container = containers.index(2);
        let resources = container.field("resources");
        let limits = resources.field(limits);
        assert_eq!(limits.key("cpu").to_string(), "spec.containers[2].resources.limits[cpu]");
        assert_eq!(Path::Root.to_string(), "");
        let deep = (0..100).chain([usize::MAX]).map(|step| step.saturating_mul(7)).collect::<Vec<usize>>();
        assert_eq!(
            nested(&Path::Root.field("a"), &deep),
            format!("a{}", deep.iter().map(|step| format!("[{step}]")).collect::<String>())
        );
        let unsaid = containers.unsaid("name");
        assert_eq!(
            (unsaid.to_string(), unsaid.subject().to_string()),
            ("spec.containers".to_owned(), "`name`".to_owned())
        );
    }

    fn nested(path: &Path<'_>, steps: &[usize]) -> String {
        steps.split_first().map_or_else(|| path.to_string(), |(first, rest)| nested(&path.index(*first), rest))
    }
}
