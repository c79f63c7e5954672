//! Fingerprints of what was found in a text: a finding keeps its own when lines move, the file gets another name, or an
//! item of a list comes before its own.

use std::cell::{LazyCell, OnceCell};
use std::iter;

use crate::analysis::Analysis;
use crate::diagnostic::{Finding, Fingerprint};
use crate::hash::HashMap;
use crate::sort;
use crate::text::{Lines, Span};
use crate::yaml::Value;

/// Characters of a line that tell a finding which is about no field.
const LINE: usize = 200;
/// Lists within lists whose items are looked up; Kubernetes' nest less.
const DEEPEST: usize = 8;
/// What tells an item of a list from its neighbours, the better one first.
const NAMES: [&str; 5] = ["mountPath", "name", "key", "containerPort", "ip"];

/// Gives each finding of a text its fingerprint; those that are alike are numbered in order of place, be they suppressed.
pub(super) fn mark<'f>(findings: impl IntoIterator<Item = &'f mut Finding>, analysis: &Analysis) {
    let mut findings: Vec<&mut Finding> = findings.into_iter().collect();
    if findings.is_empty() {
        return;
    }
    sort::by_key(&mut findings, |finding| finding.span);
    // Most findings are about a field.
    let lines = LazyCell::new(|| Lines::new(analysis.source().text()));
    let (mut paths, mut last) = (Paths::new(analysis), None::<(usize, String)>);
    let mut alike: HashMap<Fingerprint, usize> = HashMap::default();
    for finding in findings {
        let place = match (&finding.object, &finding.field) {
            (Some(_), Some(field)) => paths.stable(field, finding.span),
            _ => {
                // A line may be the whole file, with a thousand findings.
                let line = lines.line_of(finding.span.start);
                if last.as_ref().is_none_or(|(known, _)| *known != line) {
                    last = Some((line, normal(&lines.text()[lines.span(line).range()])));
                }
                last.iter().map(|(_, normal)| normal.as_str()).collect()
            }
        };
        let first = finding.fingerprint_at(&place, 0);
        let before = alike.entry(first).or_default();
        finding.fingerprint = Some(if *before == 0 { first } else { finding.fingerprint_at(&place, *before) });
        *before += 1;
    }
}

/// A line without what moves in it.
fn normal(line: &str) -> String {
    let words = line.split_whitespace().flat_map(|word| iter::once(' ').chain(word.chars()));
    words.skip(1).take(LINE).collect()
}

/// An item of a list, and its name as soon as somebody asks for it.
struct Item<'a> {
    value: Value<'a>,
    name: OnceCell<Option<&'a str>>,
}

/// Paths of fields, with the items of lists by their names.
struct Paths<'a> {
    /// The objects, in the order of their bytes.
    roots: Vec<(Span, Value<'a>)>,
    /// Lists that were asked for, by their object and path.
    lists: HashMap<(usize, String), Vec<Item<'a>>>,
    last: Last,
}

/// The item that was led to last, which findings beside each other have in common: its object, its path, and that by names.
#[derive(Debug, Default)]
struct Last {
    root: usize,
    path: String,
    stable: String,
}

impl Last {
    /// A path of fields in the same item.
    fn stable(&self, root: usize, field: &str) -> Option<String> {
        let rest = field.strip_prefix(&self.path).filter(|_| root == self.root && !self.path.is_empty())?;
        (!rest.contains('[')).then(|| [&self.stable, rest].concat())
    }
}

impl<'a> Paths<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let roots = analysis.manifests().map(|manifest| (manifest.root.span(), manifest.root));
        let mut roots: Vec<_> = roots.collect();
        sort::by_key(&mut roots, |(span, _)| *span);
        Self { roots, lists: HashMap::default(), last: Last::default() }
    }

    /// The path with `[name]` for `[0]`, as far as items have names.
    fn stable(&mut self, field: &str, span: Span) -> String {
        let behind = self.roots.partition_point(|(root, _)| root.start <= span.start);
        let Some(root) = behind.checked_sub(1) else { return field.to_owned() };
        if let Some(stable) = self.last.stable(root, field) {
            return stable;
        }
        let mut at = self.roots.get(root).map(|(_, value)| *value);
        let (mut stable, mut done) = (String::with_capacity(field.len()), 0);
        for _ in 0..DEEPEST {
            let Some((list, rest)) = field[done..].split_once('[') else { break };
            let Some((index, _)) = rest.split_once(']') else { break };
            let prefix = &field[..done + list.len()];
            let items = at.map(|at| self.items(root, prefix, at, list));
            let item = items.and_then(|items| items.get(index.parse::<usize>().ok()?));
            stable.push_str(list);
            stable.extend(["[", item.and_then(Item::name).unwrap_or(index), "]"]);
            at = item.map(|item| item.value);
            done += list.len() + index.len() + 2;
        }
        self.last = Last { root, path: field[..done].to_owned(), stable: stable.clone() };
        stable.push_str(&field[done..]);
        stable
    }

    /// The items of the list that a path leads to, of which the last fields lead there from a value.
    fn items(&mut self, root: usize, path: &str, from: Value<'a>, fields: &str) -> &[Item<'a>] {
        self.lists.entry((root, path.to_owned())).or_insert_with(|| {
            let mut fields = fields.split('.').filter(|field| !field.is_empty());
            let list = fields.try_fold(from, |value, field| Some(value.get(field)?.value));
            list.into_iter().flat_map(Value::items).map(|value| Item { value, name: OnceCell::new() }).collect()
        })
    }
}

impl<'a> Item<'a> {
    /// What tells it from its neighbours, where something does.
    fn name(&self) -> Option<&'a str> {
        *self.name.get_or_init(|| {
            let is_scalar = |value: &Value<'_>| !(value.is_mapping() || value.is_sequence() || value.is_null());
            let value = NAMES.iter().find_map(|name| Some(self.value.get(name)?.value).filter(is_scalar))?;
            value.as_str().or_else(|| Some(value.source()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Paths;
    use crate::analysis::{Settings, analyse};
    use crate::schedule::Instant;
    use crate::text::{Source, Span};

    #[test]
    fn a_path_is_the_same_whatever_was_asked_before() {
        let item =
            |name: &str| format!("{{name: {name}, env: [{{name: X}}, {{value: y}}], ports: [{{containerPort: 1}}]}}");
        let job =
            |names: [&str; 2]| format!("kind: Job\napiVersion: batch/v1\na:\n- {}\n", names.map(item).join("\n- "));
        let text = format!("{}---\n{}", job(["first", "second"]), job(["third", "fourth"]));
        let analysis = analyse(Source::new("a.yaml", text.as_str()), &Settings::at(Instant::from_unix(0)));
        let second = Span::empty(u32::try_from(text.find("third").expect("it is there")).expect("short"));
        let fields = [
            "a",
            "a[0].name",
            "a[0]",
            "a[1].name",
            "a[1].env[0].name",
            "a[1].env[1].value",
            "a[1].x[0]",
            "a[0].ports[0]",
        ];
        let asked: Vec<(&str, Span)> =
            fields.into_iter().flat_map(|field| [(field, Span::empty(0)), (field, second)]).collect();
        let alone = |(field, span)| Paths::new(&analysis).stable(field, span);
        for (one, other) in asked.iter().flat_map(|one| asked.iter().map(move |other| (*one, *other))) {
            let mut paths = Paths::new(&analysis);
            paths.stable(one.0, one.1);
            assert_eq!(paths.stable(other.0, other.1), alone(other), "{other:?} after {one:?}");
        }
        assert_eq!(alone(("a[1].env[0].name", second)), "a[fourth].env[X].name");
    }
}
