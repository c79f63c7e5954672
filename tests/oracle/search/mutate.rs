//! Changes to a manifest, each at a place that the schema knows.

use batchlint::k8s::schema::{self, Kind};
use serde_json::{Value as Json, json};

use crate::bases::Base;
use crate::grow::Soil;
use crate::random::Random;
use crate::tree::{Path, Site, Step, Survey};
use crate::values::misspelt;

/// A manifest under change, with a list of what was done.
pub(crate) struct Mutation<'s> {
    pub(crate) root: Json,
    pub(crate) changes: Vec<String>,
    base: &'s Base,
    soil: &'s Soil,
    /// Where changes are made; they gather there, so that fields meet that are checked together.
    focus: Path,
}

impl<'s> Mutation<'s> {
    pub(crate) fn new(base: &'s Base, soil: &'s Soil) -> Self {
        Self { root: base.root.clone(), changes: Vec::new(), base, soil, focus: Path::default() }
    }

    /// Makes `count` changes, half of them near the one before.
    pub(crate) fn change(&mut self, count: usize, random: &mut Random) {
        for _ in 0..count {
            if random.chance(50) {
                self.focus = Path::default();
            }
            self.change_one(random);
        }
    }

    /// Puts parts of other manifests in the places of their like, which the server mostly takes.
    pub(crate) fn cross(&mut self, count: usize, random: &mut Random) {
        for _ in 0..count {
            let survey = self.survey();
            let Some((path, object)) = random.pick(&survey.objects) else { continue };
            let parts = self.soil.parts.get(object.name()).map_or(&[][..], Vec::as_slice);
            match random.pick(parts).cloned() {
                Some(part) if !path.0.is_empty() => self.put("cross", path, part),
                _ => {}
            }
        }
    }

    fn survey(&self) -> Survey {
        let mut survey = Survey::of(&self.root, self.base.root_type, self.soil.version);
        if survey.sites.iter().any(|site| site.path.starts_with(&self.focus)) {
            survey.sites.retain(|site| site.path.starts_with(&self.focus));
            survey.objects.retain(|(path, _)| path.starts_with(&self.focus));
        }
        survey
    }

    fn change_one(&mut self, random: &mut Random) {
        let survey = self.survey();
        let Some(site) = random.pick(&survey.sites).cloned() else { return };
        self.focus = site.path.parent();
        match random.below(100) {
            0..30 => self.set_absent(&survey, random),
            30..58 => {
                let value = self.soil.any(&site, random);
                self.put("value", &site.path, value);
            }
            58..64 => self.misspell_value(&site, random),
            64..71 => self.delete(&site.path),
            71..75 => self.rename(&site, random),
            75..80 => self.repeat(&survey, random),
            80..87 => self.add_element(&survey, random),
            87..93 => self.transplant(&survey, &site, random),
            93..96 => self.displace(&survey, &site, random),
            96..98 => self.nothing(&site.path, random),
            _ => self.lengthen(&survey, random),
        }
    }

    fn put(&mut self, what: &str, path: &Path, value: Json) {
        if path.put(&mut self.root, value.clone()).is_some() {
            let mut text = value.to_string();
            if text.chars().count() > 100 {
                text = text.chars().take(100).chain("…".chars()).collect();
            }
            self.changes.push(format!("{what} {path} = {text}"));
        }
    }

    fn delete(&mut self, path: &Path) {
        if path.take(&mut self.root).is_some() {
            self.changes.push(format!("delete {path}"));
        }
    }

    fn set_absent(&mut self, survey: &Survey, random: &mut Random) {
        let Some((path, object)) = random.pick(&survey.objects) else { return };
        let present = path.get(&self.root).and_then(Json::as_object);
        let is_absent = |name: &str| present.is_none_or(|entries| !entries.contains_key(name));
        let absent: Vec<_> = object.fields(self.soil.version).filter(|field| is_absent(field.name)).collect();
        let Some(field) = random.pick(&absent) else { return };
        let site = Site { path: path.key(field.name), kind: field.kind, owner: object, field };
        let value = self.soil.any(&site, random);
        self.focus = path.clone();
        self.put("set", &site.path, value);
    }

    fn misspell_value(&mut self, site: &Site, random: &mut Random) {
        if let Some(text) = site.path.get(&self.root).and_then(Json::as_str) {
            let slip = misspelt(text, random);
            self.put("misspell", &site.path, slip.into());
        }
    }

    fn rename(&mut self, site: &Site, random: &mut Random) {
        let Some(Step::Key(name)) = site.path.0.last() else { return };
        let sisters: Vec<_> = site.owner.fields(self.soil.version).map(|field| field.name).collect();
        let types: Vec<_> = schema::types().collect();
        let other = random.pick(&types).map(|other| other.fields(self.soil.version).map(|field| field.name).collect());
        let strangers: Vec<_> = other.unwrap_or_default();
        let other = match random.below(10) {
            0..2 => random.pick(&sisters).map(ToString::to_string),
            2..3 => random.pick(&strangers).map(ToString::to_string),
            _ => Some(misspelt(name, random)),
        };
        let path = site.path.parent().key(&other.unwrap_or_default());
        if let Some(value) = site.path.take(&mut self.root) {
            self.put(&format!("rename {name}:"), &path, value);
        }
    }

