//! `arguments-after-script`

use crate::analysis::Process;
use crate::command::{Operand, Shell};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/arguments-after-script"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let argv = &container.argv;
    let Some(start) = argv.shell() else { return };
    let Operand::Script(at) = start.operand else { return };
    let Some((_, script)) = argv.item(at) else { return };
    let Some((first, others)) = argv.words().get(start.arguments..).and_then(|words| words.split_first()) else {
        return;
    };
    let Some(text) = first.as_str().filter(|_| !reads_arguments(script)) else { return };
    if others.is_empty() && (is_name(text) || is_file_name(text) && script.contains(' ')) {
        return;
    }
    let shown = shortened(text);
    findings
        .report(
            first.span(),
            format!(
                "the script of `-c` is one item, and ends before this: `{shown}` is its `$0`, which it does not read"
            ),
        )
        .help("write the whole script as one item behind `-c`, or read `$0`, `$1`, … in it");
}

/// Whether a script may read what stands behind it.
fn reads_arguments(script: &str) -> bool {
    let signs = ["$@", "$*", "$#", "${@", "${*", "${#", "shift", "getopts", "BASH_ARGV"];
    let numbered = |sign: char| {
        script.match_indices(sign).any(|(at, _)| {
            script[at + sign.len_utf8()..].trim_start_matches('{').starts_with(|next: char| next.is_ascii_digit())
        })
    };
    // A loop without a list goes through the arguments.
    let loops = script.contains("for ") && !script.contains(" in ");
    signs.iter().any(|sign| script.contains(sign)) || numbered('$') || loops
}

/// Whether it stands there only to name the script in the shell's messages.
fn is_name(word: &str) -> bool {
    matches!(word, "_" | "-" | "--" | "" | "script" | "cmd" | "main" | "inline") || Shell::named(word).is_some()
}

/// Whether it is called like the file that the script once stood in.
fn is_file_name(word: &str) -> bool {
    word.ends_with(".sh") && !word.contains(['/', ' '])
}

fn shortened(word: &str) -> String {
    let line = word.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
