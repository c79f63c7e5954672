//! Suppressions in comments.

use std::ops::Range;

use super::directive::{START, Said, assumed};
use super::{Form, Name, Objects, Written};
use crate::analysis::assumption::Trait;
use crate::diagnostic::{Suppression, SuppressionKind};
use crate::text::Span;
use crate::yaml::{File, Parts};

/// What is nothing on a line; other white space is a part of a text.
pub(super) const BLANKS: [char; 3] = [' ', '\t', '\r'];

/// Suppressions that are read in one comment: more of them nobody reads.
const MOST: usize = 32;

/// Those of a file, in order of place.
pub(super) fn find(file: &File, objects: Objects<'_>) -> Vec<Written> {
    let (mut finder, mut all) = (Finder { file, objects, parts: None, below: None }, Vec::new());
    let places: Vec<Place> = places(file).collect();
    for of_comment in places.chunk_by(|one, next| one.comment == next.comment) {
        let of_comment = &of_comment[..of_comment.len().min(MOST)];
        all.extend((0..of_comment.len()).filter_map(|at| finder.read(of_comment[at], of_comment.get(at + 1))));
    }
    all
}

/// Where a suppression may stand: in which comment, at which `#` of it, and where its words start.
#[derive(Clone, Copy)]
struct Place {
    comment: Span,
    hash: u32,
    start: u32,
}

fn places(file: &File) -> impl Iterator<Item = Place> {
    memchr::memmem::find_iter(file.text.as_bytes(), START).filter_map(|start| {
        let start = u32::try_from(start).ok()?;
        let next = file.comments.partition_point(|comment| comment.span.start < start);
        let comment = file.comments.get(next.checked_sub(1)?)?.span;
        let before = file.text.get(comment.start as usize..start as usize).filter(|_| start < comment.end)?;
        let hash = before.trim_end().strip_suffix('#')?.len();
        Some(Place { comment, hash: comment.start + hash as u32, start })
    })
}

struct Finder<'f> {
    file: &'f File,
    objects: Objects<'f>,
    /// What stands where in the document that was asked for last.
    parts: Option<(usize, Parts)>,
    /// The comments that one line stands below: from the first of them on, and the line, if there is one.
    below: Option<(Span, Option<Span>)>,
}

impl Finder<'_> {
    fn read(&mut self, place: Place, next: Option<&Place>) -> Option<Written> {
        let text = &*self.file.text;
        let end = next.map_or(place.comment.end, |next| next.hash);
        let own = text[place.start as usize..end as usize].trim_end();
        let span = Span::new(place.hash, place.start + own.len() as u32);
        if let Some((name, value)) = assumed(own) {
            return Some(Written::assumption(Trait::read(name, value), (span, self.document_of(span)), false));
        }
        let said = Said::of_comment(own)?;
        let line = line_of(text, place.comment.start);
        let is_alone = is_blank(&text[line.start as usize..place.comment.start as usize]);
        let form = match said.word {
            "ignore" if is_alone => Form::Above,
            "ignore" => Form::Beside,
            "ignore-file" => Form::File,
            word => Form::Unknown(word.into()),
        };
        let document = self.document_of(span);
        let covers = match form {
            Form::Above => document.and_then(|document| self.below(document, line)),
            Form::Beside => Some(document.map_or(line, |document| self.around(document, line))),
            Form::File => Some(Span::new(0, text.len() as u32)),
            _ => None,
        };
        let of_object = document.filter(|_| form != Form::File);
        let object = of_object.and_then(|document| self.objects.of(document, covers));
        Some(Written {
            span,
            form,
            names: said.names.iter().map(|name| named(own, name.clone(), place.start)).collect(),
            why: Suppression::new(SuppressionKind::InSource, said.reason),
            covers,
            document,
            object,
        })
    }

    fn document_of(&self, span: Span) -> Option<usize> {
        let index = self.file.documents.partition_point(|document| document.span.end < span.end);
        self.file.documents.get(index).filter(|document| document.span.contains(span)).map(|document| document.index)
    }

    fn parts_of(&mut self, document: usize) -> &Parts {
        if self.parts.as_ref().is_none_or(|(known, _)| *known != document) {
            self.parts = None;
        }
        let of = || (document, Parts::of(&self.file.documents[document]));
        &self.parts.get_or_insert_with(of).1
    }

    /// The line, and the text that starts or ends on it, from its first line on.
    fn around(&mut self, document: usize, line: Span) -> Span {
        let all = self.parts_of(document).around(line);
        Span::new(line_of(&self.file.text, all.start).start, all.end)
    }

    /// The key or item below the comment on a line, with all that is in it.
    fn below(&mut self, document: usize, line: Span) -> Option<Span> {
        let below = match self.below.filter(|(comments, _)| comments.contains(line)) {
            Some((_, below)) => below,
            None => {
                let end = self.file.documents[document].span.end;
                let below = content_below(&self.file.text, line, end);
                self.below = Some((Span::new(line.start, below.map_or(end, |below| below.start)), below));
                below
            }
        };
        let (below, text) = (below?, &*self.file.text);
        let parts = self.parts_of(document);
        parts.on(below).or_else(|| around(&text[below.range()], below, parts))
    }
}

