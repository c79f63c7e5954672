//! What looks as if it were to be filled in, and by whom.

use std::ops::Range;

use crate::hash::HashSet;

/// A placeholder in a text.
pub(super) struct Placeholder<'t> {
    pub(super) range: Range<usize>,
    /// What it names.
    pub(super) name: &'t str,
    /// Whether Helm fills it, when it renders a chart.
    pub(super) of_a_chart: bool,
}

/// Names that people expect a CronJob to know about its run.
const OF_A_RUN: [&str; 14] = [
    "scheduledtime",
    "scheduletime",
    "scheduled",
    "timestamp",
    "starttime",
    "runtime",
    "date",
    "time",
    "now",
    "jobname",
    "cronjobname",
    "runid",
    "executiondate",
    "nodename",
];

/// The `{{ … }}` that name something a chart or a run would know. Others may be the program's own templates.
pub(super) fn templates(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| from + at) {
        let Some(close) = text[open..].find("}}").map(|at| open + at + 2) else { break };
        let inside = text[open + 2..close - 2].trim_matches(['-', ' ']);
        let mut fields = inside.strip_prefix('.').unwrap_or_default().split([' ', '|', '.']);
        let name = fields.next().unwrap_or_default();
        let of_a_chart = matches!(name, "Values" | "Release" | "Chart" | "Capabilities") && fields.next().is_some();
        if of_a_chart || OF_A_RUN.contains(&name.to_ascii_lowercase().as_str()) {
            found.push(Placeholder { range: open..close, name, of_a_chart });
        }
        from = close;
    }
    found
}

/// The `$(command …)` of a text: a `$(NAME)` is Kubernetes' own reference, and `$$(` is escaped.
pub(super) fn commands(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("$(").map(|at| from + at) {
        let Some(close) = text[open..].find(')').map(|at| open + at + 1) else { break };
        let inside = &text[open + 2..close - 1];
        let program = inside.split(' ').next().unwrap_or_default();
        let known = matches!(program, "date" | "hostname" | "whoami" | "pwd" | "cat" | "echo" | "uuidgen");
        if known && !text[..open].ends_with('$') {
            found.push(open..close);
        }
        from = close;
    }
    found
}

/// The `${NAME}` and `$NAME` of a text.
pub(super) fn references(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('$').map(|at| from + at) {
        let behind = &text[open + 1..];
        from = open + 1;
        let (name, end) = match behind.strip_prefix('{') {
            Some(inside) => {
                let length = name_length(inside);
                (&inside[..length], inside[length..].starts_with('}').then_some(open + 3 + length))
            }
            None => (&behind[..name_length(behind)], Some(open + 1 + name_length(behind))),
        };
        let Some(end) = end.filter(|_| !name.is_empty()) else { continue };
        if !text[..open].ends_with(['$', '\\']) {
            found.push(Placeholder { range: open..end, name, of_a_chart: false });
        }
        from = end;
    }
    found
}

/// The `$(NAME)` of a text that Kubernetes looks at; `$$` is a `$` that means nothing.
pub(super) fn variables(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('$').map(|at| from + at) {
        let behind = &text[open + 1..];
        if behind.starts_with('$') {
            from = open + 2;
            continue;
        }
        from = open + 1;
        let Some(inside) = behind.strip_prefix('(') else { continue };
        let name = &inside[..name_length(inside)];
        if !name.is_empty() && inside[name.len()..].starts_with(')') {
            let end = open + 3 + name.len();
            found.push(Placeholder { range: open..end, name, of_a_chart: false });
            from = end;
        }
    }
    found
}

fn name_length(text: &str) -> usize {
    text.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(text.len())
}

/// The variable that was plainly meant by a name that none has.
pub(super) fn nearest<'n>(name: &str, all: &HashSet<&'n str>) -> Option<&'n str> {
    let is_near = |other: &&&str| {
        name.len() >= 4 && name.len().abs_diff(other.len()) <= 1 && strsim::osa_distance(name, other) == 1
    };
    let mut near = all.iter().filter(is_near);
    near.next().filter(|_| near.next().is_none()).copied()
}

#[cfg(test)]
mod tests {

    use super::{commands, nearest, references, templates, variables};
    use crate::hash::HashSet;

    #[test]
    fn only_what_a_chart_or_a_run_would_know_is_a_placeholder() {
        let found = |text: &str| templates(text).len();
        assert_eq!(found("{{ .ScheduledTime }} {{.Values.image.tag}} {{- .Release.Name -}}"), 3);
        assert_eq!(found("{{ .Labels.alertname }} {{ range .Items }} {{ user }} {{ .Values }} {{ .open"), 0);
    }

    #[test]
    fn kubernetes_own_references_are_no_commands() {
        assert_eq!(commands("$(date +%F)-$(hostname)").len(), 2);
        assert_eq!(commands("$(DATE) $$(date) $(POD_NAME) $(date").len(), 0);
    }

    #[test]
    fn references_are_names_in_braces() {
        assert_eq!(references("${A}-$${B}-\\${C}-${D:-x}-${}-${E").len(), 1);
        let names = |text| references(text).into_iter().map(|found| found.name).collect::<Vec<_>>();
        assert_eq!(names("$A/$B-c $1 $$D \\$E $ $(F)"), ["A", "B", "1"]);
    }

    #[test]
    fn variables_are_names_in_parentheses() {
        let names = |text| variables(text).into_iter().map(|found| found.name).collect::<Vec<_>>();
        assert_eq!(names("$(A)-$$(B)-$(date +%F)-$()-$(C"), ["A"]);
        assert_eq!(names("$$$(A) $(B)$(C)"), ["A", "B", "C"]);
    }

    #[test]
    fn one_letter_makes_another_name() {
        let all = HashSet::from_iter(["DB_USER", "DB_PASSWORD", "A", "HOST_1", "HOST_2"]);
        assert_eq!(nearest("DB_USR", &all), Some("DB_USER"));
        for name in ["DB_HOST", "B", "HOST_3", "DB_USERNAME"] {
            assert_eq!(nearest(name, &all), None, "{name}");
        }
    }
}
