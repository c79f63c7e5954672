//! Why an object was not checked, in words.

use crate::analysis::Unchecked;
use crate::text::Message;

/// The reason, as it stands behind the object.
pub(super) fn words(reason: &Unchecked) -> Message {
    match reason {
        Unchecked::Template { line, placeholder } => {
            format!("{}: line {line} holds `{placeholder}`", group(reason)).into()
        }
        Unchecked::NotYaml { line: Some(line) } => format!("{}: line {line} cannot be read", group(reason)).into(),
        Unchecked::NoFile { what } => (*what).into(),
        _ => group(reason).into(),
    }
}

/// The reason as far as it is not about this file alone.
pub(super) const fn group(reason: &Unchecked) -> &'static str {
    match reason {
        Unchecked::OtherKind => "not a Job or CronJob",
        Unchecked::NoKind => "has no kind",
        Unchecked::NotAnObject => "not an object",
        Unchecked::Template { .. } => "a template",
        Unchecked::NotYaml { .. } => "not YAML",
        Unchecked::Unchanged => "not changed",
        Unchecked::NoFile { .. } => "no file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_named_where_there_is_one() {
        let placeholder = "{{ .Values.name }}".to_owned();
        for (reason, expected) in [
            (Unchecked::OtherKind, "not a Job or CronJob"),
            (Unchecked::Template { line: 4, placeholder }, "a template: line 4 holds `{{ .Values.name }}`"),
            (Unchecked::NotYaml { line: Some(3) }, "not YAML: line 3 cannot be read"),
            (Unchecked::NotYaml { line: None }, "not YAML"),
        ] {
            assert_eq!(words(&reason), expected);
        }
    }
}