    fn lists(survey: &Survey) -> Vec<&Site> {
        survey.sites.iter().filter(|site| matches!(site.kind, Kind::List(_) | Kind::Map(_))).collect()
    }

    /// Repeats an element of a list, at times with another value in one of its fields.
    fn repeat(&mut self, survey: &Survey, random: &mut Random) {
        let Some(site) = random.pick(&Self::lists(survey)).copied().cloned() else { return };
        let Some(items) = site.path.get(&self.root).and_then(Json::as_array) else { return };
        let (Some(item), count) = (random.pick(items).cloned(), items.len()) else { return };
        self.put("repeat", &site.path.index(count), item);
        let copy = site.path.index(count);
        let inside: Vec<_> = self.survey().sites.into_iter().filter(|site| site.path.starts_with(&copy)).collect();
        match random.pick(&inside).cloned() {
            Some(site) if random.chance(60) => {
                let value = self.soil.any(&site, random);
                self.put("value", &site.path, value);
            }
            _ => {}
        }
    }

    fn add_element(&mut self, survey: &Survey, random: &mut Random) {
        let Some(site) = random.pick(&Self::lists(survey)).copied().cloned() else { return };
        match (site.kind, site.path.get(&self.root)) {
            (Kind::List(kind), Some(Json::Array(items))) => {
                let path = site.path.index(items.len());
                let element = self.soil.element(&Site { kind: *kind, ..site }, random);
                self.put("add", &path, element);
            }
            (Kind::Map(kind), Some(Json::Object(_))) => {
                let path = site.path.clone();
                let (name, value) = self.soil.entry(&Site { kind: *kind, ..site }, random);
                self.put("add", &path.key(&name), value);
            }
            _ => {}
        }
    }

    /// Copies a value from elsewhere in the manifest: names meet the names they refer to.
    fn transplant(&mut self, survey: &Survey, site: &Site, random: &mut Random) {
        let everywhere = Survey::of(&self.root, self.base.root_type, self.soil.version).sites;
        let same_name = |other: &&Site| other.field.name == site.field.name && other.kind == site.kind;
        let like: Vec<_> = everywhere.iter().filter(|other| other.kind == site.kind).collect();
        let alike: Vec<_> = like.iter().copied().filter(|other| same_name(other)).collect();
        let from = if random.chance(60) { random.pick(&alike) } else { random.pick(&like) };
        let value = from.and_then(|from| from.path.get(&self.root)).cloned();
        let to = if random.chance(20) { random.pick(&survey.sites).unwrap_or(site) } else { site };
        if let Some(value) = value {
            self.put("transplant", &to.path, value);
        }
    }

    /// Moves a field into another object.
    fn displace(&mut self, survey: &Survey, site: &Site, random: &mut Random) {
        let (Some(Step::Key(name)), Some((object, _))) = (site.path.0.last(), random.pick(&survey.objects)) else {
            return;
        };
        let path = object.key(name);
        if !object.starts_with(&site.path) {
            let value = site.path.take(&mut self.root).unwrap_or_default();
            self.put("displace", &path, value);
        }
    }

    fn nothing(&mut self, path: &Path, random: &mut Random) {
        let nothings = [json!(null), json!({}), json!([]), json!("")];
        let nothing = random.pick(&nothings).cloned().unwrap_or_default();
        self.put("empty", path, nothing);
    }

    fn lengthen(&mut self, survey: &Survey, random: &mut Random) {
        let Some(site) = random.pick(&Self::lists(survey)).copied().cloned() else { return };
        let (Kind::List(kind), Some(Json::Array(items))) = (site.kind, site.path.get(&self.root)) else { return };
        let count = random.pick(&LIMITS).copied().unwrap_or_default();
        if let Some(longer) = lengthened(items, *kind, count) {
            self.put(&format!("lengthen to {count}"), &site.path, longer);
        }
    }
}

/// Lengths of lists that are limits of the API, and one more.
pub(crate) const LIMITS: [usize; 17] = [5, 6, 8, 9, 10, 11, 16, 17, 20, 21, 32, 33, 64, 65, 255, 256, 257];

/// A list of `count` elements like those there are, with names, texts and numbers of their own.
pub(crate) fn lengthened(items: &[Json], kind: Kind, count: usize) -> Option<Json> {
    let first = items.first()?;
    let like = |number: usize| match first {
        Json::Number(_) if matches!(kind, Kind::Int32 | Kind::Int64) => json!(number),
        Json::String(text) => json!(format!("{text}{number}")),
        Json::Object(entries) if entries.get("name").is_some_and(Json::is_string) => {
            let mut item = entries.clone();
            item.insert("name".to_owned(), json!(format!("a{number}")));
            item.into()
        }
        _ => items.get(number % items.len()).cloned().unwrap_or_default(),
    };
    Some((0..count).map(like).collect())
}
