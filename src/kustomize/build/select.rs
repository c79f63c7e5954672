//! Which objects a target means.

use ::regex::Regex;

use super::Unbuilt;
use super::resource::Resource;
use super::tree::Node;

/// A target's conditions, each of which has to hold.
pub(super) struct Selector {
    group: Option<Regex>,
    version: Option<Regex>,
    kind: Option<Regex>,
    name: Option<Regex>,
    namespace: Option<Regex>,
    labels: Vec<Requirement>,
    annotations: Vec<Requirement>,
}

/// What one key is to be.
enum Requirement {
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    There(String),
    NotThere(String),
}

impl Selector {
    pub(super) fn of(target: &Node) -> Result<Self, Unbuilt> {
        let pattern = |key: &str| match target.get(key).map_or("", Node::text) {
            "" => Ok(None),
            text => anchored(text).map(Some),
        };
        let required = |key: &str| requirements(target.str(key).unwrap_or_default());
        Ok(Self {
            group: pattern("group")?,
            version: pattern("version")?,
            kind: pattern("kind")?,
            name: pattern("name")?,
            namespace: pattern("namespace")?,
            labels: required("labelSelector")?,
            annotations: required("annotationSelector")?,
        })
    }

    /// Whether an object is meant, by what it is called or was called first.
    pub(super) fn selects(&self, resource: &Resource) -> bool {
        let is = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_none_or(|pattern| pattern.is_match(text));
        if !is(&self.kind, resource.kind()) {
            return false;
        }
        let now = resource.id();
        let first = resource.before.first().unwrap_or(&now);
        let namespaces = [first.effective_namespace(), now.effective_namespace()];
        let metadata = |key: &str| resource.node.at_path(&["metadata", key]);
        namespaces.iter().any(|namespace| is(&self.namespace, namespace))
            && [&first.name, &now.name].into_iter().any(|name| is(&self.name, name))
            && is(&self.group, &now.group)
            && is(&self.version, &now.version)
            && self.labels.iter().all(|required| required.holds(metadata("labels")))
            && self.annotations.iter().all(|required| required.holds(metadata("annotations")))
    }
}

/// An expression that has to match the whole of a text.
fn anchored(expression: &str) -> Result<Regex, Unbuilt> {
    let start = if expression.starts_with('^') { "" } else { "^" };
    let end = if expression.ends_with('$') { "" } else { "$" };
    let refused = |_| Unbuilt::new(format!("the target `{expression}` is no regular expression"));
    Regex::new(&format!("{start}{expression}{end}")).map_err(refused)
}

impl Requirement {
    fn holds(&self, map: Option<&Node>) -> bool {
        let value = |key: &str| map.and_then(|map| map.get(key)).map(Node::text);
        match self {
            Self::In(key, values) => value(key).is_some_and(|value| values.iter().any(|one| one == value)),
            Self::NotIn(key, values) => value(key).is_none_or(|value| values.iter().all(|one| one != value)),
            Self::There(key) => value(key).is_some(),
            Self::NotThere(key) => value(key).is_none(),
        }
    }
}

/// Kubernetes' selectors: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
fn requirements(text: &str) -> Result<Vec<Requirement>, Unbuilt> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0;
    for char in text.chars() {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().into_iter().for_each(|part| part.push(char));
    }
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).map(requirement).collect()
}

fn requirement(part: &str) -> Result<Requirement, Unbuilt> {
    let key = |text: &str| text.trim().to_owned();
    let listed = |text: &str| {
        let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
        Some(inner.split(',').map(key).collect::<Vec<_>>())
    };
    let refused = || Unbuilt::new(format!("the selector `{part}` is not understood"));
    if let Some((name, values)) = part.split_once(" notin ") {
        return listed(values).map(|values| Requirement::NotIn(key(name), values)).ok_or_else(refused);
    }
    if let Some((name, values)) = part.split_once(" in ") {
        return listed(values).map(|values| Requirement::In(key(name), values)).ok_or_else(refused);
    }
    if let Some((name, value)) = part.split_once("!=") {
        return Ok(Requirement::NotIn(key(name), vec![key(value)]));
    }
    if let Some((name, value)) = part.split_once('=') {
        return Ok(Requirement::In(key(name), vec![key(value.trim_start_matches('='))]));
    }
    Ok(match part.strip_prefix('!') {
        Some(name) => Requirement::NotThere(key(name)),
        None => Requirement::There(key(part)),
    })
}
