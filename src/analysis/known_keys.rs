//! Labels and annotations that other programs read: which, where, and in what form. The file beside this one is all that is
//! known; a row more is a key more.

use std::ops::Range;
use std::sync::LazyLock;

use super::Subject;
use crate::hash::HashMap;
use crate::k8s::objects::{Field, Map, ObjectMeta};
use crate::k8s::{Resource, schema};
use crate::sort;
use crate::yaml::Value;

const TABLES: &str = include_str!("known_keys.md");

/// What carries a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// `metadata.labels`.
    Label,
    /// `metadata.annotations`.
    Annotation,
}

impl Carrier {
    /// The field of the metadata.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Label => "labels",
            Self::Annotation => "annotations",
        }
    }
}

/// Whose metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// What somebody applies: the Job or CronJob.
    Object,
    /// The Job, or those that a CronJob makes.
    Job,
    /// The pods.
    Pod,
}

/// How a program reads a key.
#[derive(Debug)]
pub struct KnownKey {
    /// The key.
    pub key: &'static str,
    /// The program.
    pub reader: &'static str,
    /// What it reads the key from, the usual first.
    pub carriers: Vec<Carrier>,
    /// Whose metadata it reads.
    pub homes: Homes,
    /// What the value says.
    pub form: ValueForm,
    /// What the program does with another value.
    pub otherwise: &'static str,
    /// What becomes of a Job whose key is not read.
    pub unread: &'static str,
    /// Keys without one of which this one does nothing.
    pub needs: Vec<&'static str>,
}

/// Where a key is read.
#[derive(Debug)]
pub enum Homes {
    /// Perhaps anywhere.
    Any,
    /// From these metadata, the usual first.
    These(Vec<Home>),
    /// From objects of another kind.
    OfKind(&'static str),
}

/// What a value may say.
#[derive(Debug)]
pub enum ValueForm {
    /// Anything.
    Any,
    /// What Go's `strconv.Atoi` reads.
    WholeNumber,
    /// Words, in a list with commas if they may be several.
    Words {
        /// Those that the program knows.
        known: Vec<&'static str>,
        /// Whether they may be several.
        is_list: bool,
        /// Whether capitals matter.
        is_exact: bool,
    },
}

/// A key that no program reads, and the one that is read.
#[derive(Debug)]
pub struct UnreadKey {
    /// Who might be thought to read it.
    pub reader: &'static str,
    /// Since when, or in which releases, it is the other one: `since 1.0 it is`; empty for a misspelling.
    pub why: &'static str,
    /// The key that is read.
    pub instead: String,
}

/// Labels or annotations of an object.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'a> {
    /// Which of the two.
    pub carrier: Carrier,
    /// Whose: a Job that nobody makes is both what is applied and a Job.
    pub homes: &'static [Home],
    /// The metadata with them.
    pub metadata: Value<'a>,
    /// The keys with their values.
    pub map: Field<'a, Map<'a, &'a str>>,
}

impl KnownKey {
    /// Whether the program reads the key there.
    #[must_use]
    pub fn is_read_from(&self, carried: Carried<'_>) -> bool {
        let is_home = match &self.homes {
            Homes::Any => return true,
            Homes::These(homes) => homes.iter().any(|home| carried.homes.contains(home)),
            Homes::OfKind(_) => false,
        };
        is_home && self.carriers.contains(&carried.carrier)
    }
}

