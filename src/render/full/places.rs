//! Where else there is what a picture shows once.

use std::io;

use crate::render::groups::{Group, Place};
use crate::render::output::{Manner, Remarks};
use crate::render::wrap::width;
use crate::text::visible;

const INDENT: &str = "  also ";

/// How often it is there, as it stands behind the headline; nothing where that is once.
pub(super) fn count(group: &Group) -> Option<String> {
    let fixable = if group.is_fixable { ", fixable" } else { "" };
    match (group.count, group.files.len()) {
        (1, _) => None,
        (count, 1) => Some(format!("({count} times{fixable})")),
        (count, files) if count == files => Some(format!("({files} files{fixable})")),
        (count, files) => Some(format!("({count} times in {files} files{fixable})")),
    }
}

/// Writes the places beside the first: as many as a line holds, or all of them. Answers how many are left out.
pub(super) fn write(group: &Group, manner: &Manner, out: &mut dyn io::Write) -> io::Result<usize> {
    let others = group.count - 1;
    if others == 0 {
        return Ok(0);
    }
    let names: Vec<String> = group.places.windows(2).map(|pair| name(&pair[1], &pair[0])).collect();
    let columns = manner.look.prose_width().saturating_sub(INDENT.len());
    let mut lines = lines(&names, columns);
    if manner.remarks != Remarks::All {
        lines.truncate(1);
    }
    let rest = |shown: usize| if shown < others { format!(" and {} more", others - shown) } else { String::new() };
    let before: usize = lines.iter().rev().skip(1).map(Vec::len).sum();
    let Some(last) = lines.last_mut() else {
        writeln!(out, "{INDENT}{others} more on this line")?;
        return Ok(0);
    };
    while last.len() > 1 && width(&last.join(", ")) + rest(before + last.len()).len() > columns {
        last.pop();
    }
    let shown = before + last.len();
    let lines: Vec<String> = lines.iter().map(|line| line.join(", ")).collect();
    writeln!(out, "{INDENT}{}{}", lines.join(&format!(",\n{}", " ".repeat(INDENT.len()))), rest(shown))?;
    Ok(others - shown)
}

/// `line 14`, where it is in the file of the place before.
fn name(place: &Place, before: &Place) -> String {
    if place.file == before.file {
        format!("line {}", place.line)
    } else {
        format!("{}:{}", visible(&place.file), place.line)
    }
}

/// As many on a line as it holds. A path that is wider has a line of its own: cut, it would be of no use.
fn lines(names: &[String], columns: usize) -> Vec<Vec<&str>> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut room = 0;
    for name in names {
        let width = width(name) + ", ".len();
        match lines.last_mut().filter(|_| width <= room) {
            Some(line) => line.push(name),
            None => {
                room = columns;
                lines.push(vec![name]);
            }
        }
        room = room.saturating_sub(width);
    }
    lines
}
