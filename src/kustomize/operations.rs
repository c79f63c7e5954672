//! The operations of a JSON patch, each as the part of the object that it changes: its path becomes the fields around its
//! value, so that everything that can be asked of an object can be asked of it.
//!
//! RFC 6902, and RFC 6901 for the paths.

use super::quoted::quoted;
use crate::k8s::Resource;
use crate::k8s::schema::{API_VERSION, Kind};
use crate::text::{Origins, Span};
use crate::yaml::{File, Places, Style, Value};

/// A text that was made of another one.
#[derive(Debug, Default)]
pub struct Made {
    /// The text.
    pub text: String,
    /// Where its bytes come from.
    pub origins: Origins,
    /// The operations that no JSON patch has.
    pub unknown: Vec<Span>,
}

/// The operations of JSON patches.
const OPERATIONS: [&str; 6] = ["add", "copy", "move", "remove", "replace", "test"];

/// A path is no longer than this: the API's types nest less deep.
const DEEPEST: usize = 32;
/// Items before the one that a path names are written down, up to so many.
const MOST_ITEMS: usize = 64;
/// So much is made of any text, and of a long one so many times its length; what is beyond is not looked at.
const ENOUGH: usize = 1 << 20;
const TIMES: usize = 4;

/// The objects that the operations of a list are for, a document each, as far as the operations tell; `None` where no
/// operation tells anything. Without an aim, the path has to show that it is a CronJob's; of several, the one that knows
/// most of the path is taken.
#[must_use]
pub fn expand(file: &File, operations: Value<'_>, aims: &[Resource]) -> Option<Made> {
    let mut writer = Writer { file, made: Made::default() };
    let most = ENOUGH.max(TIMES * file.text.len());
    for operation in operations.items() {
        writer.operation(operation, aims);
        if writer.made.text.len() > most {
            break;
        }
    }
    (!writer.made.text.is_empty()).then_some(writer.made)
}

struct Writer<'f> {
    file: &'f File,
    made: Made,
}

/// A step of a path: its name, and where that stands.
struct Segment {
    name: String,
    place: Span,
}

