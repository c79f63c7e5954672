//! The difference between two texts of a file, as `git apply -p0` and `patch` take it.

use anstyle::AnsiColor;
use similar::TextDiff;

use super::{BOLD, Look};
use crate::text::visible;

/// Lines around a change.
const CONTEXT: usize = 3;

/// A unified diff of a file; nothing where the texts are the same. With colours it is for people, who see control
/// characters as escapes; without, the lines are those of the file to the byte.
#[must_use]
pub fn unified(name: &str, old: &str, new: &str, look: Look) -> String {
    // Behind a name with a blank, `patch` wants a tab.
    let name = if name.contains(' ') { format!("{}\t", visible(name)) } else { visible(name).into_owned() };
    // A lone carriage return ends no line for those who apply it.
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let text = diff.unified_diff().context_radius(CONTEXT).header(&name, &name).to_string();
    if look.color { painted(&text, look) } else { text }
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

    #[test]
    fn people_see_control_characters_as_escapes() {
        let look = Look { color: true, ..PLAIN };
        let diff = unified("a.yaml", "a: '\u{1b}[31m'\n", "a: b\n", look);
        assert!(!diff.contains("'\u{1b}[31m'"), "{diff}");
        assert!(unified("a.yaml", "a: '\u{1b}[31m'\n", "a: b\n", PLAIN).contains("'\u{1b}[31m'"));
    }
}
