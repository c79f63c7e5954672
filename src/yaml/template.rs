//! Text that is a template of YAML and not YAML yet: placeholders where a document has its structure.

use super::Document;
use super::tape::EventKind;
use crate::text::Span;

/// How placeholders open and close: Go and Jinja templates, shells and envsubst, ERB, Terraform.
const BRACKETS: [(&str, &str); 6] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("${", "}"), ("<%", "%>"), ("%{", "}")];

impl Document {
    /// The first template placeholder that stands where this document could not be read for it: alone on a line, or at
    /// the start of a value. `None` for a document that was read to its end. In blocks of text that were read, placeholders
    /// are no reason, and below where reading ended only those are that no shell has.
    #[must_use]
    pub fn placeholder(&self) -> Option<Span> {
        let unread = self.unread?;
        *self.placeholder.get_or_init(|| self.find_placeholder(unread))
    }

    fn find_placeholder(&self, unread: u32) -> Option<Span> {
        // Each kind starts with one of these: most texts are looked through for nothing more.
        let text = &self.text[self.span.range()];
        if !text.bytes().any(|byte| matches!(byte, b'{' | b'$' | b'<' | b'%' | b'@')) {
            return None;
        }
        let is_block = |kind| matches!(kind, EventKind::Literal | EventKind::Folded);
        let mut blocks = self.events.own().map(|(_, event)| event).filter(|event| is_block(event.kind)).peekable();
        let mut line_start = self.span.start;
        for line in text.split_inclusive('\n') {
            let is_beyond = line_start > unread;
            if let Some((at, length)) = in_line(line).filter(|(at, _)| !is_beyond || !line[*at..].starts_with('$')) {
                let start = line_start + u32::try_from(at).ok()?;
                while blocks.next_if(|block| block.end <= start).is_some() {}
                if blocks.peek().is_none_or(|block| start < block.start) {
                    return Some(Span::new(start, start + u32::try_from(length).ok()?));
                }
            }
            line_start += u32::try_from(line.len()).ok()?;
        }
        None
    }
}

/// The first placeholder within a text: `${NAME}`, `$NAME`, `{{ … }}`, `<name>`, `%NAME%`, `@NAME@`, `__NAME__`, or a
/// text that is a name in capitals as a whole, `REPLACE_ME`.
#[must_use]
pub fn placeholder_in(text: &str) -> Option<&str> {
    // Each kind has one of these: most texts are asked for nothing more.
    let has_mark = text.bytes().any(|byte| matches!(byte, b'$' | b'<' | b'%' | b'@' | b'_'));
    if !has_mark && !text.as_bytes().windows(2).any(|pair| matches!(pair, b"{{" | b"{#")) {
        return None;
    }
    let bracketed = |(open, close): (&str, &str)| {
        let start = text.find(open)?;
        let inside = start + open.len();
        Some(&text[start..inside + text[inside..].find(close)? + close.len()])
    };
    BRACKETS
        .into_iter()
        .chain([("<", ">")])
        .find_map(bracketed)
        .or_else(|| variable(text))
        .or_else(|| marked(text))
        .or_else(|| {
            let bare = text.trim_matches(['"', '\'']);
            is_in_capitals(bare).then_some(bare)
        })
}

/// How a placeholder is marked, which is the same for all that one program fills in: `$`, `{{`, `__`; of a name in capitals
/// its first part, `V_`.
#[must_use]
pub fn mark_of(placeholder: &str) -> &str {
    let marks = ["$", "{{", "{%", "{#", "<%", "<", "%{", "%", "@", "__"];
    let mark = marks.into_iter().find(|mark| placeholder.starts_with(mark));
    let end = mark.map_or_else(|| placeholder.find('_').map_or(placeholder.len(), |at| at + 1), str::len);
    &placeholder[..end]
}

/// `$NAME`.
fn variable(text: &str) -> Option<&str> {
    let start = text.find('$')?;
    let name = text[start + 1..].find(|char: char| !char.is_ascii_alphanumeric() && char != '_');
    let end = name.map_or(text.len(), |length| start + 1 + length);
    (end > start + 1).then(|| &text[start..end])
}

/// `%NAME%`, `@NAME@`, `__NAME__`.
fn marked(text: &str) -> Option<&str> {
    ["%", "@", "__"].into_iter().find_map(|mark| {
        let start = text.find(mark)?;
        let name = &text[start + mark.len()..];
        let name = &name[..name.find(mark)?];
        (is_capital_name(name) && name.len() > 1).then(|| &text[start..start + name.len() + 2 * mark.len()])
    })
}

/// Whether a text is a name such as scripts replace: capitals, at least three of them, and underscores.
fn is_in_capitals(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    is_capital_name(text) && capitals >= 3 && text.contains('_')
}