impl Writer<'_> {
    fn operation(&mut self, operation: Value<'_>, aims: &[Resource]) {
        let field = |key| operation.get(key).map(|entry| entry.value);
        let Some(path) = field("path").filter(|path| path.is_string()) else { return };
        let Some(segments) = segments(path) else { return };
        let is_of_cron_job = || segments.iter().map(|segment| &*segment.name).take(2).eq(["spec", "jobTemplate"]);
        let aim = aims.iter().copied().rev().max_by_key(|aim| known(&segments, *aim));
        let Some(resource) = aim.or_else(|| is_of_cron_job().then_some(Resource::CronJob)) else { return };
        let op = field("op").and_then(|op| Some((op.as_str()?, op.span())));
        self.made.unknown.extend(op.filter(|(op, _)| !OPERATIONS.contains(op)).map(|(_, span)| span));
        let sets = op.is_some_and(|(op, _)| matches!(op, "add" | "replace"));
        self.head(resource, path.span(), &segments);
        let indent = self.way(&segments, resource);
        let value = field("value").filter(|_| sets);
        let end = Span::empty(value.unwrap_or(path).span().end);
        match value {
            Some(value) => self.value(value, indent),
            None => self.made_up(" null", end),
        }
        self.made_up("\n", end);
    }

    /// What the object is, but for what the operation itself says of that; all of it stands for the path.
    fn head(&mut self, resource: Resource, path: Span, segments: &[Segment]) {
        let mark = if self.made.text.is_empty() { "" } else { "---" };
        self.made_up(mark, path);
        for (key, value) in [("apiVersion", API_VERSION), ("kind", resource.kind())] {
            if segments.iter().all(|segment| segment.name != key) || segments.len() > 1 {
                self.line(0, path);
                self.made_up(&format!("{key}: {value}"), path);
            }
        }
    }

    /// The fields around the value, one in the other; how far the last one is indented.
    fn way(&mut self, segments: &[Segment], resource: Resource) -> usize {
        let mut kind = Some(Kind::Object(resource.of_type()));
        for (indent, segment) in segments.iter().enumerate() {
            let start = Span::empty(segment.place.start);
            match (kind, index(&segment.name)) {
                (Some(Kind::List(item)), Some(index)) => {
                    for _ in 0..index.min(MOST_ITEMS) {
                        self.line(indent, start);
                        self.made_up("- null", start);
                    }
                    self.line(indent, start);
                    self.made_up("-", segment.place);
                    kind = Some(*item);
                }
                _ => {
                    self.line(indent, start);
                    self.key(segment);
                    self.made_up(":", Span::empty(segment.place.end));
                    kind = kind.and_then(|kind| below(kind, &segment.name));
                }
            }
        }
        segments.len()
    }

    /// Begins a line.
    fn line(&mut self, indent: usize, at: Span) {
        let line_break = if self.made.text.is_empty() { "" } else { "\n" };
        self.made_up(&format!("{line_break}{:indent$}", ""), at);
    }

    fn key(&mut self, Segment { name, place }: &Segment) {
        if is_plain(name) && self.file.text.get(place.range()) == Some(name) {
            self.copied(*place);
        } else if is_plain(name) {
            self.made_up(name, *place);
        } else {
            self.made_up(&quoted(name), *place);
        }
    }

    /// The value as it is written, further to the right; comments stay where they are.
    fn value(&mut self, value: Value<'_>, indent: usize) {
        let (span, text) = (value.span(), &self.file.text);
        let before = &text[..span.start as usize];
        let is_block = value.style() == Style::Block && (value.is_mapping() || value.is_sequence());
        let here = Span::empty(span.start);
        if is_block {
            let column = before.len() - before.rfind('\n').map_or(0, |line_break| line_break + 1);
            self.line(indent + column, here);
        } else {
            self.made_up(" ", here);
        }
        let mut at = span.start;
        for line in text[span.range()].split_inclusive('\n') {
            if at > span.start {
                self.made_up(&format!("{:indent$}", ""), Span::empty(at));
            }
            let end = at + line.len() as u32;
            self.without_comment(Span::new(at, end));
            at = end;
        }
    }

    fn without_comment(&mut self, line: Span) {
        let comments = &self.file.comments;
        let first = comments.partition_point(|comment| comment.span.start < line.start);
        match comments.get(first).filter(|comment| comment.span.end <= line.end) {
            Some(comment) => {
                self.copied(Span::new(line.start, comment.span.start));
                self.copied(Span::new(comment.span.end, line.end));
            }
            None => self.copied(line),
        }
    }

    fn copied(&mut self, from: Span) {
        self.made.text.push_str(&self.file.text[from.range()]);
        self.made.origins.copy(from);
    }

    fn made_up(&mut self, text: &str, from: Span) {
        self.made.text.push_str(text);
        self.made.origins.stand_for(from, text.len() as u32);
    }
}

/// How many steps of a path lead to what a kind has.
fn known(segments: &[Segment], resource: Resource) -> usize {
    let first = Some(Kind::Object(resource.of_type()));
    let mut kinds = segments.iter().scan(first, |kind, segment| {
        *kind = match (*kind)? {
            Kind::List(item) => index(&segment.name).map(|_| *item),
            kind => below(kind, &segment.name),
        };
        Some(kind.is_some())
    });
    kinds.by_ref().take_while(|is_known| *is_known).count()
}

/// What a step leads to, but for items.
fn below(kind: Kind, name: &str) -> Option<Kind> {
    match kind {
        Kind::Object(of) => of.fields_named(name).last().map(|field| field.kind),
        Kind::Map(value) => Some(*value),
        _ => None,
    }
}

