//! Command lines in one text, as the words that a shell would make of them.

use super::shell::Shell;

/// A command line as the list of its words, as it is written in YAML: through a shell, where only that makes it mean
/// anything.
#[must_use]
pub fn as_list(text: &str) -> String {
    let words = split(text).unwrap_or_else(|| ["sh", "-c", text].map(str::to_owned).to_vec());
    format!("[{}]", words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", "))
}

/// The words of a command line without their quotes; `None` where a shell would do more than split it. What a shell
/// that is called is told stays for that one.
fn split(text: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), _) if char == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (Some('"'), '\\') => match chars.next()? {
                next @ ('"' | '\\' | '$' | '`') => word.get_or_insert_default().push(next),
                next => word.get_or_insert_default().extend(['\\', next]),
            },
            (Some('"'), '$' | '`') if !is_told_to_a_shell(&words) => return None,
            (None, '|' | '&' | ';' | '<' | '>' | '$' | '`' | '*' | '?' | '\\' | '(' | '{' | '=' | '\n' | '#' | '~') => {
                return None;
            }
            (None, _) if char.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Whether the word behind these is a script.
fn is_told_to_a_shell(words: &[String]) -> bool {
    let [program, .., flag] = words else {
        return false;
    };
    Shell::named(program).is_some() && flag.starts_with('-') && flag.ends_with('c')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_command_line_is_split_as_by_a_shell_and_no_shell_is_nested() {
        for (text, words) in [
            ("/bin/sh -c 'a | b'", Some(vec!["/bin/sh", "-c", "a | b"])),
            (r#"bash -c "a | b""#, Some(vec!["bash", "-c", "a | b"])),
            (r#"bash -ec "echo \"$A\"""#, Some(vec!["bash", "-ec", r#"echo "$A""#])),
            ("python -c 'print(1)' ''", Some(vec!["python", "-c", "print(1)", ""])),
            ("  report  --all ", Some(vec!["report", "--all"])),
            (r#"echo "$HOME""#, None),
            ("sh -c 'a' | b", None),
            ("echo 'a", None),
            ("A=1 report", None),
        ] {
            let split = split(text);
            let found = split.as_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found, words, "{text}");
        }
    }
}
