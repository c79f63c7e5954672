//! The dates that `!!timestamp` takes.

/// Whether Go's `time.Parse` takes it in one of go-yaml's layouts: a date, with a time behind a space, or with
/// a time and a zone behind `T` or `t`.
pub(super) fn is_timestamp(text: &str) -> bool {
    let Some((date, rest)) = read_date(text) else { return false };
    if !date {
        return false;
    }
    match rest.bytes().next() {
        None => true,
        Some(b' ') => read_time(&rest[1..]).is_some_and(str::is_empty),
        Some(b'T' | b't') => read_time(&rest[1..]).is_some_and(is_zone),
        Some(_) => false,
    }
}

/// `2006-1-2`: whether that day exists, and what follows.
fn read_date(text: &str) -> Option<(bool, &str)> {
    let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: u32 = year.parse().ok()?;
    let (month, rest) = read_number(text.get(4..)?.strip_prefix('-')?, 2)?;
    let (day, rest) = read_number(rest.strip_prefix('-')?, 2)?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    Some(((1..=days).contains(&day), rest))
}

/// `15:4:5` with an optional fraction; what follows.
fn read_time(text: &str) -> Option<&str> {
    // Go's layout `15` takes one digit or two, as `4` and `5` do.
    let (hour, rest) = read_number(text, 2)?;
    let (minute, rest) = read_number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = read_number(rest.strip_prefix(':')?, 2)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let fraction =
        rest.strip_prefix(['.', ',']).map_or(0, |digits| digits.bytes().take_while(u8::is_ascii_digit).count());
    Some(if fraction > 0 { &rest[fraction + 1..] } else { rest })
}

/// `Z` or `+07:00`; Go takes hours up to 24 and minutes up to 60.
fn is_zone(text: &str) -> bool {
    match text.as_bytes() {
        [b'Z'] => true,
        [b'+' | b'-', hours @ .., b':', tens, ones] => {
            let two = |digits: &[u8]| digits.len() == 2 && digits.iter().all(u8::is_ascii_digit);
            let value = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
            two(hours) && two(&[*tens, *ones]) && value(hours[0], hours[1]) <= 24 && value(*tens, *ones) <= 60
        }
        _ => false,
    }
}

/// A number of one to `most` digits.
fn read_number(text: &str, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = text[..count].parse().ok()?;
    Some((number, &text[count..]))
}
