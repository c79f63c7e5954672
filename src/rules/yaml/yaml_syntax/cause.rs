//! What a person did where the reader stopped: the mistakes that a line shows by itself.

use crate::diagnostic::Fix;
use crate::text::{Edit, Lines, Message, Span};
use crate::yaml::Change;

pub(super) struct Cause {
    pub(super) span: Span,
    pub(super) message: Message,
    pub(super) help: Message,
    pub(super) fix: Option<Fix>,
}

/// A longer line was written by no person.
const LONGEST: u32 = 2_000;
/// Lines above a mistake that are looked at.
const ABOVE: usize = 1_000;

/// The mistake at a place where YAML could not be read; `None` where the lines of the chunk beside it do not tell.
pub(super) fn of(source: &Lines<'_>, chunk: Span, place: Span) -> Option<Cause> {
    let number = source.line_of(place.start);
    let line_at = |number: usize| {
        let span = source.span(number);
        let (start, end) = (span.start.max(chunk.start), span.end.min(chunk.end));
        (start <= end && end - start <= LONGEST).then(|| Line::new(source.text(), Span::new(start, end)))
    };
    let line = line_at(number)?;
    let above = || (0..number).rev().take(ABOVE).map_while(line_at);
    tab(&line)
        .or_else(|| tab(&line_at(number + 1)?))
        .or_else(|| value_start(&line, place))
        .or_else(|| after_quote(&line, place))
        .or_else(|| colon_in_value(&line, place))
        .or_else(|| key_below_value(&line, &above().find(|line| !line.is_empty())?, place))
        .or_else(|| between_levels(&line, above(), place))
}

/// A here-document's line that YAML does not take for a part of the script.
pub(super) fn here_document(line: Span) -> Cause {
    Cause {
        span: line,
        message: "the script ends above: this line of its here-document stands left of it".into(),
        help: "indent the here-document like the script, its last word too: YAML takes that away again".into(),
        fix: None,
    }
}

/// A line of the source: its content without indentation, `- ` and comment.
struct Line<'s> {
    text: &'s str,
    start: u32,
    indent: usize,
    value: Option<usize>,
}

impl<'s> Line<'s> {
    fn new(text: &'s str, span: Span) -> Self {
        let text = text.get(span.range()).unwrap_or_default();
        let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
        let mut content = indent;
        while text[content..].starts_with("- ") {
            content += 2;
            content += text[content..].len() - text[content..].trim_start_matches(' ').len();
        }
        let value = match text[content..].find(": ") {
            Some(colon) if !text[content..].starts_with(['"', '\'']) => Some(content + colon + 2),
            _ => (content > indent).then_some(content),
        };
        let value = value.map(|at| at + text[at..].len() - text[at..].trim_start_matches(' ').len());
        Self { text, start: span.start, indent, value }
    }

    fn is_empty(&self) -> bool {
        let content = self.text.trim();
        content.is_empty() || content.starts_with('#')
    }

    fn span(&self, start: usize, length: usize) -> Span {
        let start = self.start + u32::try_from(start).unwrap_or(u32::MAX);
        Span::new(start, start + u32::try_from(length).unwrap_or(u32::MAX))
    }

    fn indentation(&self) -> &'s str {
        &self.text[..self.indent]
    }

    /// The value after the key or the dash, without a comment, and its place in the line.
    fn value(&self) -> Option<(usize, &'s str)> {
        let start = self.value?;
        let value = self.text[start..].split(" #").next().unwrap_or_default();
        Some((start, value.trim_end()))
    }

    fn quote(&self, start: usize, value: &str) -> Change {
        let quoted = if value.contains(['"', '\\']) {
            format!("'{}'", value.replace('\'', "''"))
        } else {
            format!("\"{value}\"")
        };
        Change::text(vec![Edit::replace(self.span(start, value.len()), quoted)])
    }
}

fn tab(line: &Line<'_>) -> Option<Cause> {
    let at = line.indentation().find('\t')?;
    let count = line.indentation()[at..].chars().take_while(|char| *char == '\t').count();
    Some(Cause {
        span: line.span(at, count),
        message: "a tab cannot indent in YAML".into(),
        help: "indent with spaces, as deep as the lines beside it".into(),
        fix: None,
    })
}

fn value_start(line: &Line<'_>, place: Span) -> Option<Cause> {
    let (start, value) = line.value()?;
    let first = value.chars().next().filter(|first| matches!(first, '@' | '`' | '%' | '*'))?;
    if !line.span(start, value.len()).touches(place.start) {
        return None;
    }
    let name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if first == '*' && value.len() > 1 && value[1..].chars().all(name) {
        return None;
    }
    let meaning = if first == '*' { ": there it names an anchor" } else { "" };
    Some(Cause {
        span: line.span(start, value.len()),
        message: format!("a value that starts with `{first}` needs quotes{meaning}").into(),
        help: format!("write \"{value}\" in quotes").into(),
        fix: Some(Fix::safe("put the value in quotes", line.quote(start, value))),
    })
}

fn after_quote(line: &Line<'_>, place: Span) -> Option<Cause> {
    let (start, value) = line.value()?;
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let rest = start + 1 + value[1..].find(quote)? + 1;
    let rest = rest + line.text[rest..].len() - line.text[rest..].trim_start_matches(' ').len();
    if line.span(rest, 0).start != place.start {
        return None;
    }
    Some(Cause {
        span: line.span(rest, (start + value.len()).saturating_sub(rest)),
        message: format!("text stands after the closing `{quote}`, where only a comment may").into(),
        help: "put the quotes around the whole value".into(),
        fix: None,
    })
}

