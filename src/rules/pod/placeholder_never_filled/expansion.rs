//! What looks as if it were to be filled in, and by whom.

use std::ops::Range;

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

/// The `${NAME}` of a text.
pub(super) fn references(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("${").map(|at| from + at) {
        let Some(close) = text[open..].find('}').map(|at| open + at + 1) else { break };
        let name = &text[open + 2..close - 1];
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name && !text[..open].ends_with(['$', '\\']) {
            found.push(Placeholder { range: open..close, name, of_a_chart: false });
        }
        from = close;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{commands, references, templates};

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
    }
}