fn is_capital_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Where the line's content, or the value after its key, is a placeholder; how long it is.
fn in_line(line: &str) -> Option<(usize, usize)> {
    let mut at = line.len() - line.trim_start_matches([' ', '\t']).len();
    while line[at..].starts_with("- ") {
        at += 2;
        at += line[at..].len() - line[at..].trim_start_matches(' ').len();
    }
    let key = line[at..].find(": ").map(|colon| {
        let value = &line[at + colon + 2..];
        at + colon + 2 + value.len() - value.trim_start_matches(' ').len()
    });
    [Some(at), key].into_iter().flatten().find_map(|at| Some((at, length(line[at..].trim_end())?)))
}

/// How long the placeholder is that `text` starts with.
fn length(text: &str) -> Option<usize> {
    for (open, close) in BRACKETS {
        if let Some(inside) = text.strip_prefix(open) {
            // One that closes on a later line is a placeholder too.
            return Some(inside.find(close).map_or(text.len(), |at| open.len() + at + close.len()));
        }
    }
    // `%NAME%` and `@NAME@`: what scripts with sed fill in.
    let mark = text.chars().next().filter(|first| matches!(first, '%' | '@'))?;
    let name = text[1..].split(mark).next()?;
    let closed = text[1 + name.len()..].starts_with(mark);
    let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    (closed && named).then_some(name.len() + 2)
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    #[test]
    fn placeholders_of_one_program_are_marked_alike() {
        for (placeholder, mark) in [
            ("${NAME}", "$"),
            ("$NAME", "$"),
            ("{{ .Name }}", "{{"),
            ("<name>", "<"),
            ("<%= name %>", "<%"),
            ("%NAME%", "%"),
            ("__NAME__", "__"),
            ("V_IMAGE_URL", "V_"),
            ("REPLACE_ME", "REPLACE_"),
        ] {
            assert_eq!(super::mark_of(placeholder), mark, "{placeholder}");
        }
    }

    fn placeholder(yaml: &str) -> Option<&str> {
        let file = parse(yaml);
        let span = file.documents.first()?.placeholder()?;
        Some(&yaml[span.range()])
    }

    #[test]
    fn a_document_that_cannot_be_read_for_a_placeholder_is_a_template() {
        for (yaml, expected) in [
            ("kind: Job\nmetadata:\n  name: {{ .Release.Name }}-x\n", "{{ .Release.Name }}"),
            ("{{- if .Values.enabled }}\nkind: Job\n{{- end }}\n", "{{- if .Values.enabled }}"),
            ("a: 1\n{{- /* text\n  more */}}\n", "{{- /* text"),
            ("- - {{ a }}\n", "{{ a }}"),
            ("kind: Job\n${EXTRA}\n", "${EXTRA}"),
            ("name: %CHAOS_NAMESPACE%\n", "%CHAOS_NAMESPACE%"),
            ("<% if x %>\na: 1\n<% end %>\n", "<% if x %>"),
        ] {
            assert_eq!(placeholder(yaml), Some(expected), "{yaml}");
        }
    }

    #[test]
    fn a_placeholder_is_found_within_a_text() {
        for (text, expected) in [
            ("${app}-wipe", Some("${app}")),
            ("a-$NAME.b", Some("$NAME")),
            ("\"{{ .Values.x }}\"", Some("{{ .Values.x }}")),
            ("a-<node-name>", Some("<node-name>")),
            ("'%SERVICE_ACCOUNT%'", Some("%SERVICE_ACCOUNT%")),
            ("day-__MONTH__", Some("__MONTH__")),
            ("\"V_KSA\"", Some("V_KSA")),
            ("a$", None),
            ("100%", None),
            ("a_b", None),
            ("AB", None),
            ("Report_Name", None),
            ("plain", None),
        ] {
            assert_eq!(super::placeholder_in(text), expected, "{text}");
        }
    }

    #[test]
    fn a_placeholder_in_a_text_does_not_make_a_template() {
        assert_eq!(placeholder("name: \"{{ x }}\"\n"), None);
        assert_eq!(placeholder("name: ${X}\n"), None);
        assert_eq!(placeholder("a: \"{{ x }}\nb: [\n"), None);
        assert_eq!(placeholder("schedule: @daily\n"), None);
        assert_eq!(placeholder("command: echo ${HOME}\n\tb: 1\n"), None);
        let script = "- |\n  echo a: ${A}\n  ${B}\n  psql <<SQL\n";
        assert_eq!(placeholder(&format!("{script}DROP TABLE a;\nSQL\n  echo b: ${{C}}\n  ${{D}}\n")), None);
        assert_eq!(placeholder(&format!("{script}{{{{ include \"a\" . }}}}\n")), Some("{{ include \"a\" . }}"));
    }
}
