//! `shell-operator-without-shell`

use crate::analysis::{Argv, Process};
use crate::command::{Known, program};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/shell-operator-without-shell"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let argv = &container.argv;
    let words = argv.known();
    let is_operator = |word: &Known<'_>| word.as_deref().is_some_and(is_operator);
    let Some(first) = words.iter().position(is_operator) else { return };
    if argv.shell().is_some() || takes_operators(argv, words) || first == 0 {
        return;
    }
    let mut places = argv.words().iter().zip(words).filter(|(_, word)| is_operator(word)).map(|(value, _)| value);
    let (Some(place), Some(written)) = (places.next(), words[first].as_deref()) else { return };
    let name = argv.program().unwrap_or("the program");
    let name = if name == "the program" { name.to_owned() } else { format!("`{name}`") };
    let mut report = findings
        .report(place.span(), format!("no shell reads `{written}`: {name} gets it, and all behind it, as arguments"))
        .help("let a shell read the line: `command: [\"sh\", \"-c\", \"…\"]` with all of it as one text");
    for other in places.take(3) {
        report = report.label(other.span(), "nor this");
    }
}

/// Whether a word means something to a shell and, alone, hardly anything to other programs.
fn is_operator(word: &str) -> bool {
    let redirects = |word: &str| {
        let digits = word.trim_start_matches(|char: char| char.is_ascii_digit());
        let target = digits.strip_prefix(">>").or(digits.strip_prefix('>'));
        target.is_some_and(|target| {
            target.starts_with("/dev/null") || target.starts_with("&1") || target.starts_with("&2")
        })
    };
    matches!(word, "&&" | "||" | "|" | ">" | ">>" | "2>" | "2>&1" | "&>" | "|&") || redirects(word)
}

/// Whether the program reads such words itself: comparisons, filters, commands for another shell.
fn takes_operators(argv: &Argv<'_>, words: &[Known<'_>]) -> bool {
    let (at, _) = program(words);
    let name = words.get(at).and_then(|word| word.as_deref()).map_or("", crate::command::base_name);
    let is_text = |word: &Known<'_>| matches!(word.as_deref(), Some("-e" | "--eval" | "--execute" | "--command"));
    argv.has_bare_image() && argv.program().is_none()
        || matches!(
            name,
            "expr"
                | "test"
                | "["
                | "jq"
                | "yq"
                | "awk"
                | "gawk"
                | "ssh"
                | "rsh"
                | "cmd"
                | "cmd.exe"
                | "pwsh"
                | "powershell"
                | "powershell.exe"
                | "eval"
                | "su"
                | "runuser"
                | "parallel"
                | "watch"
                | "script"
                | "just"
                | "concurrently"
        )
        || words.iter().any(is_text)
}

#[cfg(test)]
mod tests {
    use super::is_operator;

    #[test]
    fn only_what_a_shell_alone_reads_is_an_operator() {
        for word in ["&&", "||", "|", ">", ">>", "2>&1", ">/dev/null", "2>/dev/null", ">&2", "1>>/dev/null"] {
            assert!(is_operator(word), "{word}");
        }
        for word in ["&", "a|b", "a && b", ";", "<", "->", "=>", ">=", "--a=>b", "", ">5", "1", "?", "*"] {
            assert!(!is_operator(word), "{word}");
        }
    }
}
