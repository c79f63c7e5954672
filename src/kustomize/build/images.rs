//! `images`: other names, tags and digests for the images of containers.

use ::regex::Regex;

use super::Unbuilt;
use super::resource::Resource;
use super::tree::{Node, Value, Words};

/// Changes the images that an entry of `images` names.
pub(super) fn set(resources: &mut [Resource], images: &Node) -> Result<(), Unbuilt> {
    for image in images.items() {
        let name = image.get("name").map_or("", Node::text);
        let refused = |_| Unbuilt::new(format!("the image `{name}` is no regular expression"));
        let expression = format!(r"^{name}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$");
        let meant = Regex::new(&expression).map_err(refused)?;
        for resource in resources.iter_mut().filter(|resource| resource.kind() != "CustomResourceDefinition") {
            walk(&mut resource.node, &mut |found| {
                if meant.is_match(found.text()) {
                    *found = changed(found, image);
                }
            });
        }
    }
    Ok(())
}

/// Every image of a container or init container, wherever it is.
fn walk(node: &mut Node, change: &mut dyn FnMut(&mut Node)) {
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                if matches!(&*entry.key, "containers" | "initContainers")
                    && let Value::List(items) = &mut entry.node.value
                {
                    items.iter_mut().filter_map(|item| item.get_mut("image")).for_each(&mut *change);
                }
                walk(&mut entry.node, change);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| walk(item, change)),
        Value::Scalar(_) => {}
    }
}

fn changed(old: &Node, image: &Node) -> Node {
    let text = old.text();
    let digest = text.find('@').unwrap_or(text.len());
    let tag = text[..digest].rfind(':').filter(|at| !text[*at..digest].contains('/')).unwrap_or(digest);
    let said = |key: &str| image.get(key).filter(|value| !value.text().is_empty());
    let (new_tag, new_digest) = (said("newTag"), said("digest"));
    let principal = new_tag.or(new_digest).or(said("tagSuffix")).or(said("newName")).map_or(old.at, |node| node.at);
    let mut words = Words::default();
    match said("newName") {
        Some(name) => words.push_all(name),
        None => words.push(old, 0..tag),
    }
    match (new_tag, new_digest, said("tagSuffix")) {
        (None, None, None) => words.push(old, tag..text.len()),
        (None, None, Some(suffix)) => {
            words.push(old, tag..digest);
            if tag == digest {
                words.stand_for(":", suffix.at);
            }
            words.push_all(suffix);
        }
        (tag, digest, _) => {
            for (mark, part) in [(":", tag), ("@", digest)] {
                if let Some(part) = part {
                    words.stand_for(mark, part.at);
                    words.push_all(part);
                }
            }
        }
    }
    Node { above: old.above, beside: old.beside, ..words.string(principal) }
}
