//! Which kinds of ours a target means: it names them by a regular expression, which has to match the whole of one.

use crate::k8s::Resource;
use crate::k8s::schema::{Kind, Type};
use crate::yaml::{Entry, Value};

/// A kind that is none of them.
pub(super) const OTHER: &str = "other";
/// Words that one expression is taken to stand for, at the most.
const MOST: usize = 16;

/// The kinds of ours that a target means, if it means no others.
#[must_use]
pub fn aims(kinds: &[impl AsRef<str>]) -> Vec<Resource> {
    let all: Option<Vec<Resource>> = kinds.iter().map(|kind| Resource::named(kind.as_ref())).collect();
    all.unwrap_or_default()
}

/// The kind that a patch is read as which does not say its own. Of several, the one that has every field of its spec that
/// any of them has: what that one does not know, none does.
#[must_use]
pub fn aim(kinds: &[impl AsRef<str>], patch: Option<Value<'_>>) -> Option<Resource> {
    let all = aims(kinds);
    let spec = || patch.and_then(|patch| patch.get("spec")).map(|spec| spec.value);
    match all[..] {
        [] => None,
        [only] => Some(only),
        _ => {
            let keys: Vec<&str> = spec()?.entries().map(|Entry { key, .. }| key).collect();
            let known = |resource: &Resource, key: &&str| spec_of(*resource).is_some_and(|spec| has(spec, key));
            let has_all = |one: &Resource| {
                let mut known_to_any = keys.iter().filter(|key| all.iter().any(|other| known(other, key)));
                known_to_any.all(|key| known(one, key))
            };
            all.iter().copied().find(has_all)
        }
    }
}

fn spec_of(resource: Resource) -> Option<&'static Type> {
    match resource.of_type().fields_named("spec").last()?.kind {
        Kind::Object(spec) => Some(spec),
        _ => None,
    }
}

fn has(of: &Type, key: &str) -> bool {
    !of.fields_named(key).is_empty()
}

/// The kinds that a target's expression names, as far as they are ours; the expression itself where it is more than a few
/// words.
pub(super) fn alternatives(expression: &str) -> Vec<&str> {
    let bare = expression.trim_start_matches('^').trim_end_matches('$');
    let Some(words) = words(bare) else { return vec![bare] };
    let ours = |word: &String| Resource::named(word).map_or(OTHER, Resource::kind);
    words.iter().map(ours).collect()
}

/// All words that an expression of letters, groups, `?` and `|` matches.
fn words(expression: &str) -> Option<Vec<String>> {
    let mut rest = expression;
    let words = choice(&mut rest)?;
    rest.is_empty().then_some(words)
}

fn choice(rest: &mut &str) -> Option<Vec<String>> {
    let mut words = sequence(rest)?;
    while let Some(behind) = rest.strip_prefix('|') {
        *rest = behind;
        words.extend(sequence(rest)?);
    }
    (words.len() <= MOST).then_some(words)
}

fn sequence(rest: &mut &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    while let Some(mut next) = atom(rest)? {
        if let Some(behind) = rest.strip_prefix('?') {
            *rest = behind;
            next.push(String::new());
        }
        words = words.iter().flat_map(|word| next.iter().map(move |next| format!("{word}{next}"))).collect();
        if words.len() > MOST {
            return None;
        }
    }
    Some(words)
}

/// A letter or a group; none where a sequence ends, and nothing at all where there is more to an expression.
fn atom(rest: &mut &str) -> Option<Option<Vec<String>>> {
    let Some(first) = rest.chars().next().filter(|first| !matches!(first, '|' | ')')) else { return Some(None) };
    *rest = &rest[first.len_utf8()..];
    if first == '(' {
        *rest = rest.strip_prefix("?:").unwrap_or(rest);
        let words = choice(rest)?;
        *rest = rest.strip_prefix(')')?;
        return Some(Some(words));
    }
    first.is_ascii_alphanumeric().then(|| Some(vec![first.to_string()]))
}

#[cfg(test)]
mod tests {
    use super::{aim, alternatives};
    use crate::k8s::Resource;
    use crate::yaml::{Document, parse};

    #[test]
    fn an_expression_names_whole_kinds() {
        assert_eq!(alternatives("^(CronJob)$"), ["CronJob"]);
        assert_eq!(alternatives("Job|CronJob"), ["Job", "CronJob"]);
        assert_eq!(alternatives("(Cron)?Job"), ["CronJob", "Job"]);
        assert_eq!(alternatives("(?:Cron|Big)Job"), ["CronJob", "other"]);
        for other in [".*", "Cron.+", "Job)", "(Job", "(a?b?c?d?e?f?)Job"] {
            assert_eq!(alternatives(other).len(), 1, "{other}");
            assert_eq!(aim(&alternatives(other), None), None, "{other}");
        }
        assert_eq!(alternatives(""), ["other"]);
    }

    #[test]
    fn of_two_kinds_the_one_that_knows_more_of_a_patch_is_taken() {
        let aimed = |spec: &str| {
            let file = parse(&format!("spec: {spec}\n"));
            aim(&["CronJob", "Job"], file.documents.first().and_then(Document::root))
        };
        assert_eq!(aimed("{backoffLimit: 1, suspend: true, nope: 1}"), Some(Resource::Job));
        assert_eq!(aimed("{suspend: true, schedule: a}"), Some(Resource::CronJob));
        assert_eq!(aimed("{backoffLimit: 1, schedule: a}"), None);
    }
}
