//! The forms that the API asks of texts: names, labels, keys. Pure checks on strings.
//!
//! A check gives every [`Flaw`] it finds, because the API server answers with one cause for each.

mod form;
mod keys;
mod labels;
mod names;
mod quantity;
mod time;

pub use form::Form;
pub use keys::{config_key, env_name, header_name, port_name, relaxed_env_name};
pub use labels::{annotation_key, label_key, label_value};
pub use names::{dns_label, dns_subdomain, dns_subdomain_with_underscore, generated_name, name_prefix};
pub use quantity::{Quantity, QuantityError, Unit, nearest_quantity};
pub use time::{instant, is_rfc3339};

/// A manifest's text inside a message.
pub use crate::text::quote;

/// One way in which a text breaks its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// More than this many bytes.
    TooLong(usize),
    /// No characters at all, where some are needed.
    Empty,
    /// Not of this form.
    Form(Form),
    /// A DNS name where a DNS label is needed.
    Dots,
    /// A flaw of the part before a key's `/`.
    Prefix(PartFlaw),
    /// A flaw of the part after a key's `/`.
    Name(PartFlaw),
    /// More than one `/` in a key.
    Slashes,
    /// `.`, `..` or a text that starts with `..`.
    ParentFolder,
    /// A character of a variable's name that is `=` or not printable ASCII.
    Unprintable,
    /// No letter.
    NoLetter,
    /// Two hyphens in a row.
    DoubleHyphen,
    /// A hyphen at the start or the end.
    EdgeHyphen,
}

/// A flaw of one part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartFlaw {
    /// More than this many bytes.
    TooLong(usize),
    /// No characters.
    Empty,
    /// Not of this form.
    Form(Form),
}

impl PartFlaw {
    fn of_part(self, part: &str, which: &str) -> String {
        match self {
            Self::TooLong(max) => format!("{which} of the key is {} characters long, {max} at most", part.len()),
            Self::Empty => format!("{which} of the key is empty"),
            Self::Form(form) => form.describe(part),
        }
    }
}

impl Flaw {
    /// What is wrong with `value`, and what would be right: one lower-case sentence.
    #[must_use]
    pub fn describe(self, value: &str) -> String {
        let shown = quote(value);
        match self {
            Self::TooLong(max) => format!("{shown} is {} characters long, {max} at most", value.len()),
            Self::Empty => "an empty text, where some characters are needed".to_owned(),
            Self::Form(form) => form.describe(value),
            Self::Dots => format!("{shown} has a dot, and only lower-case letters, digits and `-` may stand here"),
            Self::Prefix(flaw) => flaw.of_part(value.split('/').next().unwrap_or_default(), "the part before `/`"),
            Self::Name(flaw) => {
                let name = value.split('/').next_back().unwrap_or_default();
                flaw.of_part(name, if value.contains('/') { "the part after `/`" } else { "the name" })
            }
            Self::Slashes => format!("{shown} has more than one `/`, and a key is `name` or `example.com/name`"),
            Self::ParentFolder => {
                format!("{shown} starts like a path to another folder, and may not be `.` or start with `..`")
            }
            Self::Unprintable => format!("{shown} has `=` or a character that is not printable ASCII"),
            Self::NoLetter => format!("{shown} has no lower-case letter, and needs at least one"),
            Self::DoubleHyphen => format!("{shown} has two hyphens in a row"),
            Self::EdgeHyphen => format!("{shown} starts or ends with a hyphen"),
        }
    }
}

/// The flaws of one text, at most five; nothing is allocated.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flaws {
    list: [Option<Flaw>; 5],
}

impl Flaws {
    /// Whether the text has the form.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list[0].is_none()
    }

    fn none() -> Self {
        Self::default()
    }

    fn one(flaw: Flaw) -> Self {
        Self { list: [Some(flaw), None, None, None, None] }
    }

    fn with(mut self, broken: bool, flaw: Flaw) -> Self {
        if broken && let Some(free) = self.list.iter_mut().find(|place| place.is_none()) {
            *free = Some(flaw);
        }
        self
    }
}

impl IntoIterator for Flaws {
    type Item = Flaw;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Flaw>, 5>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter().flatten()
    }
}
