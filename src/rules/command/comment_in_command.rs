//! `comment-in-command`

use crate::analysis::Script;
use crate::command::{Comment, Place, Script as Read};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::Style;

pub(crate) static RULE: Rule = Rule::new(page!("command/comment-in-command"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    for Comment { place, continued } in &read.comments {
        let span = script.span(*place);
        if *continued && goes_on(read, *place) {
            let next = read.brief(next_line(read, *place));
            findings
                .report(span, format!("this comment ends the command: `{next}` below is run as another one"))
                .help("move the comment above the command");
        } else if swallows(&script, *place) {
            findings
                .report(span, "the lines below belong to this comment: the text is folded (`>`) into one line")
                .help("write the script with `|`, which keeps its lines");
        }
    }
}

/// Whether the command was meant to go on behind a comment: with an option, or because the comment ends in `\`.
fn goes_on(script: &Read<'_>, comment: Place) -> bool {
    let next = script.str(next_line(script, comment));
    next.starts_with('-') || script.str(comment).ends_with('\\') && !next.is_empty()
}

fn next_line(script: &Read<'_>, comment: Place) -> Place {
    let text = script.text.as_str();
    let rest = &text[comment.end as usize..];
    let start = comment.end as usize + (rest.len() - rest.trim_start().len());
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    Place::new(start..end)
}

/// Whether a comment goes on over a line break of the YAML that the script does not have.
fn swallows(script: &Script<'_>, comment: Place) -> bool {
    if !matches!(script.value.style(), Style::Folded | Style::Plain | Style::SingleQuoted | Style::DoubleQuoted) {
        return false;
    }
    let value = script.value;
    let within = script.span(comment);
    let start = (within.start - value.span().start) as usize;
    let end = (within.end - value.span().start) as usize;
    let source = value.source().get(start..end).unwrap_or_default();
    // A long comment may be folded itself; what goes on like a command was meant to be one.
    source.contains('\n') && source.lines().skip(1).any(|line| is_command(line.trim()))
}

/// Whether a line of a comment reads like a command rather than like a sentence.
fn is_command(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    line.starts_with(['-', '/', '$', '#', '.']) && line.len() > 1
        || word.contains('=')
        || line.ends_with(['\\', ';', '|'])
        || line.contains(" --")
        || line.contains(" -")
        || line.contains("&& ")
        || matches!(
            word,
            "echo" | "cd" | "if" | "for" | "while" | "set" | "export" | "kubectl" | "curl" | "exit" | "python"
        )
}
