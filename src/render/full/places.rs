//! Where else there is what a picture shows once.

use std::io;

use crate::render::groups::{Group, Place};
use crate::render::output::{Manner, Remarks};
use crate::render::wrap::width;
use crate::text::{grouped, visible};

const INDENT: &str = "  also ";

/// How often it is there, as it stands behind the headline; nothing where that is once.
pub(super) fn count(group: &Group) -> Option<String> {
    let fixable = if group.fixable == group.count { ", fixable" } else { "" };
    let [count, files] = [group.count, group.files.len()].map(|number| grouped(number as i64));
    match (group.count, group.files.len()) {
        (1, _) => None,
        (_, 1) => Some(format!("({count} times{fixable})")),
        (findings, holding) if findings == holding => Some(format!("({files} files{fixable})")),
        _ => Some(format!("({count} times in {files} files{fixable})")),
    }
}

/// Writes the places beside the first: as many as a line holds, or all of them. Answers how many are left out.
pub(super) fn write(group: &Group, manner: &Manner, out: &mut dyn io::Write) -> io::Result<usize> {
    let others = group.count - 1;
    if others == 0 {
        return Ok(0);
    }
    let names: Vec<String> = group.places.windows(2).map(|pair| name(&pair[1], &pair[0])).collect();
    if names.is_empty() {
        writeln!(out, "{INDENT}{others} more on this line")?;
        return Ok(0);
    }
    let columns = manner.look.prose_width().saturating_sub(INDENT.len());
    let mut shown = names.len();
    while manner.remarks != Remarks::All && shown > 1 && width(&listed(&names[..shown], others).join(" ")) > columns {
        shown -= 1;
    }
    let lines = packed(&listed(&names[..shown], others), columns);
    writeln!(out, "{INDENT}{}", lines.join(&format!("\n{}", " ".repeat(INDENT.len()))))?;
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

/// `a.yaml:1,` `b.yaml:2` `and 31 more`, of so many.
fn listed(names: &[String], all: usize) -> Vec<String> {
    let comma = |(at, name): (usize, &String)| if at + 1 < names.len() { format!("{name},") } else { name.clone() };
    let mut parts: Vec<String> = names.iter().enumerate().map(comma).collect();
    parts.extend((names.len() < all).then(|| format!("and {} more", grouped((all - names.len()) as i64))));
    parts
}

/// As many parts on a line as it holds. A path that is wider has a line of its own: cut, it would be of no use.
fn packed(parts: &[String], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for part in parts {
        let width = width(part) + 1;
        match lines.last_mut().filter(|_| width <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(part);
                room -= width;
            }
            None => {
                lines.push(part.clone());
                room = columns.saturating_sub(width - 1);
            }
        }
    }
    lines
}
