//! `xargs-on-nothing`

use crate::analysis::Script;
use crate::command::{Call, Command, Flow, Known, Role, Script as Read};
use crate::diagnostic::Fix;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/xargs-on-nothing"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let read = script.read;
    if !read.text.as_str().contains("xargs") {
        return;
    }
    let flow = &script.flow;
    for run in &flow.runs {
        let counts = matches!(run.role, Role::Ends | Role::Decides | Role::Read);
        let Some(call) = read.last_call(run.pipeline).filter(|call| counts && call.name == "xargs") else { continue };
        let [first, _, ..] = &run.pipeline.stages[..] else { continue };
        if prints_something(read, flow, first) {
            continue;
        }
        let words: Vec<Known<'_>> = call.words.iter().map(|word| read.literal(word)).collect();
        let Some(program) = fails_on_nothing(&words) else { continue };
        let fix = Fix::unsafe_("write `xargs -r`", insert(&script, &call));
        findings
            .report(
                script.span(call.place),
                format!(
                    "where nothing comes in, `xargs` runs `{program}` all the same, without an argument, which fails"
                ),
            )
            .help("add `-r` (`--no-run-if-empty`)")
            .fix(fix);
    }
}

/// Whether a command prints what is written there, or a variable that the script looks at before.
fn prints_something(read: &Read<'_>, flow: &Flow<'_>, command: &Command) -> bool {
    let Some(call) = read.called(command).filter(|call| matches!(call.name, "echo" | "printf" | "seq")) else {
        return false;
    };
    let mut words = call.words[1..].iter();
    words.any(|word| {
        let is_text = read.literal(word).is_some_and(|text| !text.starts_with(['-', '%']) && !text.is_empty());
        is_text || word.parameters().any(|name| flow.tested.contains(read.str(name)))
    })
}

fn insert(script: &Script<'_>, call: &Call<'_>) -> crate::yaml::Change {
    let name = script.read.text.written_at(call.place);
    script.value.splice(name.end..name.end, " -r")
}

/// What `xargs` runs, where that fails without arguments and `xargs` runs it once in any case.
fn fails_on_nothing(words: &[Known<'_>]) -> Option<String> {
    let mut words = words.iter().skip(1).map(|word| word.as_deref());
    let program = loop {
        match words.next()?? {
            "-n" | "-P" | "-L" | "-d" | "-s" | "--max-args" | "--max-procs" | "--delimiter" => {
                words.next();
            }
            "--no-run-if-empty" => return None,
            option if option.starts_with("-I") || option.starts_with("-i") || option.starts_with("--replace") => {
                return None;
            }
            option if option.starts_with("--") => {}
            option if option.starts_with('-') => {
                if option.contains('r') {
                    return None;
                }
            }
            program => break program,
        }
    };
    let rest: Vec<&str> = words.flatten().collect();
    let forces = rest.iter().any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains('f'));
    let deletes = rest.first().is_some_and(|word| *word == "delete");
    let names_others =
        rest.iter().any(|word| matches!(*word, "-f" | "-l" | "--all" | "-k") || word.starts_with("--selector"));
    match crate::command::base_name(program) {
        "rm" | "rmdir" | "kill" if !forces => Some(program.to_owned()),
        name @ ("kubectl" | "oc") if deletes && !names_others => Some(format!("{name} delete")),
        _ => None,
    }
}
