//! What people should ask of an object, and what the simulation answers, as a table.

use std::io;

use super::answers;
use crate::controller::Object;
use crate::foresight::{Row, Table};
use crate::render::{BOLD, DIM, Look, wrap};
use crate::rule::duration::in_short;
use crate::schedule::Seconds;
use crate::text::visible;

/// Columns of the questions, with what parts them from the answers.
const QUESTIONS: usize = 26;
/// Columns of the answers, where the rules have a column of their own.
const ANSWERS: usize = 54;
/// Columns that answers need at the least.
const LEAST: usize = 30;
/// Columns that the rules need.
const RULES: usize = 32;

/// Writes the rows under a heading each time that the kind of question changes.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(table: &Table, object: &Object, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let length = in_words(table.window.end - table.window.start);
    let mut last = None;
    for row in &table.rows {
        let is_of_controllers = answers::is_of_controllers(row.question);
        if last.replace(is_of_controllers) != Some(is_of_controllers) {
            let (what, then) = match (is_of_controllers, object) {
                (true, _) => ("if the controllers are", "then".to_owned()),
                (false, Object::CronJob(cron_job)) if cron_job.is_suspended => ("if it", format!("then, in {length}")),
                (false, Object::CronJob(_)) => ("if each run", format!("then, in {length}")),
                (false, Object::Job(job)) if job.is_suspended => ("if it", "then".to_owned()),
                (false, Object::Job(_)) => ("if each pod", "then".to_owned()),
            };
            writeln!(out, "  {}", look.paint(DIM, &format!("{what:QUESTIONS$}{then}")))?;
        }
        write_row(row, object, look, out)?;
    }
    Ok(())
}

/// A question, its answer beside it or, where that has no room, below, and the rule behind both.
fn write_row(row: &Row, object: &Object, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let question = answers::question(row.question, object);
    let answer = visible(&answers::answer(row, object)).into_owned();
    let rule = row.rule.map(|rule| format!("{} {rule}", if look.unicode { "→" } else { "->" }));
    let is_narrow = look.width < QUESTIONS + LEAST;
    let has_column = look.width >= QUESTIONS + ANSWERS + RULES;
    let width = if has_column { QUESTIONS + ANSWERS } else { look.width };
    let indent = " ".repeat(if is_narrow { 4 } else { QUESTIONS + 2 });
    let mut lines: Vec<String> = Vec::new();
    let text = wrap::wrapped(&answer, Look { width, ..look }, [&indent, &indent]);
    lines.extend(text.lines().map(str::to_owned));
    let head = format!("  {}", look.paint(BOLD, &question));
    match lines.first_mut().filter(|_| !is_narrow) {
        Some(first) => {
            let blanks = QUESTIONS.saturating_sub(wrap::width(&question));
            *first = format!("{head}{}{}", " ".repeat(blanks), &first[indent.len()..]);
        }
        None => lines.insert(0, head),
    }
    if let Some(rule) = rule {
        let line = if has_column { 0 } else { lines.len() - 1 };
        let blanks = if has_column { (width + 2).saturating_sub(wrap::width(&lines[line])) } else { 2 };
        if wrap::width(&lines[line]) + blanks + wrap::width(&rule) <= look.width {
            lines[line] += &format!("{}{}", " ".repeat(blanks), look.paint(DIM, &rule));
        } else {
            lines.push(format!("{indent}{}", look.paint(DIM, &rule)));
        }
    }
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// `a day`, `a week`, `10 years`, `1d12h`
pub(super) fn in_words(length: Seconds) -> String {
    const WHOLE: [(i64, &str); 5] = [
        (3_650 * 86_400, "10 years"),
        (365 * 86_400, "a year"),
        (7 * 86_400, "a week"),
        (86_400, "a day"),
        (3_600, "an hour"),
    ];
    let whole = WHOLE.iter().find(|(seconds, _)| *seconds == length.get());
    let days = length.get() / 86_400;
    match whole {
        Some((_, words)) => (*words).to_owned(),
        None if length.get() % 86_400 == 0 => format!("{days} days"),
        None => in_short(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_as_people_say_it() {
        for (seconds, words) in [
            (3_600, "an hour"),
            (86_400, "a day"),
            (2 * 86_400, "2 days"),
            (7 * 86_400, "a week"),
            (8 * 86_400, "8 days"),
            (365 * 86_400, "a year"),
            (730 * 86_400, "730 days"),
            (3_650 * 86_400, "10 years"),
            (36 * 3_600, "1d12h"),
            (5_400, "1h30m"),
            (86_401, "1d1s"),
        ] {
            assert_eq!(in_words(Seconds::new(seconds)), words);
        }
    }
}
