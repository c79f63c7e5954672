//! A text as kubectl or the API server reads it: chunks to documents, and what they leave out.

use std::ops::Range;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, OnceLock};

use super::chars::{Breaks, break_length, survey};
use super::check::{Errors, check};
use super::chunk::{Chunk, split};
use super::document::{Document, File, Listed, Note, RepeatedKey, Trap};
use super::error::{SyntaxError, character_span, problem, span};
use super::json;
use super::long::LongMappings;
use super::parse::{Parser, ParserMemory};
use super::scan::{Scanner, ScannerMemory};
use super::tape::{Outcome, Tape};
use super::unknown;
use crate::sort;
use crate::text::Span;

const MARK: &str = "\u{FEFF}";

/// Whose rules a text is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// kubectl's: documents split at `---`, JSON where the text starts with `{`.
    Kubectl,
    /// The API server's for a YAML body: the whole text is one document.
    Server,
}

pub(super) struct Reader<'s> {
    text: &'s Arc<str>,
    pub(super) file: File,
    pub(super) rules: Rules,
    /// What is wrong with the bytes behind the text, which ends there.
    pub(super) broken: Option<&'static str>,
    /// Proves that the fast path changes nothing.
    pub(super) slowly: bool,
    errors: Errors,
    documents: Vec<Draft>,
    scanner_memory: ScannerMemory,
    parser_memory: ParserMemory,
}

