//! Here-documents whose lines stand left of the script that they belong to: YAML ends the block of text before them.

use super::Document;
use super::tape::EventKind;
use crate::text::Span;

impl Document {
    /// The first line of such a here-document, in a document that could not be read to its end.
    #[must_use]
    pub fn escaped_line(&self) -> Option<Span> {
        let unread = self.unread?;
        let is_block = |kind| matches!(kind, EventKind::Literal | EventKind::Folded);
        let mut blocks = self.events.own().map(|(_, event)| event).filter(|event| is_block(event.kind));
        let left = |script: Span| is_left_open(self.slice(script));
        let block = blocks.find(|block| block.end <= unread && left(Span::new(block.start, block.end)))?;
        let rest = self.slice(Span::new(block.end, self.span.end));
        let start = block.end + u32::try_from(rest.len() - rest.trim_start().len()).ok()?;
        let line = self.slice(Span::new(start, self.span.end)).lines().next()?.trim_end();
        Some(Span::new(start, start + u32::try_from(line.len()).ok()?))
    }
}

/// Whether a script's last here-document has no end: `cat <<EOF`.
fn is_left_open(script: &str) -> bool {
    let Some((before, behind)) = script.rsplit_once("<<") else { return false };
    let word = behind.trim_start_matches(['-', '~']).trim_start_matches([' ', '\'', '"', '\\']);
    let name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let word = word.split(|char| !name(char)).next().unwrap_or_default();
    let is_word = word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    is_word && !before.ends_with('<') && !behind.lines().skip(1).any(|line| line.trim() == word)
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    fn escaped(yaml: &str) -> Option<&str> {
        let file = parse(yaml);
        Some(&yaml[file.documents.first()?.escaped_line()?.range()])
    }

    #[test]
    fn a_here_document_left_of_its_script_ends_it() {
        for (yaml, line) in [
            ("- |\n  psql <<EOF\nDROP TABLE a;\nEOF\n  echo\n", "DROP TABLE a;"),
            ("a: |\n  cat > /b <<'EOF'\n\nkey: value\nEOF\n", "key: value"),
            ("a: |\n  cat <<-EOF | sh\n c\nEOF\n", "c"),
        ] {
            assert_eq!(escaped(yaml), Some(line), "{yaml}");
        }
    }

    #[test]
    fn a_here_document_within_its_script_is_none() {
        for yaml in [
            "- |\n  psql <<EOF\n  DROP TABLE a;\n  EOF\nb\nc: d\n",
            "- |\n  grep a <<< EOF\nb\nc: d\n",
            "- |\n  echo $((1 << 2))\nb\nc: d\n",
            "a: &a {b: c}\nd:\n  <<: *a\n  e\n  f: g\n",
            "- |\n  psql <<EOF\n",
        ] {
            assert_eq!(escaped(yaml), None, "{yaml}");
        }
    }
}
