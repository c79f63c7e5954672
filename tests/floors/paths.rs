//! The paths that a file's code names: `crate::yaml::Value`, `super::{a, b::C}`; comments and texts are left out.

/// A path, and where it stands.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) line: usize,
    /// The modules inside the file around it: `tests`.
    pub(crate) around: Vec<String>,
    pub(crate) steps: Vec<String>,
    /// The name under which a `use` brings it.
    pub(crate) name: Option<String>,
}

/// The paths of a file's code that lead anywhere: those of `use`, and those that begin at `crate`, `self` or `super`.
pub(crate) fn paths(text: &str) -> Vec<Named> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let (mut around, mut depth, mut at) = (Vec::new(), 0, 0);
    while let Some(token) = tokens.get(at) {
        let next = |steps: usize| tokens.get(at + steps).map_or("", |token| token.text);
        let start = found.len();
        match token.text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                around.pop_if(|(_, outside)| *outside == depth);
            }
            "mod" if next(2) == "{" => around.push((next(1).to_owned(), depth)),
            "use" => at = tree(&tokens, at + 1, &[], &mut found) - 1,
            "crate" | "self" | "super" if next(1) == "::" => {
                at = tree(&tokens, at, &[], &mut found) - 1;
                found[start..].iter_mut().for_each(|path| path.name = None);
            }
            _ => {}
        }
        for path in &mut found[start..] {
            path.around = around.iter().map(|(name, _)| name.clone()).collect();
        }
        at += 1;
    }
    found
}

/// Reads what stands at a token, a path or a list of paths, behind the steps before it; answers where it ends.
fn tree(tokens: &[Token<'_>], mut at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut steps = before.to_vec();
    if text(at) == "{" {
        at += 1;
        while !matches!(text(at), "}" | "") {
            at = tree(tokens, at, before, found).max(at + 1);
        }
        return at + 1;
    }
    let line = tokens.get(at).map_or(0, |token| token.line);
    while is_word(text(at)) || text(at) == "*" {
        steps.push(text(at).to_owned());
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
        if text(at) == "{" {
            return tree(tokens, at, &steps, found);
        }
    }
    if steps.len() == before.len() {
        return at;
    }
    // `a::{self}` is `a`.
    steps.pop_if(|last| last == "self" && !before.is_empty());
    let mut name = steps.last().cloned();
    if text(at) == "as" {
        name = Some(text(at + 1).to_owned());
        at += 2;
    }
    found.push(Named { line, around: Vec::new(), steps, name });
    at
}

struct Token<'t> {
    /// A word, `::`, or one character.
    text: &'t str,
    line: usize,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let silent = silent(rest);
        let length = match silent {
            0 if is_word(rest) => rest.find(|char: char| !is_word_char(char)).unwrap_or(rest.len()),
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            _ => silent,
        };
        let (token, after) = rest.split_at(length);
        if silent == 0 {
            tokens.push(Token { text: token, line });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    tokens
}

/// How long the white space, comment, text, character or lifetime is that stands first; 0 where something else does.
fn silent(rest: &str) -> usize {
    let until = |start: usize, end: &str| rest[start..].find(end).map_or(rest.len(), |at| start + at + end.len());
    let bytes = rest.trim_start_matches(['b', 'c']);
    let raw = bytes.strip_prefix('r').map(|raw| raw.trim_start_matches('#'));
    if let Some(raw) = raw.filter(|raw| raw.starts_with('"')) {
        let opening = rest.len() - raw.len() + 1;
        let hashes = opening - 2 - (rest.len() - bytes.len());
        return until(opening, &format!("\"{}", "#".repeat(hashes)));
    }
    match rest.as_bytes() {
        [b'/', b'/', ..] => until(0, "\n"),
        [b'/', b'*', ..] => until(2, "*/"),
        [b'"', ..] => quoted(rest, 1, '"'),
        [b'b', b'"', ..] => quoted(rest, 2, '"'),
        [b'\'', b'\\', ..] => quoted(rest, 1, '\''),
        [b'\'', ..] if rest.chars().nth(2) == Some('\'') => quoted(rest, 1, '\''),
        _ if rest.starts_with(char::is_whitespace) => rest.len() - rest.trim_start().len(),
        _ => 0,
    }
}

/// Where a text ends that begins at `start`.
fn quoted(rest: &str, start: usize, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in rest[start..].char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return start + at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn is_word(text: &str) -> bool {
    text.starts_with(is_word_char)
}

fn is_word_char(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}