/// A document whose events are still among those that grow.
struct Draft {
    span: Span,
    events: Range<usize>,
    unread: Option<u32>,
    json: bool,
    has_aliases: bool,
    repeated: Vec<RepeatedKey>,
    listed: Vec<Listed>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s Arc<str>, rules: Rules) -> Self {
        let file = File {
            text: Arc::clone(text),
            documents: Vec::new(),
            comments: Vec::new(),
            errors: Vec::new(),
            notes: Vec::new(),
            unknown: Box::default(),
        };
        Self {
            text,
            file,
            rules,
            broken: None,
            slowly: false,
            errors: Errors::All,
            documents: Vec::new(),
            scanner_memory: ScannerMemory::with_room(),
            parser_memory: ParserMemory::for_text(text.len()),
        }
    }

    /// The same of a text of which nobody knows these bytes.
    pub(super) fn not_knowing(mut self, unknown: &[Span]) -> Self {
        self.file.unknown = unknown.into();
        self
    }

    /// The same for who asks only whether there is an error.
    pub(super) fn asked_whether(mut self) -> Self {
        self.errors = Errors::First;
        self
    }

    pub(super) fn read(mut self) -> File {
        let text: &str = self.text;
        if u32::try_from(text.len()).is_err() {
            self.file.errors.push(*problem(Span::empty(0), "this text is larger than 4 GiB"));
            return self.file;
        }
        match self.rules {
            Rules::Server => self.read_chunk(Chunk { start: 0, end: text.len(), separator: None }),
            Rules::Kubectl => {
                let start = if json::looks_like_json(text) { self.read_json() } else { Some(0) };
                for chunk in start.into_iter().flat_map(|start| split(text, start)) {
                    self.read_chunk(chunk);
                }
            }
        }
        sort::by_key(&mut self.file.errors, |error| error.span.start);
        sort::by_key(&mut self.file.notes, |note| note.span.start);
        self.finish()
    }

    /// The file, its documents sharing its events.
    fn finish(mut self) -> File {
        let (text, breaks) = (self.text, self.breaks());
        if !self.file.unknown.is_empty() {
            self.mark_unknown();
        }
        let events = Arc::new(self.parser_memory.events);
        let finished = self.documents.into_iter().enumerate().map(|(index, draft)| Document {
            text: Arc::clone(text),
            index,
            span: draft.span,
            complete: draft.unread.is_none(),
            unread: draft.unread,
            json: draft.json,
            has_aliases: draft.has_aliases,
            repeated: draft.repeated,
            breaks,
            events: Tape::new(Arc::clone(&events), draft.events),
            listed: draft.listed,
            decoded: OnceLock::new(),
            long: LongMappings::default(),
            placeholder: OnceLock::new(),
            looks_at_unknown: AtomicU32::new(0),
        });
        self.file.documents = finished.collect();
        self.file
    }

    /// Nothing is a comment, or comes twice, of which nobody knows what it is.
    fn mark_unknown(&mut self) {
        for draft in &mut self.documents {
            unknown::mark(self.text, &mut self.parser_memory.events, draft.events.clone(), &self.file.unknown);
            draft.repeated.retain(|one| !self.file.is_unknown(one.first) && !self.file.is_unknown(one.again));
        }
        let mut comments = std::mem::take(&mut self.file.comments);
        comments.retain(|comment| !self.file.is_unknown(comment.span));
        self.file.comments = comments;
    }

    fn breaks(&self) -> Breaks {
        if self.rules == Rules::Kubectl { Breaks::Kubectl } else { Breaks::Yaml }
    }

    /// Reads JSON objects, one behind the other; where YAML goes on, if it does.
    fn read_json(&mut self) -> Option<usize> {
        let text: &str = self.text;
        let mut at = 0;
        let mut count = 0;
        loop {
            let first = self.parser_memory.events.len();
            match json::read(text, at, &mut self.parser_memory.events) {
                Ok(None) => return None,
                Ok(Some(end)) => {
                    let start = self.parser_memory.events[first].start as usize;
                    self.push_document(span(start, end), first, None, true);
                    count += 1;
                    at = end;
                }
                Err(error) => {
                    self.parser_memory.events.truncate(first);
                    let yaml = if count > 1 { None } else { json::yaml_start(text, at) };
                    if yaml.is_none() {
                        self.file.errors.push(*error);
                    }
                    return yaml;
                }
            }
        }
    }

    fn read_chunk(&mut self, chunk: Chunk) {
        let text = &self.text[..chunk.end];
        let survey = survey(&text[chunk.start..]);
        let refused = survey.refused.map(|at| chunk.start + at);
        let broken = self.broken.filter(|_| chunk.end == self.text.len());
        let limit = refused.unwrap_or(chunk.end);

        let marked = text[chunk.start..].starts_with(MARK);
        let start = if marked { chunk.start + MARK.len() } else { chunk.start };
        let mut scanner =
            Scanner::new(&text.as_bytes()[..limit.max(start)], start, std::mem::take(&mut self.scanner_memory));
        scanner.refuse(
            refused.map(|at| character_span(text.as_bytes(), at)).or(broken.map(|_| Span::empty(limit as u32))),
        );
        scanner.add_line_feed(self.rules == Rules::Kubectl);
        scanner.comments = std::mem::take(&mut self.file.comments);
        if marked && text[start..].starts_with(MARK) {
            scanner.drop_line_starts();
        }
        let memory = std::mem::take(&mut self.parser_memory);
        let first = memory.events.len();
        let (mut outcome, mut scanner, memory) = Parser::new(scanner, memory).slowly(self.slowly).run();
        self.parser_memory = memory;
        self.file.comments = std::mem::take(&mut scanner.comments);
        if outcome.error.is_none()
            && (refused.is_some() || broken.is_some())
            && is_in_sight(text.as_bytes(), chunk.start, scanner.at, limit)
        {
            outcome.error = scanner.refused_here();
        }
        if let (Some(broken), Some(error)) = (broken, &mut outcome.error)
            && refused.is_none()
            && error.span == Span::empty(limit as u32)
        {
            error.message = broken.into();
        }
        if survey.unusual {
            self.note_characters(chunk, start);
        }
        let quote_open = scanner.quote_open;
        self.scanner_memory = scanner.into_memory();
        self.finish_chunk(chunk, first, outcome, quote_open);
    }

    fn finish_chunk(&mut self, chunk: Chunk, first: usize, mut outcome: Outcome, quote_open: bool) {
        let place = span(chunk.start, chunk.end);
        let index = self.documents.len();
        let before = self.file.errors.len();
        if let (true, Some(separator), Some(error)) = (quote_open, chunk.separator, &mut outcome.error) {
            error.label = Some((separator.dashes, "kubectl splits the file here, still inside the quotes".into()));
        }
        let kept = self.push_document(place, first, outcome.error, false);
        let document = kept.then_some(index);
        if let Some(span) = outcome.ignored {
            self.file.notes.push(Note { span, trap: Trap::Ignored, document });
        }
        for error in &mut self.file.errors[before..] {
            error.document = document;
        }
        let Some(separator) = chunk.separator else { return };
        if quote_open {
            self.file.notes.push(Note { span: separator.dashes, trap: Trap::Separator, document });
        }
        if let Some(junk) = separator.junk {
            let message =
                "a line that starts with `---` separates documents and carries nothing else; kubectl stops here";
            let error = problem(junk, message);
            self.file.errors.push(SyntaxError { document, ..*error });
        }
    }

    /// Adds the document of the last events unless there is nothing in it for Kubernetes; whether it was added.
    fn push_document(&mut self, span: Span, first: usize, error: Option<Box<SyntaxError>>, json: bool) -> bool {
        let (text, breaks) = (self.text, self.breaks());
        let events = &mut self.parser_memory.events;
        let mut checked = check(text, (events, first), (json, breaks), self.errors);
        checked.errors.extend(error.map(|error| *error));
        let unread = checked.errors.iter().map(|error| error.span.end).min();
        if unread.is_none() && checked.empty {
            events.truncate(first);
            return false;
        }
        let document = Some(self.documents.len());
        self.file.errors.extend(checked.errors.into_iter().map(|error| SyntaxError { document, ..error }));
        self.file.notes.extend(checked.notes.into_iter().map(|note| Note { document, ..note }));
        let (has_aliases, repeated, listed) = (checked.has_aliases, checked.repeated, checked.listed);
        let events = first..events.len();
        self.documents.push(Draft { span, events, unread, json, has_aliases, repeated, listed });
        true
    }

    /// Notes line breaks that do not look like any, and byte order marks inside the text.
    fn note_characters(&mut self, chunk: Chunk, start: usize) {
        let bytes = &self.text.as_bytes()[..chunk.end];
        let document = Some(self.documents.len());
        let mut at = start;
        while let Some(found) = memchr::memchr3(b'\r', 0xC2, 0xE2, &bytes[at..]) {
            at += found;
            let length = break_length(bytes, at);
            let plain = bytes[at] == b'\r' && (length == 2 || at + 1 == bytes.len());
            if length > 0 && !plain {
                self.file.notes.push(Note { span: span(at, at + length), trap: Trap::LineBreak, document });
            }
            at += length.max(1);
        }
        if memchr::memchr(0xEF, &bytes[start..]).is_some() {
            for mark in memchr::memmem::find_iter(&bytes[start..], MARK.as_bytes()) {
                let place = span(start + mark, start + mark + MARK.len());
                self.file.notes.push(Note { span: place, trap: Trap::SecondMark, document });
            }
        }
    }
}

