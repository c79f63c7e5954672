use super::Document;
use crate::text::Span;

/// A value of a document as Kubernetes reads it: scalars resolved, aliases followed, keys merged.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) node: u32,
}

/// What a value is to Kubernetes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'a> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number<'a>),
    /// A string.
    String(&'a str),
    /// A list; see [`Value::items`].
    Sequence,
    /// An object; see [`Value::entries`].
    Mapping,
}

/// A number as Go reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number<'a> {
    /// A whole number that fits 64 bits with a sign.
    Int(i64),
    /// A whole number above `i64::MAX` that fits 64 bits.
    Uint(u64),
    /// Any other number of YAML; `6.0` and `1e3` reach Kubernetes as the whole numbers 6 and 1000.
    Float(f64),
    /// A number of a JSON document, which keeps its spelling.
    Json(&'a str),
}

impl Number<'_> {
    /// The whole number that Go's decoder would put into an `int64`, if it takes it.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the range is checked")]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(number),
            Self::Uint(_) => None,
            Self::Float(number) => {
                let whole = number.trunc() == number && number >= i64::MIN as f64 && number < i64::MAX as f64;
                whole.then_some(number as i64)
            }
            Self::Json(text) => text.parse().ok(),
        }
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// A collection by indentation.
    Block,
    /// A collection in `[…]` or `{…}`.
    Flow,
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The key, resolved and written as a string (`on:` is `true`).
    pub key: &'a str,
    /// The key's bytes.
    pub key_span: Span,
    /// Its value.
    pub value: Value<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) span: Span,
    pub(super) style: Style,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Data {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// A JSON number; its span is its text.
    Json,
    String(Text),
    /// A range of `Document::items`.
    Sequence(u32, u32),
    /// A range of `Document::entries`.
    Mapping(u32, u32),
}

/// A string: bytes of the source, or of the document's buffer of decoded text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Text {
    Source(Span),
    Decoded(Span),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct NodeEntry {
    pub(super) key: Text,
    pub(super) key_span: Span,
    pub(super) value: u32,
}

impl Document<'_> {
    pub(super) fn string(&self, text: Text) -> &str {
        match text {
            Text::Source(span) => &self.text[span.range()],
            Text::Decoded(span) => &self.decoded[span.range()],
        }
    }
}

impl<'a> Value<'a> {
    fn data(self) -> Node {
        self.document.nodes[self.node as usize]
    }

    /// What it is to Kubernetes.
    #[must_use]
    pub fn kind(self) -> Kind<'a> {
        let node = self.data();
        match node.data {
            Data::Null => Kind::Null,
            Data::Bool(value) => Kind::Bool(value),
            Data::Int(value) => Kind::Number(Number::Int(value)),
            Data::Uint(value) => Kind::Number(Number::Uint(value)),
            Data::Float(value) => Kind::Number(Number::Float(value)),
            Data::Json => Kind::Number(Number::Json(&self.document.text[node.span.range()])),
            Data::String(text) => Kind::String(self.document.string(text)),
            Data::Sequence(..) => Kind::Sequence,
            Data::Mapping(..) => Kind::Mapping,
        }
    }

    /// Its bytes: quotes, brackets and a block scalar's header included; a block collection ends at its last
    /// content byte. An alias has the span of what it stands for. Empty where nothing is written.
    #[must_use]
    pub fn span(self) -> Span {
        self.data().span
    }

    /// How it is written.
    #[must_use]
    pub fn style(self) -> Style {
        self.data().style
    }

    /// Its bytes as written.
    #[must_use]
    pub fn source(self) -> &'a str {
        &self.document.text[self.span().range()]
    }

    /// The document it belongs to.
    #[must_use]
    pub fn document(self) -> &'a Document<'a> {
        self.document
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        match self.data().data {
            Data::String(text) => Some(self.document.string(text)),
            _ => None,
        }
    }

    /// Whether Kubernetes sees nothing here: a null is the same as a field left out.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.data().data, Data::Null)
    }

    /// The entries of a mapping, each key once (the last one wins); none for other values.
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry<'a>> + Clone + 'a {
        let range = match self.data().data {
            Data::Mapping(first, end) => first as usize..end as usize,
            _ => 0..0,
        };
        self.document.entries[range].iter().map(move |entry| Entry {
            key: self.document.string(entry.key),
            key_span: entry.key_span,
            value: Value { document: self.document, node: entry.value },
        })
    }

    /// The items of a list; none for other values.
    pub fn items(self) -> impl ExactSizeIterator<Item = Value<'a>> + Clone + 'a {
        let range = match self.data().data {
            Data::Sequence(first, end) => first as usize..end as usize,
            _ => 0..0,
        };
        self.document.items[range].iter().map(move |node| Value { document: self.document, node: *node })
    }

    /// The entry of a mapping with that key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry<'a>> {
        self.entries().find(|entry| entry.key == key)
    }

    /// The path from this value to the innermost key or value that covers `span`, as Kubernetes writes it:
    /// `spec.containers[0].name`. Empty for the value itself.
    #[must_use]
    pub fn path_to(self, span: Span) -> String {
        let mut path = String::new();
        let mut current = Some(self);
        while let Some(value) = current {
            current = value.step_towards(span, &mut path);
        }
        path
    }

    /// Goes one level down, to the child that covers `span`, and adds that step to `path`.
    fn step_towards(self, span: Span, path: &mut String) -> Option<Value<'a>> {
        if let Some(entry) =
            self.entries().find(|entry| entry.key_span.contains(span) || entry.value.span().contains(span))
        {
            push_key(path, entry.key);
            return (!entry.key_span.contains(span)).then_some(entry.value);
        }
        let (index, item) = self.items().enumerate().find(|(_, item)| item.span().contains(span))?;
        path.push_str(&format!("[{index}]"));
        Some(item)
    }
}

/// Adds a key to a path. Kubernetes writes the keys of its maps (labels, limits) in brackets; which mappings are
/// maps only the schema knows, so a key that is no identifier is taken for one.
fn push_key(path: &mut String, key: &str) {
    if key.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !key.is_empty() {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push('[');
        path.push_str(key);
        path.push(']');
    }
}
