//! Spellings that the server takes by accident.

use crate::text::Span;

use super::field_name::FieldName;

/// A spelling that is accepted, but not because anybody meant it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddity {
    /// What is odd.
    pub kind: OddityKind,
    /// The bytes of it.
    pub span: Span,
}

/// What is odd about a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OddityKind {
    /// `*-5`: what follows a star's hyphen is ignored. The span begins at the hyphen.
    IgnoredAfterStar {
        /// The field.
        field: FieldName,
    },
    /// `1,,2` or `,`: an empty item is dropped. The span is the field.
    EmptyListItem {
        /// The field.
        field: FieldName,
    },
    /// `?` means `*` in every field.
    QuestionMark {
        /// The field.
        field: FieldName,
    },
    /// `+5` is 5.
    PlusSign {
        /// The field.
        field: FieldName,
    },
    /// A name with a letter outside ASCII that becomes one in lower case (`FRİ`).
    NonAsciiName {
        /// The field.
        field: FieldName,
    },
    /// White space that is not ASCII parts two fields, such as a no-break space.
    NonAsciiSpace(char),
    /// A line break or another control character parts two fields.
    LineBreak,
}
