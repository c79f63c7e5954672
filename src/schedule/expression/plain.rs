//! The plainest schedules, told at a glance.

use super::field_name::FieldName;

/// Whether a schedule is surely right: five fields with a space between them, each of numbers within its bounds, of
/// ranges of them and stars, all with or without a step; or a word that stands for such fields. Of what is not so plain
/// this says nothing.
#[must_use]
pub fn is_plainly_right(text: &str) -> bool {
    if text.starts_with('@') {
        return matches!(text, "@yearly" | "@annually" | "@monthly" | "@weekly" | "@daily" | "@midnight" | "@hourly");
    }
    let mut fields = text.as_bytes().split(|byte| *byte == b' ');
    FieldName::ALL.into_iter().all(|name| fields.next().is_some_and(|field| is_right(name, field)))
        && fields.next().is_none()
}

fn is_right(name: FieldName, field: &[u8]) -> bool {
    field == b"*" || field.split(|byte| *byte == b',').all(|item| is_right_item(name, item))
}

fn is_right_item(name: FieldName, item: &[u8]) -> bool {
    let (range, step) = split(item, b'/');
    let (first, last) = split(range, b'-');
    let in_bounds = |digits| number(digits).filter(|number| (name.min()..=name.max()).contains(number));
    step.is_none_or(|step| number(step).is_some_and(|step| step > 0))
        && match (in_bounds(first), last) {
            (Some(_), None) => true,
            (Some(first), Some(last)) => in_bounds(last).is_some_and(|last| first <= last),
            (None, _) => range == b"*",
        }
}

/// What stands before the first such byte, and behind it where there is one.
fn split(text: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|byte| *byte == at) {
        Some(place) => (&text[..place], Some(&text[place + 1..])),
        None => (text, None),
    }
}

fn number(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    match digits {
        [ones] => digit(*ones),
        [tens, ones] => Some(digit(*tens)? * 10 + digit(*ones)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_plainly_right;
    use crate::schedule::Expression;

    #[test]
    fn what_is_plainly_right_is_right() {
        let mut plain = 0;
        for place in 0..5 {
            let numbers =
                (0..=100).flat_map(|number| [format!("{number}"), format!("{number:02}"), format!("*/{number}")]);
            let ranges = (0..=100).flat_map(|last| {
                ["0", "1", "5", "12", "31", "*"].into_iter().flat_map(move |first| {
                    [
                        format!("{first}-{last}"),
                        format!("{first}/{last}"),
                        format!("1-5/{last}"),
                        format!("{first},{last}"),
                    ]
                })
            });
            let others =
                ["*", "?", "", "+5", "-1", "*/-1", "*/", "1-", "1,", ",1", "1-2-3", "1/2/3", "*-3", "mon", "**"];
            let odd = ["１", "1 ", " *", "*,*", "*/2,3-4/5", "-", "/", "5-1", "1-*", "*,", "1-5,9", "003", "1/0"];
            for field in numbers.chain(ranges).chain(others.into_iter().chain(odd).map(str::to_owned)) {
                let mut fields = ["*"; 5].map(str::to_owned);
                fields[place].clone_from(&field);
                let schedule = fields.join(" ");
                let right = is_plainly_right(&schedule);
                plain += usize::from(right);
                assert!(!right || Expression::parse(&schedule).is_ok(), "{schedule:?}");
            }
        }
        assert!(plain > 700, "{plain}");
        // Nearly all that people write goes by here.
        assert!(["30 4 * * *", "*/15 9-17 1,15 12 1-5", "59 23 31 12 6"].into_iter().all(is_plainly_right));
        for word in
            ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"].map(|word| format!("@{word}"))
        {
            assert!(is_plainly_right(&word) && Expression::parse(&word).is_ok(), "{word:?}");
        }
        assert!(!is_plainly_right("@reboot") && !is_plainly_right("@every 1h"));
        assert!(!is_plainly_right("* * * *") && !is_plainly_right("* * * * * *") && !is_plainly_right(""));
    }
}