impl ValueForm {
    /// The first part of a value that the program does not know, if there is one.
    #[must_use]
    pub fn unknown_in(&self, value: &str) -> Option<Range<usize>> {
        let whole = 0..value.len();
        match self {
            Self::Any => None,
            Self::WholeNumber => {
                let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
                let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                (!is_number || value.parse::<i64>().is_err()).then_some(whole)
            }
            Self::Words { is_list: false, .. } => (!self.knows(value)).then_some(whole),
            Self::Words { .. } => {
                let mut next = 0;
                value.split(',').find_map(|item| {
                    let word = item.trim();
                    let start = next + item.len() - item.trim_start().len();
                    next += item.len() + 1;
                    (!self.knows(word)).then(|| start..start + word.len())
                })
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        let Self::Words { known, is_exact, .. } = self else { return true };
        known.iter().any(|known| if *is_exact { *known == word } else { known.eq_ignore_ascii_case(word) })
    }
}

impl<'a> Carried<'a> {
    /// All labels and annotations of an object, its own first.
    #[must_use]
    pub fn all(subject: &Subject<'a>) -> Vec<Self> {
        let root = subject.manifest.root.get("metadata").map(|entry| entry.value);
        let own: &[Home] = if subject.is(Resource::CronJob) { &[Home::Object] } else { &[Home::Object, Home::Job] };
        let made = subject.cron_job.and_then(|spec| spec.value.job_template()?.value.metadata());
        let pod = subject.job.and_then(|job| job.value.template()?.value.metadata());
        let all: [(Option<Value<'a>>, Option<ObjectMeta<'a>>, &'static [Home]); 3] = [
            (root, subject.manifest.metadata(), own),
            (made.map(|made| made.raw), made.map(|made| made.value), &[Home::Job]),
            (pod.map(|pod| pod.raw), pod.map(|pod| pod.value), &[Home::Pod]),
        ];
        let mut found = Vec::new();
        for (raw, metadata, homes) in all {
            let (Some(raw), Some(metadata)) = (raw, metadata) else { continue };
            let maps = [(Carrier::Label, metadata.labels()), (Carrier::Annotation, metadata.annotations())];
            let carried =
                |(carrier, map): (Carrier, Option<_>)| Some(Self { carrier, homes, metadata: raw, map: map? });
            found.extend(maps.into_iter().filter_map(carried));
        }
        found
    }
}

/// The key, if a program is known to read it.
#[must_use]
pub fn known_key(key: &str) -> Option<&'static KnownKey> {
    TABLE.known.get(key)
}

/// What is read instead of a key that nobody reads.
#[must_use]
pub fn unread_key(key: &str) -> Option<UnreadKey> {
    if let Some((reader, why, instead)) = TABLE.unread.get(key) {
        return Some(UnreadKey { reader, why, instead: (*instead).to_owned() });
    }
    let (prefix, name) = key.split_at(key.find('/')? + 1);
    let (reader, names) = TABLE.prefixes.get(prefix)?;
    if TABLE.known.contains_key(key) || names.contains(&name) {
        return None;
    }
    let read = TABLE.known.keys().filter_map(|known| known.strip_prefix(prefix));
    let mut candidates: Vec<&str> = read.chain(names.iter().copied()).collect();
    sort::ascending(&mut candidates);
    let instead = schema::nearest(name, candidates)?;
    Some(UnreadKey { reader, why: "", instead: format!("{prefix}{instead}") })
}

struct Tables {
    known: HashMap<&'static str, KnownKey>,
    unread: HashMap<&'static str, (&'static str, &'static str, &'static str)>,
    prefixes: HashMap<&'static str, (&'static str, Vec<&'static str>)>,
}

static TABLE: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { known: HashMap::default(), unread: HashMap::default(), prefixes: HashMap::default() };
    // A row is known by the number of its cells; headings stand before a line of dashes.
    let mut rows = TABLES.lines().filter(|line| line.starts_with('|')).map(cells).peekable();
    while let Some(row) = rows.next() {
        let is_heading = rows.peek().is_some_and(|next| next[0].starts_with('-'));
        match row[..] {
            _ if is_heading || row[0].starts_with('-') => {}
            [key, reader, carriers, homes, value, otherwise, unread, needs, _, _] => {
                let (carriers, homes) = (list(carriers).map(carrier).collect(), self::homes(homes));
                let (form, needs) = (form(value), list(needs).collect());
                tables.known.insert(key, KnownKey { key, reader, carriers, homes, form, otherwise, unread, needs });
            }
            [key, reader, why, instead, _] => drop(tables.unread.insert(key, (reader, why, instead))),
            [prefix, reader, names, _] => drop(tables.prefixes.insert(prefix, (reader, list(names).collect()))),
            _ => panic!("a row has other cells than the tables of known keys: {row:?}"),
        }
    }
    tables
});

