//! Lines of a certain width.

/// Breaks a text at blanks so that lines have at most that many bytes, as Sprig's library does; longer words are broken
/// where that is asked for, and stand alone otherwise.
pub(super) fn wrap(text: &str, width: usize, line_break: &str, breaks_words: bool) -> String {
    let bytes = text.as_bytes();
    let mut wrapped = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut at = 0;
    while bytes.len() - at > width {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let line = &bytes[at..(at + width + 1).min(bytes.len())];
        let blank = line.iter().rposition(|&byte| byte == b' ');
        let end = match blank {
            Some(blank) => at + blank,
            None if breaks_words => at + width,
            None => match bytes[at + width..].iter().position(|&byte| byte == b' ') {
                Some(blank) => at + width + blank,
                None => break,
            },
        };
        wrapped.extend_from_slice(&bytes[at..end]);
        wrapped.extend_from_slice(line_break.as_bytes());
        at = end + usize::from(blank.is_some() || !breaks_words);
    }
    wrapped.extend_from_slice(&bytes[at..]);
    String::from_utf8_lossy(&wrapped).into_owned()
}
