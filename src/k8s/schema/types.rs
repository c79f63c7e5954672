use std::fmt;

use super::Version;
use super::nearest::nearest;
use crate::yaml::Key;

/// A type of the API, such as `PodSpec`: its fields in every version known.
pub struct Type {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// Where a name is among the fields: by its hash, or in the next slots.
    slots: [u8; SLOTS],
}

/// More than twice as many as any type has fields.
const SLOTS: usize = 128;
/// The slot of no field.
const FREE: u8 = u8::MAX;

/// A field of a type. One whose kind changed between versions stands twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name as in YAML, `backoffLimit`.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Kind,
    since: u8,
    until: u8,
}

/// What the API server decodes a value into; `null` stands for the absent value of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value, kept as it is (`fieldsV1`).
    Any,
    /// `true` or `false`.
    Bool,
    /// A signed integer of 32 bits.
    Int32,
    /// A signed integer of 64 bits.
    Int64,
    /// An integer of 32 bits or a string (`port`).
    IntOrString,
    /// A sequence of values of one kind.
    List(&'static Kind),
    /// A mapping from free names to values of one kind.
    Map(&'static Kind),
    /// A mapping with the fields of a type.
    Object(&'static Type),
    /// An amount, `500m` or `2Gi`: a string or a number.
    Quantity,
    /// A string.
    String,
    /// An instant as RFC 3339 text.
    Time,
}

impl Type {
    /// A type with these fields, sorted by name.
    pub(super) const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        assert!(fields.len() < SLOTS / 2, "a type has too many fields for its slots");
        let mut slots = [FREE; SLOTS];
        let mut index = fields.len();
        // A field that stands twice is found at its first place.
        while index > 0 {
            index -= 1;
            let mut slot = Key::new(fields[index].name).hash as usize % SLOTS;
            while slots[slot] != FREE && !is_same(fields[slots[slot] as usize].name, fields[index].name) {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = index as u8;
        }
        Self { name, fields, slots }
    }

    /// The short name, `PodSpec`. No two types have the same.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The field of this exact name in `version`.
    #[must_use]
    pub fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.field_of(Key::new(name), version)
    }

    /// The field of this key in `version`.
    pub(crate) fn field_of(&self, key: Key<'_>, version: Version) -> Option<&'static Field> {
        self.fields_of(key).iter().find(|field| field.is_in(version))
    }

    /// The field of this exact name in all versions: none, one, or one for each kind it ever had.
    #[must_use]
    pub fn fields_named(&self, name: &str) -> &'static [Field] {
        self.fields_of(Key::new(name))
    }

    fn fields_of(&self, Key { text: name, hash }: Key<'_>) -> &'static [Field] {
        let mut slot = hash as usize % SLOTS;
        while let Some(start) = self.fields.get(usize::from(self.slots[slot])..).filter(|fields| !fields.is_empty()) {
            if start[0].name == name {
                let count = start.iter().take_while(|field| field.name == name).count();
                return &start[..count];
            }
            slot = (slot + 1) % SLOTS;
        }
        &[]
    }

    /// The fields it has in `version`, in the order of their names.
    pub fn fields(&self, version: Version) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(move |field| field.is_in(version))
    }

    /// The field of `version` that was most likely meant by `name`, which is none.
    #[must_use]
    pub fn nearest(&self, name: &str, version: Version) -> Option<&'static Field> {
        nearest(name, self.fields(version).map(|field| field.name)).and_then(|name| self.field(name, version))
    }
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Type {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Type {}

impl Field {
    /// Whether the API of `version` has the field.
    #[must_use]
    pub const fn is_in(&self, version: Version) -> bool {
        self.since <= version.minor() && version.minor() <= self.until
    }

    /// The first version that has it; none if that is older than [`Version::OLDEST`].
    #[must_use]
    pub const fn since(&self) -> Option<Version> {
        if self.since == 0 { None } else { Some(Version::new(self.since)) }
    }

    /// The last version that has it; none if [`Version::NEWEST`] still does.
    #[must_use]
    pub const fn until(&self) -> Option<Version> {
        if self.until == u8::MAX { None } else { Some(Version::new(self.until)) }
    }
}

impl Kind {
    /// The type of the object itself, or of the elements of a list or map of objects.
    #[must_use]
    pub const fn object(self) -> Option<&'static Type> {
        match self {
            Self::Object(object) => Some(object),
            Self::List(element) | Self::Map(element) => element.object(),
            _ => None,
        }
    }
}

/// A row of the table: a field of all versions unless narrowed.
pub(super) const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, since: 0, until: u8::MAX }
}

impl Field {
    pub(super) const fn from(self, minor: u8) -> Self {
        Self { since: minor, ..self }
    }

    pub(super) const fn to(self, minor: u8) -> Self {
        Self { until: minor, ..self }
    }
}
