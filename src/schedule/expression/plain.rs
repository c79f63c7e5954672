//! The plainest schedules, told at a glance.

use super::FieldName;

/// Whether a schedule is surely right: five fields with a space between them, each a star, a star with a step, or one
/// number within its bounds. Of what is not so plain this says nothing.
#[must_use]
pub fn is_plainly_right(text: &str) -> bool {
    let mut fields = text.as_bytes().split(|byte| *byte == b' ');
    FieldName::ALL.into_iter().all(|name| fields.next().is_some_and(|field| is_right(name, field)))
        && fields.next().is_none()
}

fn is_right(name: FieldName, field: &[u8]) -> bool {
    match field {
        [b'*'] => true,
        [b'*', b'/', step @ ..] => number(step).is_some_and(|step| step > 0),
        _ => number(field).is_some_and(|number| (name.min()..=name.max()).contains(&number)),
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
            let others = ["*", "?", "", "+5", "-1", "*/-1", "*/", "1-2", "1,2", "mon", "**", "１", "1 ", " *"];
            for field in numbers.chain(others.map(str::to_owned)) {
                let mut fields = ["*"; 5].map(str::to_owned);
                fields[place].clone_from(&field);
                let schedule = fields.join(" ");
                let right = is_plainly_right(&schedule);
                plain += usize::from(right);
                assert!(!right || Expression::parse(&schedule).is_ok(), "{schedule:?}");
            }
        }
        assert!(plain > 700, "{plain}");
        assert!(!is_plainly_right("* * * *") && !is_plainly_right("* * * * * *") && !is_plainly_right(""));
    }
}
