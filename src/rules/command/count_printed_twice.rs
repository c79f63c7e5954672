//! `count-printed-twice`

use crate::analysis::Script;
use crate::command::{Call, Command, Item, Join, List, Pipeline, Script as Read};
use crate::diagnostic::Fix;
use crate::hash::HashSet;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("command/count-printed-twice"), Check::Script(check));

fn check(script: Within<'_, Script<'_>>, findings: &mut Findings<'_>) {
    let (read, flow) = (script.read, &script.flow);
    if !read.text.as_str().contains("||") {
        return;
    }
    let with_pipefail = flow.runs.iter().filter(|run| run.options.pipefail).map(|run| std::ptr::from_ref(run.pipeline));
    let with_pipefail: HashSet<*const Pipeline> = with_pipefail.collect();
    let mut found = Vec::new();
    read.list.walk(&mut |command| {
        command.each_word(&mut |word| found.extend(word.lists().filter_map(|list| twice(read, &with_pipefail, list))));
    });
    for Twice { counts, fails, zero } in found {
        let and_fails = if counts == fails { "and fails".to_owned() } else { format!("and `{fails}` fails the pipe") };
        let printed = read.brief(zero.place);
        let written = read.text.written_at(zero.place);
        findings
            .report(
                script.span(zero.place),
                format!(
                    "where nothing is found, `{counts}` prints 0 {and_fails}: `{printed}` prints another, and the count is two lines"
                ),
            )
            .help("write `|| true`: the 0 is printed already")
            .fix(Fix::unsafe_("write `|| true`", script.value.splice(written, "true")));
    }
}

/// A count to which another one is printed.
struct Twice<'s> {
    counts: &'s str,
    /// What fails where it counts nothing.
    fails: &'s str,
    zero: &'s Command,
}

fn twice<'s>(read: &'s Read<'_>, with_pipefail: &HashSet<*const Pipeline>, list: &'s List) -> Option<Twice<'s>> {
    let [Item { first, rest, .. }] = &list.items[..] else { return None };
    let [(Join::Or, Pipeline { stages, .. })] = &rest[..] else { return None };
    let [zero] = &stages[..] else { return None };
    read.called(zero).filter(|call| prints_zero(read, call))?;
    let (last, before) = first.stages.split_last().filter(|_| !first.negated)?;
    let call =
        read.called(last).filter(|_| last.redirections.iter().all(|one| is_of_errors(read, one.operator.start)))?;
    if is_grep(&call) && counts(read, &call) {
        return Some(Twice { counts: "grep -c", fails: "grep -c", zero });
    }
    let grep = before.iter().filter_map(|stage| read.called(stage)).find(is_grep)?;
    let may_fail = with_pipefail.contains(&std::ptr::from_ref(first));
    (call.name == "wc" && may_fail).then_some(Twice { counts: "wc", fails: grep.name, zero })
}

/// Whether a redirection is one of messages: `2>/dev/null`.
fn is_of_errors(read: &Read<'_>, operator: u32) -> bool {
    read.text.as_str()[..operator as usize].ends_with('2')
}

fn prints_zero(read: &Read<'_>, call: &Call<'_>) -> bool {
    let [_, number] = call.words else { return false };
    matches!(call.name, "echo" | "printf")
        && read.literal(number).is_some_and(|text| text.trim_end_matches("\\n") == "0")
}

fn is_grep(call: &Call<'_>) -> bool {
    matches!(call.name, "grep" | "egrep" | "fgrep" | "zgrep")
}

/// Whether `grep` counts lines of one input, and prints the number.
fn counts(read: &Read<'_>, call: &Call<'_>) -> bool {
    let words: Vec<_> = call.words[1..].iter().filter_map(|word| read.literal(word)).collect();
    let has = |short: char, long: &str| {
        words.iter().any(|word| *word == long || word.starts_with('-') && options(word).contains(short))
    };
    has('c', "--count") && !has('q', "--quiet") && !has('r', "--recursive")
}

/// The short options of a word, up to one that takes the rest as its value.
fn options(word: &str) -> &str {
    let options = word[1..].split(['e', 'f', 'm', 'A', 'B', 'C', 'D', 'd']).next().unwrap_or_default();
    if options.starts_with('-') { "" } else { options }
}
