//! The difference between two texts of a file, as `git apply -p0` and `patch` take it.

use std::fmt::Write as _;

use anstyle::AnsiColor;
use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::{BOLD, Look};
use crate::hash::HashMap;
use crate::text::visible;

/// Lines around a change.
const CONTEXT: usize = 3;
/// Lines of both texts together up to which the shortest of all differences is sought: that takes as long as their number
/// times that of the changes.
const FEW: usize = 10_000;
/// Lines of each that are compared at a time where there are more.
const WINDOW: usize = 512;

/// A unified diff of a file; nothing where the texts are the same. With colours it is for people, who see control
/// characters as escapes; without, the lines are those of the file to the byte.
#[must_use]
pub fn unified(name: &str, old: &str, new: &str, look: Look) -> String {
    if old == new {
        return String::new();
    }
    // Behind a name with a blank, `patch` wants a tab.
    let name = if name.contains(' ') { format!("{}\t", visible(name)) } else { visible(name).into_owned() };
    // A lone carriage return ends no line for those who apply it.
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let mut text = format!("--- {name}\n+++ {name}\n");
    for hunk in group_diff_ops(changes(&old, &new), CONTEXT) {
        writeln!(text, "{}", UnifiedHunkHeader::new(&hunk)).expect("a string takes all");
        for change in hunk {
            let is_kept = matches!(change, DiffOp::Equal { .. });
            let before = &old[change.old_range()];
            before.iter().for_each(|line| add(if is_kept { ' ' } else { '-' }, line, &mut text));
            let behind = if is_kept { &[][..] } else { &new[change.new_range()] };
            behind.iter().for_each(|line| add('+', line, &mut text));
        }
    }
    if look.color { painted(&text, look) } else { text }
}

fn add(mark: char, line: &str, text: &mut String) {
    text.push(mark);
    text.push_str(line);
    if !line.ends_with('\n') {
        text.push_str("\n\\ No newline at end of file\n");
    }
}

/// What makes one text of the other, line by line.
fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    if old.len() + new.len() <= FEW {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let (mut changes, mut from, mut to) = (Vec::new(), 0, 0);
    for (before, behind) in in_common(old, new).into_iter().chain([(old.len(), new.len())]) {
        let (old_len, new_len) = (before - from, behind - to);
        match (old_len, new_len) {
            (0, 0) => {}
            (0, _) => changes.push(DiffOp::Insert { old_index: from, new_index: to, new_len }),
            (_, 0) => changes.push(DiffOp::Delete { old_index: from, old_len, new_index: to }),
            _ => changes.push(DiffOp::Replace { old_index: from, old_len, new_index: to, new_len }),
        }
        match changes.last_mut() {
            _ if before == old.len() => {}
            Some(DiffOp::Equal { len, .. }) => *len += 1,
            _ => changes.push(DiffOp::Equal { old_index: before, new_index: behind, len: 1 }),
        }
        (from, to) = (before + 1, behind + 1);
    }
    changes
}

/// Lines that two long texts have in common, in order: about as many as they can have, in time that grows with the texts.
fn in_common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut numbers = HashMap::default();
    let numbers_of_old: Vec<u32> = old.iter().map(|line| number_of(line, &mut numbers)).collect();
    let of_old = numbers.len();
    let numbers_of_new: Vec<u32> = new.iter().map(|line| number_of(line, &mut numbers)).collect();
    let mut is_in_new = vec![false; numbers.len()];
    numbers_of_new.iter().for_each(|number| is_in_new[*number as usize] = true);
    // What one text alone has keeps no two lines together: mostly that is all that has changed.
    let old = places(&numbers_of_old, |number| is_in_new[number]);
    let new = places(&numbers_of_new, |number| number < of_old);
    let (mut common, mut from, mut to) = (Vec::new(), 0, 0);
    while from < old.len() && to < new.len() {
        let [before, behind] = [(&old, from), (&new, to)].map(|(all, at)| &all[at..all.len().min(at + WINDOW)]);
        let [left, right] = [before, behind].map(|lines| lines.iter().map(|(_, number)| *number).collect::<Vec<_>>());
        let is_last = from + before.len() == old.len() && to + behind.len() == new.len();
        // What stands near the end may be the like of what comes next.
        let end = if is_last { WINDOW } else { WINDOW / 4 * 3 };
        let mut last = None;
        for change in capture_diff_slices(Algorithm::Myers, &left, &right) {
            let DiffOp::Equal { old_index, new_index, len } = change else { continue };
            let pairs = (0..len).map(|at| (old_index + at, new_index + at));
            for (one, other) in pairs.take_while(|(one, other)| *one.max(other) < end) {
                common.push((before[one].0, behind[other].0));
                last = Some((one + 1, other + 1));
            }
        }
        // Who goes on line by line comes to no end.
        let (one, other) = last.filter(|(one, other)| is_last || one + other > end / 4).unwrap_or((end, end));
        (from, to) = (from + one, to + other);
    }
    common
}

