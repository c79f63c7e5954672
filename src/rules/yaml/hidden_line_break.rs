//! `hidden-line-break`

use crate::rule::{Check, Findings, Rule, notes, page};
use crate::yaml::{File, Note, Trap};

pub(crate) static RULE: Rule = Rule::new(page!("yaml/hidden-line-break"), Check::File(check));

fn check(file: &File, findings: &mut Findings<'_>) {
    let notes: Vec<&Note> = notes(file, Trap::LineBreak).collect();
    let returns = notes.iter().filter(|note| character(file, note) == Some('\r')).count();
    // Where lines end so by habit, the first one says it for all.
    let is_habit = returns > 1 && returns > file.text.matches('\n').count();
    let mut is_said = false;
    for note in notes {
        let is_return = character(file, note) == Some('\r');
        if !is_return || !is_habit {
            report(file, note, findings);
        } else if !std::mem::replace(&mut is_said, true) {
            report_habit(note, returns, findings);
        }
    }
}

fn report(file: &File, note: &Note, findings: &mut Findings<'_>) {
    let name = match character(file, note) {
        Some('\u{85}') => "NEL (U+0085)",
        Some('\u{2028}') => "U+2028",
        Some('\u{2029}') => "U+2029",
        _ => "a carriage return alone",
    };
    findings
        .report(note.span, format!("{name} ends the line here for Kubernetes, though editors do not show it"))
        .help("put a line feed or a blank in its place")
        .document(note.document);
}

fn report_habit(note: &Note, returns: usize, findings: &mut Findings<'_>) {
    findings
        .report(
            note.span,
            format!("{returns} lines of this file end in a carriage return alone, which few programs show"),
        )
        .help("save it with line feeds: where kubectl looks for `---` between documents, all of this is one line")
        .document(note.document);
}

fn character(file: &File, note: &Note) -> Option<char> {
    file.text[note.span.range()].chars().next()
}
