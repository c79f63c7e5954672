//! `configMapGenerator` and `secretGenerator`.

use super::read::Shelf;
use super::resource::Resource;
use super::tree::{At, Entry, Form, Node, Scalar, Value, Words};
use super::{Unbuilt, joined};

/// Adds what the generators of a kustomization make to the objects that are there.
pub(super) fn run(
    kustomization: &Node,
    folder: &str,
    shelf: &mut Shelf<'_>,
    resources: &mut Vec<Resource>,
) -> Result<(), Unbuilt> {
    let options = kustomization.get("generatorOptions");
    for (key, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for generator in kustomization.get(key).map_or(&[][..], Node::items) {
            let made = made(kind, generator, options, (folder, shelf))?;
            put(made, generator, resources)?;
        }
    }
    Ok(())
}

fn put(made: Resource, generator: &Node, resources: &mut Vec<Resource>) -> Result<(), Unbuilt> {
    let id = made.id();
    let old = resources
        .iter_mut()
        .find(|resource| resource.has_name(&id.name) && resource.ids().iter().any(|known| known.is(&id)));
    match (generator.str("behavior").unwrap_or("create"), old) {
        ("merge", Some(old)) => {
            for field in ["data", "binaryData"] {
                for entry in made.node.get(field).map_or(&[][..], Node::entries) {
                    if let Some(data) = old.node.make_path(&[field], entry.at) {
                        data.set(&entry.key, entry.at, entry.node.clone());
                    }
                }
            }
        }
        ("replace", Some(old)) => {
            for field in ["data", "binaryData"] {
                old.node.remove(field);
                if let Some(Entry { at, node, .. }) = made.node.clone().remove(field) {
                    old.node.set(field, at, node);
                }
            }
        }
        ("create" | "", None) => resources.push(made),
        ("create" | "", Some(_)) => return Err(Unbuilt::new(format!("{} {} is there already", id.kind, id.name))),
        (behavior, _) => return Err(Unbuilt::new(format!("there is no {} {} to {behavior}", id.kind, id.name))),
    }
    Ok(())
}

fn made(
    kind: &str,
    generator: &Node,
    options: Option<&Node>,
    (folder, shelf): (&str, &mut Shelf<'_>),
) -> Result<Resource, Unbuilt> {
    let at = generator.at;
    let name = generator.get("name").ok_or_else(|| Unbuilt::new(format!("a generated {kind} has no name")))?;
    let mut object = Node::of(Value::Map(Vec::new()), at);
    object.set("apiVersion", at, Node::standing_for("v1", at));
    object.set("kind", at, Node::standing_for(kind, at));
    let mut metadata = Node::of(Value::Map(Vec::new()), at);
    metadata.set("name", at, name.clone());
    if let Some(namespace) = generator.get("namespace") {
        metadata.set("namespace", at, namespace.clone());
    }
    object.set("metadata", at, metadata);
    if kind == "Secret" {
        let said = generator.get("type").cloned();
        object.set("type", at, said.unwrap_or_else(|| Node::standing_for("Opaque", at)));
    }
    for (key, value) in pairs(generator, folder, shelf)? {
        data(&mut object, kind, &key, value);
    }
    let all = [options, generator.get("options")];
    let is_off = |options: &&Node| options.get("disableNameSuffixHash").is_some_and(Node::is_true);
    all.into_iter().flatten().for_each(|options| describe(&mut object, options));
    let wants_hash = !all.iter().flatten().any(is_off);
    Ok(Resource { wants_hash, ..Resource::of(object) })
}

/// Gives an object the labels and annotations that options have.
fn describe(object: &mut Node, options: &Node) {
    for field in ["labels", "annotations"] {
        for Entry { key, at, node } in options.get(field).map_or(&[][..], Node::entries) {
            if let Some(map) = object.make_path(&["metadata", field], *at) {
                map.set(key, *at, node.to_string_node());
            }
        }
    }
}

/// What stands behind a key.
enum Held {
    Text(Node),
    Bytes(Vec<u8>, At),
}

fn data(object: &mut Node, kind: &str, key: &str, held: Held) {
    let at = match &held {
        Held::Text(node) => node.at,
        Held::Bytes(_, at) => *at,
    };
    let (field, node) = match held {
        Held::Text(node) if kind == "Secret" => {
            let text = crate::template::base64(node.text().as_bytes());
            ("data", Node::standing_for(&text, at))
        }
        Held::Text(node) => ("data", node),
        Held::Bytes(bytes, _) => {
            let field = if kind == "Secret" { "data" } else { "binaryData" };
            (field, Node::standing_for(&crate::template::base64(&bytes), at))
        }
    };
    if let Some(map) = object.make_path(&[field], at) {
        map.set(key, at, node);
    }
}

fn pairs(generator: &Node, folder: &str, shelf: &mut Shelf<'_>) -> Result<Vec<(String, Held)>, Unbuilt> {
    let listed = |key: &str| generator.get(key).map_or(&[][..], Node::items);
    let mut pairs = Vec::new();
    let environments = listed("envs").iter().chain(generator.get("env").filter(|env| env.as_str().is_some()));
    for file in environments {
        let bytes = shelf.bytes(&joined(folder, file.text()))?;
        let text = String::from_utf8(bytes).map_err(|_| Unbuilt::new(format!("{} is not UTF-8", file.text())))?;
        for (key, value) in lines(&text)? {
            pairs.push((key, Held::Text(Node::standing_for(&value, file.at))));
        }
    }
    for literal in listed("literals") {
        pairs.push(self::literal(literal)?);
    }
    for file in listed("files") {
        let (key, path) = file.text().split_once('=').unwrap_or_else(|| {
            let name = file.text().rsplit('/').next().unwrap_or_default();
            (name, file.text())
        });
        let held = match String::from_utf8(shelf.bytes(&joined(folder, path))?) {
            Ok(text) => Held::Text(Node::standing_for(&text, file.at)),
            Err(error) => Held::Bytes(error.into_bytes(), file.at),
        };
        pairs.push((key.to_owned(), held));
    }
    Ok(pairs)
}

fn literal(literal: &Node) -> Result<(String, Held), Unbuilt> {
    let text = literal.text();
    let at = text.find('=').ok_or_else(|| Unbuilt::new(format!("the literal `{text}` has no `=`")))?;
    let value = &text[at + 1..];
    let is_quoted =
        value.len() > 1 && ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.ends_with(*quote));
    let range = if is_quoted { at + 2..text.len() - 1 } else { at + 1..text.len() };
    let mut words = Words::default();
    words.push(literal, range.clone());
    let exact = match &literal.value {
        Value::Scalar(Scalar { form: Form::Line(Some(start)), .. }) => {
            let span = crate::text::Span::new(start + range.start as u32, start + range.end as u32);
            At { span, ..literal.at }
        }
        _ => literal.at,
    };
    Ok((text[..at].to_owned(), Held::Text(words.string(exact))))
}

/// The lines of a file of variables.
fn lines(text: &str) -> Result<Vec<(String, String)>, Unbuilt> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let meant = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pair = |line: &str| {
        let (key, value) = line
            .split_once('=')
            .ok_or_else(|| Unbuilt::new(format!("`{line}` takes its value from the environment of whoever builds")))?;
        Ok((key.to_owned(), value.to_owned()))
    };
    meant.map(pair).collect()
}
