//! `command-in-one-string`

use crate::analysis::Process;
use crate::command::{Shell, as_list, base_name};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/command-in-one-string"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let Some(command) = container.command() else { return };
    let Some((_, first)) = command.value.iter().next() else { return };
    let text = first.value.trim();
    if is_command_line(text) {
        let shown = text.lines().next().unwrap_or_default();
        findings
            .report(
                first.span,
                format!("no program is called `{shown}`: each word of a command line is an item of its own"),
            )
            .help(if command.value.len() == 1 {
                format!("write `{}`", as_list(text))
            } else {
                "give each word an item, or let a shell read all: `[\"sh\", \"-c\", \"…\"]`".to_owned()
            });
    }
}

/// Whether a text is a program with its arguments, and no path with a blank in it.
fn is_command_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(program), Some(second)) = (words.next(), words.next()) else { return false };
    let is_windows = program.contains(['\\', ':']) || program.starts_with("%");
    let is_template = text.contains("{{") || text.contains("$(") || text.contains("<");
    let is_plain = program.chars().all(|char| char.is_ascii_alphanumeric() || "/._-+".contains(char));
    let has_arguments = second.starts_with(['-', '/', '.', '"', '\'', '$', '&', '|', ';', '>']);
    let is_bare = !program.contains('/');
    is_plain && !is_windows && !is_template && (has_arguments || is_bare || Shell::named(base_name(program)).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_command_line;

    #[test]
    fn a_path_with_a_blank_is_no_command_line() {
        for text in ["echo 'done'", "/bin/sh -c ./prepare.sh", "python main.py", "/app/run --all", "/app/run && x"] {
            assert!(is_command_line(text), "{text}");
        }
        for text in [
            "/opt/my app/run",
            "C:\\Program Files\\app.exe",
            "{{ .Values.command }} run",
            "/app/run",
            " /app/run ",
            "$(COMMAND) run",
            "<your command>",
            "",
            "%APP% run",
            "./my tool",
        ] {
            assert!(!is_command_line(text), "{text}");
        }
    }
}
