//! What helm gives to templates that has methods: files, versions.

use super::text::Text;
use super::value::{Object, Value};

/// What the templates of a chart see of the one that is run, each under this name.
pub(crate) const TEMPLATE: &str = "Template";

/// Go's names of the types.
pub(crate) const FILES: &str = "engine.files";
pub(crate) const VERSION_SET: &str = "chartutil.VersionSet";
pub(crate) const KUBE_VERSION: &str = "chartutil.KubeVersion";

impl Object {
    /// Whether it is a chart's files, by their names.
    pub(crate) fn is_files(&self) -> bool {
        self.type_name == FILES
    }

    pub(crate) fn has_method(&self, name: &str) -> bool {
        match self.type_name {
            FILES => matches!(name, "Get" | "GetBytes" | "Glob" | "AsConfig" | "AsSecrets" | "Lines"),
            VERSION_SET => name == "Has",
            KUBE_VERSION => matches!(name, "String" | "GitVersion"),
            _ => false,
        }
    }

    /// What a method answers that needs no function.
    pub(crate) fn answer(&self, method: &str, word: &str) -> Value {
        let file = || self.fields.get(word);
        match method {
            "Get" | "GetBytes" => file().unwrap_or_else(|| Value::computed("")),
            "Glob" => {
                let pattern = Glob::read(word);
                let matching = self.fields.entries().into_iter().filter(|(name, _)| pattern.matches(name.as_str()));
                Value::object(FILES, matching.collect())
            }
            "Lines" => Value::list(file().as_ref().and_then(Value::as_text).map(lines).unwrap_or_default()),
            // Only a cluster knows which kinds it has.
            "Has" if file().is_none() && names_kind(word) => Value::unknown(),
            "Has" => Value::bool(file().is_some()),
            _ => Value::text(self.printed.clone()),
        }
    }
}

/// Whether a word names a kind, as `batch/v1/CronJob` does, and not only a version of an API.
fn names_kind(word: &str) -> bool {
    word.rsplit('/').next().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn lines(text: &Text) -> Vec<Value> {
    let string = text.as_str();
    if string.is_empty() {
        return Vec::new();
    }
    let whole = string.strip_suffix('\n').unwrap_or(string);
    whole.split('\n').map(|line| Value::text(text.part(line))).collect()
}

/// A pattern of paths: `*` within a folder, `**` over folders, `?`, `[a-z]`, `{a,b}`.
#[derive(Debug)]
pub(crate) struct Glob {
    /// Every pattern without braces that it stands for.
    alternatives: Vec<Vec<u8>>,
}

impl Glob {
    pub(crate) fn read(pattern: &str) -> Self {
        Self { alternatives: alternatives(pattern) }
    }

    /// Whether a path fits.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let mut budget = 100_000;
        self.alternatives.iter().any(|pattern| fits(pattern, path.as_bytes(), &mut budget))
    }
}

/// A pattern without its braces: every pattern that it stands for.
fn alternatives(pattern: &str) -> Vec<Vec<u8>> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        let braces = pattern.find('{').and_then(|start| Some((start, start + pattern[start..].find('}')?)));
        match braces {
            Some((start, end)) if done.len() + open.len() < 100 => {
                let (before, behind) = (&pattern[..start], &pattern[end + 1..]);
                open.extend(pattern[start + 1..end].split(',').map(|each| format!("{before}{each}{behind}")));
            }
            _ => done.push(pattern.into_bytes()),
        }
    }
    done
}

fn fits(pattern: &[u8], path: &[u8], budget: &mut u32) -> bool {
    if *budget == 0 {
        return false;
    }
    *budget -= 1;
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|at| fits(rest, &path[at..], budget)),
        [b'*', rest @ ..] => {
            let most = path.iter().position(|byte| *byte == b'/').unwrap_or(path.len());
            (0..=most).any(|at| fits(rest, &path[at..], budget))
        }
        [b'?', rest @ ..] => path.first().is_some_and(|byte| *byte != b'/') && fits(rest, &path[1..], budget),
        [b'[', rest @ ..] => {
            let Some((set, rest)) =
                rest.iter().position(|byte| *byte == b']').map(|end| (&rest[..end], &rest[end + 1..]))
            else {
                return false;
            };
            path.first().is_some_and(|byte| in_set(set, *byte)) && fits(rest, &path[1..], budget)
        }
        [b'\\', byte, rest @ ..] | [byte, rest @ ..] => path.first() == Some(byte) && fits(rest, &path[1..], budget),
    }
}

fn in_set(set: &[u8], byte: u8) -> bool {
    let (negated, set) = match set {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, set),
    };
    let mut rest = set;
    let mut found = false;
    while let [first, tail @ ..] = rest {
        match tail {
            [b'-', last, tail @ ..] => {
                found |= (*first..=*last).contains(&byte);
                rest = tail;
            }
            _ => {
                found |= *first == byte;
                rest = tail;
            }
        }
    }
    found != negated
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_set_is_of_bytes_of_ranges_or_of_all_others() {
        for (pattern, fitting, other) in [
            ("conf/[ab].ini", "conf/b.ini", "conf/c.ini"),
            ("conf/[a-c].ini", "conf/b.ini", "conf/d.ini"),
            ("conf/[!ab].ini", "conf/c.ini", "conf/a.ini"),
            ("conf/[!a-c].ini", "conf/d.ini", "conf/b.ini"),
            ("conf/?.ini", "conf/a.ini", "conf/.ini"),
            ("conf/[a].ini", "conf/a.ini", "conf/.ini"),
            ("*.ini", "a.ini", "conf/a.ini"),
            ("**.ini", "conf/a.ini", "conf/a.inc"),
            ("conf/{a,b}.ini", "conf/b.ini", "conf/c.ini"),
            ("conf/\\*.ini", "conf/*.ini", "conf/a.ini"),
        ] {
            let glob = Glob::read(pattern);
            assert_eq!((glob.matches(fitting), glob.matches(other)), (true, false), "{pattern}");
        }
    }
}