/// What has its start on another line than its dash, or than its value.
fn around(text: &str, line: Span, parts: &Parts) -> Option<Span> {
    let content = text.trim_start_matches(BLANKS);
    match content.split(BLANKS).next()? {
        "-" | "?" => parts.from(line.start),
        _ if content.starts_with([']', '}']) => None,
        _ => parts.over(line.end - content.len() as u32),
    }
}

/// The first line below one that is neither empty nor a comment, in the same document.
fn content_below(text: &str, line: Span, end: u32) -> Option<Span> {
    let mut at = line.end;
    while at < end {
        let next = line_of(text, at + 1);
        let content = text[next.range()].trim_matches(BLANKS);
        if !content.is_empty() && !content.starts_with('#') {
            let is_marker =
                text[next.range()].starts_with(content) && (content.starts_with("---") || content.starts_with("..."));
            return Some(next).filter(|_| !is_marker);
        }
        at = next.end;
    }
    None
}

/// What of comments is for people: all but suppressions, in parts between these, each with where it starts.
pub(crate) fn for_people(comments: &str) -> Vec<(usize, &str)> {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, _) in comments.match_indices(START) {
        let end = comments[at..].find('\n').map_or(comments.len(), |line_feed| at + line_feed);
        let before = comments.get(from..at).and_then(|before| before.trim_end().strip_suffix('#'));
        if let Some(before) = before.filter(|_| is_for_programs(&comments[at..end])) {
            parts.push((from, before));
            from = end;
        }
    }
    parts.push((from, &comments[from..]));
    parts
}

fn is_for_programs(text: &str) -> bool {
    Said::of_comment(text).is_some() || assumed(text).is_some()
}

/// A name in the text of a comment that starts at `start`.
pub(super) fn named(text: &str, name: Range<usize>, start: u32) -> Name {
    let span = Span::new(start + name.start as u32, start + name.end as u32);
    Name { text: text[name].into(), span, within: span.start..span.end, has_effect: false }
}

/// What goes with a comment or a part of one: its line where it stands alone there, else the blanks beside it.
pub(super) fn removed(text: &str, comment: Span) -> Span {
    let line = line_of(text, comment.start);
    let before = &text[line.start as usize..comment.start as usize];
    let behind = &text[comment.end as usize..line.end as usize];
    let length = |text: &str| text.len() as u32;
    match (is_blank(before), is_blank(behind)) {
        (true, true) if !before.starts_with('\u{feff}') => Span::new(line.start, length(text).min(line.end + 1)),
        (_, true) => Span::new(
            line.start + length(before.trim_end_matches(BLANKS)),
            comment.end + length(behind.trim_end_matches('\r')),
        ),
        (_, false) => {
            Span::new(comment.start, comment.end + length(behind) - length(behind.trim_start_matches(BLANKS)))
        }
    }
}

/// The line at a byte, without its line feed.
pub(super) fn line_of(text: &str, at: u32) -> Span {
    let (before, behind) = text.as_bytes().split_at((at as usize).min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |line_feed| line_feed + 1);
    let end = memchr::memchr(b'\n', behind).map_or(text.len(), |line_feed| before.len() + line_feed);
    Span::new(start as u32, end as u32)
}

/// Whether nothing stands there but blanks, and what may stand before the first character of a text.
fn is_blank(text: &str) -> bool {
    text.trim_matches(BLANKS).trim_start_matches('\u{feff}').trim_start_matches(BLANKS).is_empty()
}