fn colon_in_value(line: &Line<'_>, place: Span) -> Option<Cause> {
    let (start, value) = line.value()?;
    let inside = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1))?;
    if line.span(start + inside, 1).start != place.start || value.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    Some(Cause {
        span: line.span(start, value.len()),
        message: "a value that holds `: ` needs quotes: outside them it starts a mapping".into(),
        help: "put the whole value in quotes, or the second key on a line of its own".into(),
        fix: Some(Fix::unsafe_("put the value in quotes", line.quote(start, value))),
    })
}

/// A colon that cannot be: the line above is no complete `key:`, or has a value already.
fn key_below_value(line: &Line<'_>, above: &Line<'_>, place: Span) -> Option<Cause> {
    if line.text.as_bytes().get((place.start.checked_sub(line.start)?) as usize) != Some(&b':') {
        return None;
    }
    let content = above.text[above.indent..].split(" #").next().unwrap_or_default().trim_end();
    let whole = above.span(above.indent, content.len());
    let bare = |char: char| char.is_ascii_alphanumeric();
    let key = content.split_once(':').filter(|(key, _)| !key.is_empty() && key.chars().all(bare));
    match key {
        Some((key, value)) if !value.is_empty() && !value.starts_with(' ') => {
            let at = whole.start + u32::try_from(key.len()).ok()? + 1;
            Some(Cause {
                span: whole,
                message: format!("the colon after `{key}` needs a blank after it").into(),
                help: format!("write `{key}: {value}`").into(),
                fix: Some(Fix::safe("put a blank after the colon", Change::text(vec![Edit::insert(at, " ")]))),
            })
        }
        Some((key, value)) if !value.is_empty() && above.indent < line.indent => Some(Cause {
            span: line.span(line.indent, line.text[line.indent..].find(':')?),
            message: format!("this key stands deeper than `{key}`, which has its value already").into(),
            help: format!("indent it like `{key}`, with {} spaces", above.indent).into(),
            fix: None,
        }),
        None if above.indent == line.indent && content.chars().all(|char| bare(char) || char == ' ') => Some(Cause {
            span: whole,
            message: "this line is no `key: value`".into(),
            help: "a key ends with a colon and a blank".into(),
            fix: None,
        }),
        _ => None,
    }
}

/// A line whose indentation is that of no line above that it could belong to.
fn between_levels<'s>(line: &Line<'s>, lines_above: impl Iterator<Item = Line<'s>>, place: Span) -> Option<Cause> {
    if line.span(line.indent, 0).start != place.start {
        return None;
    }
    let mut level = usize::MAX;
    for above in lines_above {
        if above.is_empty() || above.indent >= level {
            continue;
        }
        level = above.indent;
        if level == line.indent {
            return None;
        }
        if level < line.indent {
            break;
        }
    }
    (level < line.indent).then(|| Cause {
        span: line.span(line.indent, line.text[line.indent..].trim_end().len()),
        message: format!("an indentation of {} is that of no line above it", line.indent).into(),
        help: "indent it like the lines that it belongs beside".into(),
        fix: None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Lines, Span, of};
    use crate::yaml::parse;

    #[test]
    fn what_broke_a_text_is_found_at_its_place() {
        for (text, place, message) in [
            ("a:\n\tb: 1\n", "\t", "a tab cannot indent in YAML"),
            ("a: @b c # d\n", "@b c", "a value that starts with `@` needs quotes"),
            ("a: *b c\n", "*b c", "a value that starts with `*` needs quotes: there it names an anchor"),
            ("a: \"b\" c\n", "c", "text stands after the closing `\"`, where only a comment may"),
            ("a: b: c\n", "b: c", "a value that holds `: ` needs quotes: outside them it starts a mapping"),
            ("a:b\nc: d\n", "a:b", "the colon after `a` needs a blank after it"),
            ("a: b\n  c: d\n", "c", "this key stands deeper than `a`, which has its value already"),
            ("a\nb: c\n", "a", "this line is no `key: value`"),
            ("a:\n    b: c\n  d: e\n", "d: e", "an indentation of 2 is that of no line above it"),
            ("a:\n  b:\n      c: 1\n    # d\n\n    e: 2 \n", "e: 2", "an indentation of 4 is that of no line above it"),
        ] {
            let file = parse(text);
            let error = file.errors.first().unwrap_or_else(|| panic!("{text:?} is read"));
            let cause = of(&Lines::new(text), Span::new(0, text.len() as u32), error.span);
            let found = cause.map(|cause| (text[cause.span.range()].to_owned(), cause.message.as_str().to_owned()));
            assert_eq!(found, Some((place.to_owned(), message.to_owned())), "{text:?}: {error:?}");
        }
    }

    #[test]
    fn a_line_beside_others_is_no_cause() {
        for text in ["a:\n  b: c\n  - d\n", "a: [b\nc: d\n", "a: 'b\n"] {
            let file = parse(text);
            let error = file.errors.first().unwrap_or_else(|| panic!("{text:?} is read"));
            let cause = of(&Lines::new(text), Span::new(0, text.len() as u32), error.span);
            assert!(cause.is_none(), "{text:?}: {:?}", cause.map(|cause| cause.message.as_str().to_owned()));
        }
    }
}
