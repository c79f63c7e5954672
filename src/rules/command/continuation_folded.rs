//! `continuation-folded`

use crate::analysis::Script;
use crate::command::{PartKind, Place};
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::{Change, Style};

pub(crate) static RULE: Rule = Rule::new(page!("command/continuation-folded"), Check::Script(check));

/// How many places beside the first are pointed at.
const MOST_SHOWN: usize = 8;

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    let keeps_lines = !matches!(script.value.style(), Style::Plain | Style::SingleQuoted | Style::Folded);
    if keeps_lines || !read.text.as_str().contains("\\ ") {
        return;
    }
    let mut folded = Vec::new();
    read.list.walk(&mut |command| {
        command.each_word(&mut |word| {
            let escaped = word.parts.iter().filter(|part| matches!(part.kind, PartKind::Escaped));
            folded.extend(escaped.filter(|part| is_folded(&script, part.place)).map(|part| (part.place, word.place)));
        });
    });
    let Some(((first, word), others)) = folded.split_first() else { return };
    let report = findings
        .report(
            script.span(backslash(*first)),
            format!(
                "YAML folds the line break behind this `\\` into a blank: the shell reads `{}`, a word with a blank in it",
                read.brief(*word)
            ),
        )
        .help("leave out the `\\`, or write the script with `|`, which keeps its lines")
        .fix(Fix::unsafe_("leave out the `\\`", Change::all(folded.iter().map(|(place, _)| without(&script, *place)))));
    others
        .iter()
        .take(MOST_SHOWN)
        .fold(report, |report, (place, _)| report.label(script.span(backslash(*place)), "and here"));
}

fn backslash(escaped: Place) -> Place {
    Place { end: escaped.start + 1, ..escaped }
}

/// Whether a `\` before a blank stands at the end of a line of the file.
fn is_folded(script: &Script<'_>, escaped: Place) -> bool {
    let behind = script.span(backslash(escaped)).end as usize;
    let text = script.value.document().text().get(behind..).unwrap_or_default();
    script.read.str(escaped) == "\\ " && text.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// Leaves out a `\` with the blank before it.
fn without(script: &Script<'_>, escaped: Place) -> Change {
    let written = script.read.text.written_at(backslash(escaped));
    let before = script.value.as_str().unwrap_or_default().get(..written.start).unwrap_or_default();
    let start = if before.ends_with(' ') { written.start - 1 } else { written.start };
    script.value.splice(start..written.end, "")
}