fn number_of<'t>(line: &'t str, numbers: &mut HashMap<&'t str, u32>) -> u32 {
    let next = numbers.len() as u32;
    *numbers.entry(line).or_insert(next)
}

/// The lines whose numbers are wanted: where they stand, and their numbers.
fn places(numbers: &[u32], is_wanted: impl Fn(usize) -> bool) -> Vec<(usize, u32)> {
    numbers.iter().copied().enumerate().filter(|(_, number)| is_wanted(*number as usize)).collect()
}

fn painted(diff: &str, look: Look) -> String {
    let style = |line: &str| match line.as_bytes().first() {
        Some(b'+') => AnsiColor::Green.on_default(),
        Some(b'-') => AnsiColor::Red.on_default(),
        _ => AnsiColor::Cyan.on_default(),
    };
    let paint = |(number, line): (usize, &str)| {
        let line = visible(line);
        match line.as_bytes().first() {
            _ if number < 2 => look.paint(BOLD, &line),
            Some(b'+' | b'-' | b'@') => look.paint(style(&line), &line),
            _ => line.into_owned(),
        }
    };
    diff.lines().enumerate().map(|line| paint(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::unified;
    use crate::render::Look;

    const PLAIN: Look = Look { width: 80, color: false, unicode: true };

    #[test]
    fn a_change_stands_among_its_lines() {
        let diff = unified("a.yaml", "a: 1\nb: 2\nc: 3", "a: 1\nb: 4\nc: 3", PLAIN);
        let expected =
            "--- a.yaml\n+++ a.yaml\n@@ -1,3 +1,3 @@\n a: 1\n-b: 2\n+b: 4\n c: 3\n\\ No newline at end of file\n";
        assert_eq!(diff, expected);
        assert_eq!(unified("a.yaml", "a: 1\n", "a: 1\n", PLAIN), "");
    }

    #[test]
    fn a_carriage_return_alone_ends_no_line() {
        let diff = unified("a.yaml", "a: 1\n# b\r# c\n", "a: 2\n# b\r# c\n", PLAIN);
        assert_eq!(diff, "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n # b\r# c\n");
    }

    /// What a diff makes of a text, as `patch` does it.
    fn patched(old: &str, diff: &str) -> String {
        let (old, mut at, mut new) = (old.split_inclusive('\n').collect::<Vec<_>>(), 0, String::new());
        for line in diff.split_inclusive('\n').skip(2) {
            if let Some(place) = line.strip_prefix("@@ -") {
                let digits = place.split([',', ' ']).next().expect("a number");
                let start = digits.parse::<usize>().expect("a number").saturating_sub(1);
                new.extend(old[at..start].iter().copied());
                at = start;
            } else if let Some(added) = line.strip_prefix('+') {
                new.push_str(added);
            } else {
                let own = old.get(at).copied().unwrap_or_default();
                assert_eq!(&line[1..], own);
                new.push_str(if line.starts_with(' ') { own } else { "" });
                at += 1;
            }
        }
        new.extend(old[at..].iter().copied());
        new
    }

    #[test]
    fn long_texts_are_compared_in_time_and_told_to_the_line() {
        let lines = |line: &dyn Fn(usize) -> String| (0..30_000).map(line).collect::<String>();
        let old = lines(&|at| format!("k{at}: yes\n"));
        let all = lines(&|at| format!("k{at}: true\n"));
        let some = lines(&|at| format!("k{at}: {}\n", if at % 3 == 0 { "no" } else { "yes" }));
        let more = lines(&|at| format!("{}k{at}: yes\n", if at % 700 == 5 { "k1: yes\n# a\n" } else { "" }));
        let few = lines(&|at| if at % 2_000 < 1_990 { format!("k{at}: yes\n") } else { String::new() });
        let same = lines(&|at| format!("{}\n", if at % 2 == 0 { "- no" } else { "- yes" }));
        let halved = same.replace("- yes\n", "");
        let count = |diff: &str, mark: char| diff.lines().skip(2).filter(|line| line.starts_with(mark)).count();
        for (one, other, removed, added) in [
            (&old, &all, 30_000, 30_000),
            (&old, &some, 10_000, 10_000),
            (&old, &more, 0, 86),
            (&more, &old, 86, 0),
            (&old, &few, 150, 0),
            (&same, &halved, 15_000, 0),
            (&old, &same, 30_000, 30_000),
        ] {
            let diff = unified("a.yaml", one, other, PLAIN);
            assert_eq!((count(&diff, '-'), count(&diff, '+')), (removed, added));
            assert_eq!(&patched(one, &diff), other);
        }
    }

    #[test]
    fn people_see_control_characters_as_escapes() {
        let look = Look { color: true, ..PLAIN };
        let diff = unified("a.yaml", "a: '\u{1b}[31m'\n", "a: b\n", look);
        assert!(!diff.contains("'\u{1b}[31m'"), "{diff}");
        assert!(unified("a.yaml", "a: '\u{1b}[31m'\n", "a: b\n", PLAIN).contains("'\u{1b}[31m'"));
    }
}
