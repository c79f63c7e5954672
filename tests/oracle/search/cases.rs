//! The cases of a search: at random from a seed, or one after the other.

use std::collections::HashMap;
use std::str::FromStr;

use batchlint::k8s::schema::{Field, Kind, Type, Version};
use serde_json::Value as Json;

use crate::bases::{self, Base};
use crate::emit::{Style, emit};
use crate::grow::Soil;
use crate::mutate::{LIMITS, Mutation, lengthened};
use crate::random::Random;
use crate::text;
use crate::tree::{Path, Site, Survey};
use crate::values::{Values, misspelt, wrong};

/// A manifest to ask about.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) yaml: String,
    /// What was done to which base.
    pub(crate) changes: Vec<String>,
}

/// Which cases to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Any changes anywhere; never ends.
    Random,
    /// Each field of each type, present or absent, with each value from its lists and each of a wrong type.
    Values,
    /// Each pair of fields of each type in one object.
    Pairs,
    /// The bases as they are.
    Bases,
}

impl FromStr for Plan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "random" => Ok(Self::Random),
            "values" => Ok(Self::Values),
            "pairs" => Ok(Self::Pairs),
            "bases" => Ok(Self::Bases),
            other => Err(format!("no plan `{other}`: random, values, pairs or bases")),
        }
    }
}

/// Makes cases.
pub(crate) struct Maker {
    bases: Vec<Base>,
    soil: Soil,
    seed: u64,
}

impl Maker {
    pub(crate) fn new(version: Version, seed: u64) -> Self {
        let bases = bases::load(version);
        let soil = Soil { values: Values::load(), parts: bases::parts(&bases, version), version };
        Self { bases, soil, seed }
    }

