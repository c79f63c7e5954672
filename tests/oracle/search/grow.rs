//! New values for fields, from the lists of values and from parts of other manifests.

use batchlint::k8s::schema::{Kind, Type, Version};
use serde_json::{Map, Value as Json};

use crate::bases::Parts;
use crate::random::Random;
use crate::tree::{Path, Site};
use crate::values::{Values, misspelt, wrong};

/// What values are made from.
pub(crate) struct Soil {
    pub(crate) values: Values,
    pub(crate) parts: Parts,
    pub(crate) version: Version,
}

impl Soil {
    /// A value of the right type, as a rule.
    pub(crate) fn value(&self, site: &Site, random: &mut Random, depth: usize) -> Json {
        match site.kind {
            Kind::Object(object) => self.object(object, random, depth),
            Kind::List(kind) => self.list(&Site { kind: *kind, ..site.clone() }, random, depth),
            Kind::Map(kind) => {
                let count = 1 + random.below(2);
                (0..count).map(|_| self.entry(&Site { kind: *kind, ..site.clone() }, random)).collect()
            }
            _ => self.scalar(site, random),
        }
    }

    /// A value of any type.
    pub(crate) fn any(&self, site: &Site, random: &mut Random) -> Json {
        if random.chance(12) {
            return random.pick(&wrong(site.kind)).cloned().unwrap_or_default();
        }
        self.value(site, random, 0)
    }

    /// A name and a value for a map whose values have the site's kind.
    pub(crate) fn entry(&self, site: &Site, random: &mut Random) -> (String, Json) {
        let name = random.pick(self.values.names_of(site)).cloned().unwrap_or_default();
        let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
        (name, self.scalar(site, random))
    }

    /// An element for a list whose elements have the site's kind.
    pub(crate) fn element(&self, site: &Site, random: &mut Random) -> Json {
        self.value(site, random, 1)
    }

    fn scalar(&self, site: &Site, random: &mut Random) -> Json {
        let own = if random.chance(85) { self.values.of(site) } else { self.values.of_kind(site.kind) };
        match random.pick(own).cloned().unwrap_or_default() {
            Json::String(text) if random.chance(8) => misspelt(&text, random).into(),
            value => value,
        }
    }

    fn list(&self, element: &Site, random: &mut Random, depth: usize) -> Json {
        let count = [0, 1, 1, 1, 2, 2, 3][random.below(7)];
        let mut items: Vec<Json> = (0..count).map(|_| self.value(element, random, depth + 1)).collect();
        if random.chance(10) {
            items.extend(items.first().cloned());
        }
        items.into()
    }

    fn object(&self, object: &'static Type, random: &mut Random, depth: usize) -> Json {
        let parts = self.parts.get(object.name()).map_or(&[][..], Vec::as_slice);
        let part = |random: &mut Random| random.pick(parts).cloned().unwrap_or_default();
        match random.below(100) {
            0..50 => part(random),
            50..65 => {
                let mut both = part(random);
                let other = part(random);
                if let (Json::Object(both), Json::Object(other)) = (&mut both, other) {
                    both.extend(other);
                }
                both
            }
            65..75 => {
                let mut changed = part(random);
                self.touch(&mut changed, object, random, depth);
                changed
            }
            75..95 if depth < 3 => {
                let mut grown = Json::Object(Map::new());
                for _ in 0..1 + random.below(4) {
                    self.touch(&mut grown, object, random, depth);
                }
                grown
            }
            _ => Json::Object(Map::new()),
        }
    }

    /// Gives one field of an object a new value.
    fn touch(&self, value: &mut Json, object: &'static Type, random: &mut Random, depth: usize) {
        let fields: Vec<_> = object.fields(self.version).collect();
        if let Some(field) = random.pick(&fields) {
            let site = Site { path: Path::default().key(field.name), kind: field.kind, owner: object, field };
            let fresh = self.value(&site, random, depth + 1);
            if let Json::Object(entries) = value {
                entries.insert(field.name.to_owned(), fresh);
            }
        }
    }
}
