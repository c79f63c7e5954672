//! One line of a file as it is shown: cut to the room there is, with nothing in it that steers a terminal.

use std::ops::Range;

use crate::render::file::Line;
use crate::text::is_hidden;

/// Columns that a tab reaches to.
const TAB: usize = 4;

/// A line as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) text: String,
    /// The bytes of `text` that show each mark; never empty.
    pub(super) marks: Vec<Range<usize>>,
}

/// The room for a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Columns of the whole line.
    pub(super) columns: usize,
    /// The column up to which the first mark has to begin.
    pub(super) reach: usize,
    /// Whether characters beyond ASCII may stand for what is cut or cannot be seen.
    pub(super) unicode: bool,
}

/// Shows `line` in the room there is. `marks` are ranges of its bytes; the first is sure to be seen.
pub(super) fn row(line: Line<'_>, marks: &[Range<usize>], room: Room) -> Row {
    let Line { text: line, is_cut: (cut_before, cut_behind) } = line;
    let (columns, unicode) = (room.columns - usize::from(cut_before) - usize::from(cut_behind), room.unicode);
    let window = window(line, marks.first().cloned().unwrap_or(0..0), Room { columns, ..room });
    let cut = if unicode { '…' } else { '~' };
    let mut text = String::new();
    let mut column = 0;
    let mut starts = vec![None; marks.len()];
    let mut ends = vec![None; marks.len()];
    if window.start > 0 || cut_before {
        text.push(cut);
        column += 1;
    }
    for (at, char) in line[window.clone()].char_indices() {
        let at = window.start + at;
        for (mark, (start, end)) in marks.iter().zip(starts.iter_mut().zip(&mut ends)) {
            if at >= mark.start {
                start.get_or_insert(text.len());
            }
            if at >= mark.end {
                end.get_or_insert(text.len());
            }
        }
        column += push(&mut text, char, column, unicode);
    }
    let whole = text.len();
    if window.end < line.len() || cut_behind {
        text.push(cut);
    }
    let marks = starts.into_iter().zip(ends).map(|(start, end)| start.unwrap_or(whole)..end.unwrap_or(whole));
    let marks = marks.map(|mark| not_empty(mark, &mut text)).collect();
    Row { text, marks }
}

/// The bytes of the line that are shown.
fn window(line: &str, focus: Range<usize>, Room { columns: room, reach, .. }: Room) -> Range<usize> {
    let is_reached = fits(&line[..focus.start], reach);
    if is_reached && fits(line, room) {
        return 0..line.len();
    }
    let mut from = 0;
    if !is_reached || !fits(&line[..focus.end], room - 1) {
        let mut before = 0;
        from = focus.start;
        // Characters without width take no column; they end the walk by their number.
        for (at, char) in line[..focus.start].char_indices().rev().take(room) {
            before += width(char);
            if before > (room / 3).min(reach.saturating_sub(1)) {
                break;
            }
            from = at;
        }
    }
    let mut columns = usize::from(from > 0) + 1;
    let mut to = from;
    for (at, char) in line[from..].char_indices().take(4 * room) {
        columns += width(char);
        if columns > room {
            break;
        }
        to = from + at + char.len_utf8();
    }
    from..to
}

/// Whether all of the text has room; a very long text is not measured.
fn fits(text: &str, room: usize) -> bool {
    text.len() <= 4 * room && text.chars().map(width).sum::<usize>() <= room
}

/// The most columns that a character takes.
fn width(char: char) -> usize {
    match char {
        '\t' => TAB,
        _ if is_hidden(char) => 1,
        ' '..='~' => 1,
        _ => textwrap::core::display_width(char.encode_utf8(&mut [0; 4])),
    }
}

/// Shows one character; answers how many columns it takes.
fn push(text: &mut String, char: char, column: usize, unicode: bool) -> usize {
    match char {
        '\t' => {
            let blanks = TAB - column % TAB;
            text.extend(std::iter::repeat_n(' ', blanks));
            return blanks;
        }
        '\0'..='\u{1f}' if unicode => text.extend(char::from_u32(0x2400 + u32::from(char))),
        '\u{7f}' if unicode => text.push('␡'),
        _ if is_hidden(char) => text.push(if unicode { '\u{fffd}' } else { '?' }),
        _ => text.push(char),
    }
    width(char)
}

fn not_empty(mark: Range<usize>, text: &mut String) -> Range<usize> {
    if mark.start < mark.end {
        return mark;
    }
    if mark.start >= text.len() {
        text.push(' ');
    }
    let length = text[mark.start..].chars().next().map_or(1, char::len_utf8);
    mark.start..mark.start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, mark: Range<usize>, unicode: bool) -> Row {
        row(Line { text: line, is_cut: (false, false) }, std::slice::from_ref(&mark), room(40, unicode))
    }

    fn room(columns: usize, unicode: bool) -> Room {
        Room { columns, reach: columns, unicode }
    }

    fn marked(row: &Row, index: usize) -> &str {
        &row.text[row.marks[index].clone()]
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}here{}", "é".repeat(500_000), "x".repeat(500_000));
        let row = shown(&line, 1_000_000..1_000_004, true);
        assert_eq!(marked(&row, 0), "here");
        assert!(row.text.starts_with("…é") && row.text.ends_with("x…"), "{}", row.text);
        assert_eq!(row.text.chars().count(), 40);
    }

    #[test]
    fn a_line_is_cut_in_front_where_the_mark_would_be_out_of_reach() {
        let line = Line { text: "          a long indentation: here", is_cut: (false, false) };
        let row = row(line, std::slice::from_ref(&(30..34)), Room { reach: 8, ..room(40, true) });
        assert_eq!((row.text.as_str(), marked(&row, 0)), ("…ation: here", "here"));
    }

    #[test]
    fn a_line_that_was_cut_before_looks_like_it() {
        let line = Line { text: "before here behind", is_cut: (true, true) };
        assert_eq!(row(line, std::slice::from_ref(&(7..11)), room(40, true)).text, "…before here behind…");
        let row = row(line, std::slice::from_ref(&(7..11)), room(20, false));
        assert_eq!((row.text.as_str(), marked(&row, 0)), ("~before here behind~", "here"));
    }

    #[test]
    fn a_line_of_characters_without_width_ends_too() {
        let line = "\u{301}".repeat(100_000);
        assert!(shown(&line, 60_000..60_002, true).text.len() < 1000);
    }

    #[test]
    fn nothing_shown_steers_a_terminal() {
        let line = "a:\t\u{1b}[2J\u{202e}b\u{7f}";
        let row = shown(line, 3..4, true);
        assert_eq!((row.text.as_str(), marked(&row, 0)), ("a:  ␛[2J\u{fffd}b␡", "␛"));
        assert_eq!(shown(line, 3..4, false).text, "a:  ?[2J?b?");
    }

    #[test]
    fn a_mark_at_the_end_of_a_line_marks_the_place_after_it() {
        let row = row(Line { text: "key:", is_cut: (false, false) }, &[4..4, 0..3], room(40, true));
        assert_eq!((marked(&row, 0), marked(&row, 1)), (" ", "key"));
    }
}