    pub(crate) fn cases(&self, plan: Plan) -> Box<dyn Iterator<Item = Case> + Send + '_> {
        match plan {
            Plan::Random => Box::new((0..).filter_map(|index| self.random(index))),
            Plan::Values => Box::new(self.each_field().into_iter().flat_map(|place| self.values(place))),
            Plan::Bases => Box::new(self.bases.iter().map(|base| self.with(base, &[]))),
            Plan::Pairs => Box::new(self.each_pair().into_iter().flat_map(|place| self.pairs(place))),
        }
    }

    /// Case number `index` of this seed.
    fn random(&self, index: u64) -> Option<Case> {
        let random = &mut Random::new(self.seed, index);
        let base = random.pick(&self.bases)?;
        let mut mutation = Mutation::new(base, &self.soil);
        let mut slips = 0;
        match random.below(100) {
            0..12 => slips = 1 + random.below(2),
            12..15 => {
                mutation.change(1, random);
                slips = 1;
            }
            15..30 => mutation.cross(1 + random.below(3), random),
            30..38 => {
                mutation.cross(1 + random.below(2), random);
                mutation.change(1, random);
            }
            _ => mutation.change([1, 1, 1, 1, 2, 2, 2, 3, 3, 5][random.below(10)], random),
        }
        let mut yaml = emit(&mutation.root, Style::random(random), random);
        let mut changes = mutation.changes;
        for _ in 0..slips {
            let (changed, what) = text::change(&yaml, random);
            yaml = changed;
            changes.push(what);
        }
        changes.insert(0, base.name.clone());
        Some(Case { id: format!("{}-{index}", self.seed), yaml, changes })
    }

    /// Every field of every type at up to two places: present where it can be, else absent.
    fn each_field(&self) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        let mut counts: HashMap<(&str, &str, String), usize> = HashMap::new();
        for base in &self.bases {
            let survey = Survey::of(&base.root, base.root_type, self.soil.version);
            let absent = survey.objects.iter().flat_map(|(path, object)| {
                let fields = object.fields(self.soil.version);
                fields.map(|field| Site { path: path.key(field.name), kind: field.kind, owner: object, field })
            });
            for site in survey.sites.iter().cloned().chain(absent) {
                let count = counts.entry((site.owner.name(), site.field.name, format!("{:?}", site.kind))).or_default();
                *count += 1;
                if *count <= 2 {
                    places.push(Place { base, site });
                }
            }
        }
        places
    }

    fn values<'m>(&'m self, place: Place<'m>) -> impl Iterator<Item = Case> + 'm {
        let site = &place.site;
        let mut values = self.soil.values.of(site).to_vec();
        let random = &mut Random::new(self.seed, u64::try_from(values.len()).unwrap_or(0));
        let texts: Vec<String> = values.iter().filter_map(Json::as_str).map(str::to_owned).collect();
        values.extend(
            texts.iter().take(6).flat_map(|text| (0..3).map(|_| misspelt(text, random).into()).collect::<Vec<_>>()),
        );
        values.extend(self.soil.values.of_kind(site.kind).iter().take(40).cloned());
        values.extend(wrong(site.kind));
        values.extend(wrong(site.kind).into_iter().map(|value| vec![value].into()));
        if site.kind.object().is_some() {
            values.extend((0..20).map(|_| self.soil.value(site, random, 0)));
        }
        if let Kind::Map(kind) = site.kind {
            let entry = Site { kind: *kind, ..site.clone() };
            let names = self.soil.values.names_of(site).iter().filter_map(Json::as_str).map(str::to_owned);
            values.extend(names.map(|name| Json::from_iter([(name, self.soil.entry(&entry, random).1)])));
        }
        if let (Kind::List(kind), Some(Json::Array(items))) = (site.kind, site.path.get(&place.base.root)) {
            values.extend(LIMITS.iter().filter_map(|count| lengthened(items, *kind, *count)));
            let element = Site { kind: *kind, ..site.clone() };
            let item = |random: &mut Random| self.soil.element(&element, random);
            values.extend((0..60).map(|_| vec![item(random), item(random)].into()));
        }
        values.into_iter().map(move |value| self.with(place.base, &[(&place.site.path, value)]))
    }

    /// Every two fields of every type, in the first object of it that there is.
    fn each_pair(&self) -> Vec<Pair<'_>> {
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for base in &self.bases {
            for (path, object) in Survey::of(&base.root, base.root_type, self.soil.version).objects {
                if seen.contains(&object.name()) {
                    continue;
                }
                seen.push(object.name());
                let fields: Vec<_> = object.fields(self.soil.version).collect();
                for (index, one) in fields.iter().enumerate() {
                    let others = fields.iter().skip(index + 1);
                    pairs.extend(others.map(|other| Pair { base, path: path.clone(), object, fields: [*one, *other] }));
                }
            }
        }
        pairs
    }

    fn pairs<'m>(&'m self, pair: Pair<'m>) -> impl Iterator<Item = Case> + 'm {
        (0..12).map(move |draw| {
            let random = &mut Random::new(self.seed, draw);
            let [one, other] = pair.fields.map(|field| {
                let path = pair.path.key(field.name);
                Site { path, kind: field.kind, owner: pair.object, field }
            });
            let values = [(&one.path, self.soil.any(&one, random)), (&other.path, self.soil.any(&other, random))];
            self.with(pair.base, &values)
        })
    }

    /// A base with values put into it.
    fn with(&self, base: &Base, values: &[(&Path, Json)]) -> Case {
        let mut root = base.root.clone();
        let mut changes = vec![base.name.clone()];
        for (path, value) in values {
            if path.put(&mut root, value.clone()).is_some() {
                changes.push(format!("value {path} = {value}"));
            }
        }
        let random = &mut Random::new(self.seed, 0);
        Case { id: changes.join("; "), yaml: emit(&root, Style::default(), random), changes }
    }
}

struct Place<'m> {
    base: &'m Base,
    site: Site,
}

struct Pair<'m> {
    base: &'m Base,
    path: Path,
    object: &'static Type,
    fields: [&'static Field; 2],
}