/// The steps of a path; none, where it is no path or that of the whole object.
fn segments(path: Value<'_>) -> Option<Vec<Segment>> {
    let text = path.as_str()?.strip_prefix('/')?;
    let (mut places, mut at) = (Places::default(), 1);
    let mut segments = Vec::new();
    if text.split('/').nth(DEEPEST).is_some() {
        return None;
    }
    for written in text.split('/') {
        let place = places.span(path, at..at + written.len());
        segments.push(Segment { name: written.replace("~1", "/").replace("~0", "~"), place });
        at += written.len() + 1;
    }
    Some(segments)
}

/// The index of an item that a step names; one behind the last is taken for the first.
fn index(name: &str) -> Option<usize> {
    if name == "-" { Some(0) } else { name.parse().ok() }
}

/// Whether YAML reads a key as it stands, and as a text.
fn is_plain(name: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::expand;
    use crate::k8s::Resource;
    use crate::text::Span;
    use crate::yaml::{Document, parse};

    /// What is made of a patch, and where some words of it come from.
    fn made(patch: &str, words: &[&str]) -> (String, Vec<String>) {
        let file = parse(patch);
        let root = file.documents.first().and_then(Document::root).expect("a list");
        let made = expand(&file, root, &[Resource::Job]).expect("something is made");
        let from = |words: &&str| {
            let start = made.text.find(words).unwrap_or_else(|| panic!("{words:?} in {}", made.text)) as u32;
            patch[made.origins.span(Span::new(start, start + words.len() as u32)).range()].to_owned()
        };
        let from = words.iter().map(from).collect();
        (made.text, from)
    }

    #[test]
    fn an_operation_is_the_part_of_the_object_that_it_changes() {
        let patch = "- op: add\n  path: /spec/template/spec/containers/1/env/-\n  value:\n    name: A # why\n    value: |\n      x\n";
        let (text, from) = made(patch, &["env", "name: A", "x\n", "kind: Job"]);
        let expected = "apiVersion: batch/v1\nkind: Job\nspec:\n template:\n  spec:\n   containers:\n    - null\n    -\n     env:\n      -\n           name: A \n           value: |\n             x\n";
        assert_eq!(text, expected);
        assert_eq!(from, ["env", "name: A", "x", "/spec/template/spec/containers/1/env/-"]);
        let file = parse(&text);
        let spec = file.documents[0].root().and_then(|root| root.get("spec"));
        assert!(file.errors.is_empty() && spec.is_some(), "{:?}", file.errors);
    }

    #[test]
    fn steps_are_read_as_json_pointers_and_each_operation_is_a_document() {
        let patch = r#"[{"op": "add", "path": "/metadata/annotations/a.b~1c~0d", "value": {"x": [1,
  2]}}, {"op": "remove", "path": "/spec/yes"}, {"path": 3}, {"op": "add", "path": "", "value": 1}]"#;
        let (text, from) = made(patch, &["\"a.b/c~d\"", "2]}", "yes"]);
        let expected = "apiVersion: batch/v1\nkind: Job\nmetadata:\n annotations:\n  \"a.b/c~d\": {\"x\": [1,\n     2]}\n---\napiVersion: batch/v1\nkind: Job\nspec:\n \"yes\": null\n";
        assert_eq!(text, expected);
        assert_eq!(from, ["a.b~1c~0d", "2]}", "yes"]);
    }

    #[test]
    fn a_path_tells_a_cron_job_by_its_template_alone() {
        let told = |path: &str| {
            let file = parse(&format!("[{{op: remove, path: {path}}}]"));
            let made = expand(&file, file.documents[0].root().expect("a list"), &[]);
            made.map(|made| made.text.contains("kind: CronJob"))
        };
        assert_eq!([told("/spec/jobTemplate/spec"), told("/spec/template"), told("/spec")], [Some(true), None, None]);
    }
}
