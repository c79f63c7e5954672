//! `replacements`: values of one object, put into others.

use super::Unbuilt;
use super::resource::Resource;
use super::select::Selector;
use super::tree::{At, Node, Value, Words};

/// Makes the replacements of a list.
pub(super) fn run(resources: &mut [Resource], replacements: &Node) -> Result<(), Unbuilt> {
    for replacement in replacements.items() {
        let value = source(resources, replacement)?;
        for target in replacement.get("targets").map_or(&[][..], Node::items) {
            put(resources, target, &value)?;
        }
    }
    Ok(())
}

fn source(resources: &[Resource], replacement: &Node) -> Result<Node, Unbuilt> {
    if let Some(value) = replacement.get("sourceValue") {
        return Ok(value.clone());
    }
    let refused = |what: &str| Unbuilt::new(format!("a replacement has {what}"));
    let source = replacement.get("source").ok_or_else(|| refused("no source"))?;
    // What a source names is no expression.
    let is = |key: &str, text: &str| source.get(key).is_none_or(|said| said.text().is_empty() || said.text() == text);
    let mut all = resources.iter().filter(|resource| resource.is_called(is));
    let (Some(resource), None) = (all.next(), all.next()) else { return Err(refused("no source, or several")) };
    let path = steps(source.str("fieldPath").unwrap_or("metadata.name"));
    let mut found = None;
    let mut object = resource.node.clone();
    at(&mut object, &path, None, &mut |node| {
        found.get_or_insert(node.clone());
        Ok(())
    })?;
    let found = found.ok_or_else(|| refused("a source without that field"))?;
    part(&found, source.get("options")).ok_or_else(|| refused("a source without that part"))
}

/// The part of a value that options mean.
fn part(value: &Node, options: Option<&Node>) -> Option<Node> {
    let Some(delimiter) = delimiter(options) else { return Some(value.clone()) };
    let (start, end) = stretch(value.text(), delimiter, index(options))?;
    let mut words = Words::default();
    words.push(value, start..end);
    Some(words.string(value.at))
}

fn delimiter(options: Option<&Node>) -> Option<&str> {
    options?.str("delimiter").filter(|delimiter| !delimiter.is_empty())
}

fn index(options: Option<&Node>) -> i64 {
    options.and_then(|options| options.get("index")).and_then(|index| index.text().parse().ok()).unwrap_or(0)
}

/// The bytes of the part of that number.
fn stretch(text: &str, delimiter: &str, index: i64) -> Option<(usize, usize)> {
    let wanted = usize::try_from(index).ok()?;
    let mut start = 0;
    for (number, part) in text.split(delimiter).enumerate() {
        if number == wanted {
            return Some((start, start + part.len()));
        }
        start += part.len() + delimiter.len();
    }
    None
}

fn put(resources: &mut [Resource], target: &Node, value: &Node) -> Result<(), Unbuilt> {
    let select = target.get("select").ok_or_else(|| Unbuilt::new("a replacement selects nothing".to_owned()))?;
    let selector = Selector::of(select)?;
    let rejects: Vec<Selector> =
        target.get("reject").map_or(&[][..], Node::items).iter().map(Selector::of).collect::<Result<_, _>>()?;
    let options = target.get("options");
    let makes = options.and_then(|options| options.get("create")).filter(|create| create.is_true()).map(|_| value.at);
    let metadata_name = [Node::standing_for("metadata.name", target.at)];
    let paths = target.get("fieldPaths").map_or(&metadata_name[..], Node::items);
    for resource in resources.iter_mut() {
        if !selector.selects(resource) || rejects.iter().any(|reject| reject.selects(resource)) {
            continue;
        }
        resource.remember();
        for path in paths {
            let mut count = 0;
            at(&mut resource.node, &steps(path.text()), makes, &mut |node| {
                count += 1;
                set(node, value, options)
            })?;
            if count == 0 && makes.is_none() {
                return Err(Unbuilt::new(format!("a replacement finds no field `{}`", path.text())));
            }
        }
    }
    Ok(())
}

fn set(node: &mut Node, value: &Node, options: Option<&Node>) -> Result<(), Unbuilt> {
    let (above, beside) = (node.above, node.beside);
    let Some(delimiter) = delimiter(options) else {
        let is_string = node.as_str().is_some();
        let new = if is_string && value.as_str().is_none() { value.to_string_node() } else { value.clone() };
        *node = Node { above, beside, ..new };
        return Ok(());
    };
    let text = node.text().to_owned();
    let mut words = Words::default();
    let index = index(options);
    match stretch(&text, delimiter, index) {
        Some((start, end)) => {
            words.push(node, 0..start);
            words.push_all(value);
            words.push(node, end..text.len());
        }
        None if index < 0 => {
            words.push_all(value);
            words.stand_for(delimiter, value.at);
            words.push_all(node);
        }
        None => {
            words.push_all(node);
            words.stand_for(delimiter, value.at);
            words.push_all(value);
        }
    }
    *node = Node { above, beside, ..words.string(value.at) };
    Ok(())
}

/// A path's steps: at dots that are not escaped, and not within brackets.
fn steps(path: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let (mut chars, mut depth) = (path.chars().peekable(), 0);
    while let Some(char) = chars.next() {
        match char {
            '\\' if chars.peek() == Some(&'.') => {
                steps.last_mut().into_iter().for_each(|step| step.extend(chars.next()))
            }
            '.' if depth == 0 => steps.push(String::new()),
            char => {
                depth += i32::from(char == '[') - i32::from(char == ']');
                steps.last_mut().into_iter().for_each(|step| step.push(char));
            }
        }
    }
    steps
}

type Change<'c> = &'c mut dyn FnMut(&mut Node) -> Result<(), Unbuilt>;

/// Does something at every place that a path leads to.
fn at(node: &mut Node, path: &[String], makes: Option<At>, change: Change<'_>) -> Result<(), Unbuilt> {
    let Some((step, rest)) = path.split_first() else { return change(node) };
    let name = step.strip_prefix('[').and_then(|step| step.strip_suffix(']'));
    match &mut node.value {
        Value::Map(_) if step == "*" => {
            let Value::Map(entries) = &mut node.value else { return Ok(()) };
            entries.iter_mut().try_for_each(|entry| at(&mut entry.node, rest, makes, change))
        }
        Value::Map(_) => {
            let key = name.unwrap_or(step);
            let below = match makes {
                Some(place) => {
                    if node.get(key).is_none() {
                        let empty = if rest.is_empty() {
                            Node::standing_for("", place)
                        } else {
                            Node::of(Value::Map(Vec::new()), place)
                        };
                        node.set(key, place, empty);
                    }
                    node.get_mut(key)
                }
                None => node.get_mut(key),
            };
            below.map_or(Ok(()), |below| at(below, rest, makes, change))
        }
        Value::List(items) => {
            let is_meant = |number: usize, item: &Node| match name.and_then(|name| name.split_once('=')) {
                Some((key, value)) => item.get(key).is_some_and(|found| found.text() == value),
                None => step == "*" || step.parse() == Ok(number),
            };
            let mut meant = items.iter_mut().enumerate().filter(|(number, item)| is_meant(*number, item));
            meant.try_for_each(|(_, item)| at(item, rest, makes, change))
        }
        Value::Scalar(_) => Ok(()),
    }
}