fn cells(line: &'static str) -> Vec<&'static str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn carrier(word: &str) -> Carrier {
    match word {
        "label" => Carrier::Label,
        "annotation" => Carrier::Annotation,
        _ => panic!("a key is carried by a label or an annotation, and not by {word:?}"),
    }
}

fn homes(cell: &'static str) -> Homes {
    let home = |word| match word {
        "object" => Some(Home::Object),
        "job" => Some(Home::Job),
        "pod" => Some(Home::Pod),
        _ => None,
    };
    match list(cell).map(home).collect() {
        Some(homes) => Homes::These(homes),
        None if cell == "any" => Homes::Any,
        None => Homes::OfKind(cell),
    }
}

fn form(cell: &'static str) -> ValueForm {
    match cell.split_once(':') {
        None if cell == "any" => ValueForm::Any,
        None if cell == "whole number" => ValueForm::WholeNumber,
        Some((kind, known)) => ValueForm::Words {
            known: list(known).collect(),
            is_list: kind.starts_with("some of"),
            is_exact: !kind.ends_with("in any case"),
        },
        None => panic!("no form of a value: {cell:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, ValueForm, known_key, unread_key};

    #[test]
    fn every_row_is_read_and_says_where_from() {
        assert!(TABLE.known.len() > 30 && TABLE.unread.len() >= 2 && TABLE.prefixes.len() >= 7);
        let rows = super::TABLES.lines().filter(|line| line.starts_with('|') && !line.contains("---"));
        for row in rows.map(super::cells).filter(|row| row[row.len() - 1] != "source") {
            assert!(row[row.len() - 1].starts_with("https://"), "{row:?}");
        }
        for (key, known) in &TABLE.known {
            assert!(known.needs.iter().all(|other| known_key(other).is_some()), "{key}");
            assert!(matches!(known.form, ValueForm::Any) || !known.otherwise.is_empty(), "{key}");
        }
        for (key, (.., instead)) in &TABLE.unread {
            assert!(known_key(key).is_none() && known_key(instead).is_some(), "{key}");
        }
    }

    #[test]
    fn values_are_read_as_the_program_reads_them() {
        let unknown = |key: &str, value: &'static str| {
            known_key(key).and_then(|key| key.form.unknown_in(value)).map(|part| &value[part])
        };
        for (key, value, part) in [
            ("helm.sh/hook", "pre-install, Post-Upgrade", None),
            ("helm.sh/hook", "pre-install,pre-update", Some("pre-update")),
            ("helm.sh/hook", "crd-install", Some("crd-install")),
            ("helm.sh/hook-weight", "-5", None),
            ("helm.sh/hook-weight", "+5", None),
            ("helm.sh/hook-weight", "first", Some("first")),
            ("helm.sh/hook-weight", "5.0", Some("5.0")),
            ("argocd.argoproj.io/hook", "PreSync", None),
            ("argocd.argoproj.io/hook", "presync", Some("presync")),
            ("kustomize.toolkit.fluxcd.io/force", "Enabled", None),
            ("kustomize.toolkit.fluxcd.io/force", "true", Some("true")),
        ] {
            assert_eq!(unknown(key, value), part, "{key}: {value}");
        }
    }

    #[test]
    fn what_is_nearly_a_key_is_a_misspelling_of_it() {
        let instead = |key: &str| unread_key(key).map(|key| key.instead);
        assert_eq!(instead("helm.sh/hooks").as_deref(), Some("helm.sh/hook"));
        assert_eq!(instead("helm.sh/hook-deletion-policy").as_deref(), Some("helm.sh/hook-delete-policy"));
        assert_eq!(instead("argocd.argoproj.io/syncwave").as_deref(), Some("argocd.argoproj.io/sync-wave"));
        assert_eq!(instead("karpenter.sh/do-not-evict").as_deref(), Some("karpenter.sh/do-not-disrupt"));
        for key in
            ["helm.sh/chart", "helm.sh/show-output", "argocd.argoproj.io/team", "example.com/hook", "hook", "helm.sh/"]
        {
            assert_eq!(instead(key), None, "{key}");
        }
    }
}