/// Whether go-yaml has decoded the character at `refused` by the time it has scanned up to `at`: it reads blocks of
/// 512 bytes and looks a few characters ahead.
fn is_in_sight(bytes: &[u8], start: usize, at: usize, refused: usize) -> bool {
    const BLOCK: usize = 512;
    let mut block = start;
    while block + BLOCK <= refused {
        let mut end = block + BLOCK;
        while end > block && bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
            end -= 1;
        }
        block = end;
    }
    at + 1 >= block || block == start
}

/// Reads a changed document as it was read: by the same rules, and, where it is no JSON, as a chunk of its own.
pub(super) fn read_again(document: &Document, text: &Arc<str>) -> File {
    match document.breaks {
        Breaks::Yaml => Reader::new(text, Rules::Server).read(),
        // At the start of a file YAML may turn into JSON.
        Breaks::Kubectl if document.json || document.span.start == 0 => Reader::new(text, Rules::Kubectl).read(),
        Breaks::Kubectl => {
            let mut reader = Reader::new(text, Rules::Kubectl);
            split(text, 0).for_each(|chunk| reader.read_chunk(chunk));
            reader.finish()
        }
    }
}

/// How many events the chunks of a text have.
#[cfg(feature = "test-hooks")]
pub(super) fn count_events(text: &str) -> usize {
    let mut count = 0;
    let mut scanner_memory = ScannerMemory::with_room();
    let mut parser_memory = ParserMemory::default();
    for chunk in split(text, 0) {
        let bytes = &text.as_bytes()[..chunk.end];
        let mut scanner = Scanner::new(bytes, chunk.start, std::mem::take(&mut scanner_memory));
        scanner.add_line_feed(true);
        let (_, scanner, memory) = Parser::new(scanner, std::mem::take(&mut parser_memory)).run();
        scanner_memory = scanner.into_memory();
        parser_memory = memory;
        count += parser_memory.events.len();
        parser_memory.events.clear();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::is_in_sight;

    #[test]
    fn characters_are_seen_by_blocks() {
        let text = "a".repeat(2_000);
        let sees = |at, refused| is_in_sight(text.as_bytes(), 0, at, refused);
        assert!(sees(0, 511) && !sees(0, 512) && !sees(510, 512) && sees(511, 512));
        assert!(!sees(1_022, 1_536) && sees(1_535, 1_536) && sees(1_535, 1_999));
        // A block ends before a character that does not fit into it.
        let wide = format!("{}{}", "a".repeat(511), "é".repeat(100));
        assert!(is_in_sight(wide.as_bytes(), 0, 510, 513) && !is_in_sight(wide.as_bytes(), 0, 509, 513));
    }
}
