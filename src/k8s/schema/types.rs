//! Types of the API and their fields.

use std::cmp::Ordering;
use std::fmt;

use super::gated::gate_of;
use super::nearest::nearest;
use super::numbers::NUMBERS;
use super::order::compare;
use super::version::Version;
use crate::yaml::{Key, Slots};

/// In no version yet, as a minor version.
pub(crate) const NEVER: u8 = u8::MAX;

/// A type of the API, such as `PodSpec`: its fields in every version known.
pub struct Type {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// Where each name is first.
    slots: Slots,
    width: usize,
    /// A bit for the number of each field that all versions have, of one kind and without a feature gate.
    settled: u64,
}

/// A field of a type. One whose kind changed between versions stands twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name as in YAML, `backoffLimit`.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Kind,
    since: u8,
    until: u8,
    number: u8,
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
        let mut slots = Slots::new();
        let (mut index, mut width, mut settled) = (0, 0, 0);
        while index < fields.len() {
            // A field that stands twice is found at its first place.
            if index == 0 || !matches!(compare(fields[index - 1].name, fields[index].name), Ordering::Equal) {
                slots.put(fields[index].name, index);
            }
            if width <= fields[index].number as usize {
                width = fields[index].number as usize + 1;
            }
            let Field { name: field, since, until, .. } = fields[index];
            if since == 0 && until == u8::MAX && gate_of(name, field).is_none() {
                settled |= 1 << fields[index].number;
            }
            index += 1;
        }
        Self { name, fields, slots, width, settled }
    }

    /// The short name, `PodSpec`. No two types have the same.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// More than the number of each of its fields.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Whether all versions have this field of the type, of one kind and without a feature gate.
    #[inline]
    pub(crate) const fn has_settled(&self, field: &Field) -> bool {
        self.settled & 1 << field.number != 0
    }

    /// The field of this exact name in `version`.
    #[must_use]
    pub fn field(&self, name: &str, version: Version) -> Option<&'static Field> {
        self.fields_named(name).iter().find(|field| field.is_in(version))
    }

    /// The field of this exact name in all versions: none, one, or one for each kind it ever had.
    #[must_use]
    pub fn fields_named(&self, name: &str) -> &'static [Field] {
        self.fields_of(Key::new(name))
    }

    fn fields_of(&self, key: Key<'_>) -> &'static [Field] {
        let Some(first) = self.index_of(key) else { return &[] };
        let fields = &self.fields[first..];
        let count = fields.iter().take_while(|field| field.name == fields[0].name).count();
        &fields[..count]
    }

    /// The first field of this key in any version.
    #[inline]
    pub(crate) fn first_of(&self, key: Key<'_>) -> Option<&'static Field> {
        self.fields.get(self.index_of(key)?)
    }

    #[inline]
    fn index_of(&self, key: Key<'_>) -> Option<usize> {
        self.slots.find(key, |index| self.fields.get(index).map(|field: &Field| field.name))
    }

    /// The fields it has in some version, in the order of their names.
    pub(super) fn all_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter()
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

/// The number of the fields of this name: below 64, and another one than every field has that can stand beside one of
/// them.
#[must_use]
pub const fn number_of(name: &str) -> u8 {
    let (mut low, mut high) = (0, NUMBERS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match compare(NUMBERS[middle].0, name) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return NUMBERS[middle].1,
            Ordering::Greater => high = middle,
        }
    }
    panic!("no type has a field of this name")
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
    /// Its [number](number_of).
    #[inline]
    pub(crate) const fn number(&self) -> u8 {
        self.number
    }

    /// Whether the API of `version` has the field.
    #[must_use]
    pub const fn is_in(&self, version: Version) -> bool {
        self.since <= version.minor() && version.minor() <= self.until
    }

    /// The minor version from which on servers have it for good and of one kind, and its feature gate, as a field of
    /// `owner`, on by default; [`NEVER`] for one that has been given up.
    #[cold]
    pub(crate) fn settled_since(&self, owner: &Type) -> u8 {
        let on = gate_of(owner.name, self.name).map_or(0, |gate| gate.since().map_or(NEVER, Version::minor));
        if self.until == u8::MAX { on.max(self.since) } else { NEVER }
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
    Field { name, kind, since: 0, until: u8::MAX, number: number_of(name) }
}

impl Field {
    pub(super) const fn from(self, minor: u8) -> Self {
        Self { since: minor, ..self }
    }

    pub(super) const fn to(self, minor: u8) -> Self {
        Self { until: minor, ..self }
    }
}
