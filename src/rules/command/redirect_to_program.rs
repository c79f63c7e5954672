//! `redirect-to-program`

use crate::analysis::Script;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/redirect-to-program"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    if !read.text.as_str().contains('>') {
        return;
    }
    let mut found = Vec::new();
    read.list.walk(&mut |command| {
        let Some(call) = read.called(command) else { return };
        let end = call.words.last().map_or(0, |word| word.place.start);
        let writing = command.redirections.iter().filter(|one| read.str(one.operator).starts_with('>'));
        // What stands behind the name was meant for the program.
        let mut to_program = writing.filter(|one| is_program(read.str(one.target.place)) && one.target.place.end < end);
        found.extend(to_program.next().map(|one| (one.target.place, call.name)));
    });
    for (place, name) in found {
        let program = read.str(place);
        findings
            .report(
                script.span(place),
                format!("this writes into a file called `{program}`: what stands behind it are arguments of `{name}`"),
            )
            .help("write into the file itself, or through a pipe: `… | sudo tee FILE`");
    }
}

/// What hands on what it gets, and is no name of a file.
fn is_program(target: &str) -> bool {
    matches!(target, "sudo" | "doas" | "tee")
}
