//! `placeholder-never-filled`

mod expansion;

use std::collections::HashSet;
use std::ops::Range;

use memchr::{memchr, memchr3};

use crate::analysis::Argv;
use crate::diagnostic::Fix;
use crate::k8s::objects::{Container, Each};
use crate::rule::{Check, Findings, Rule, Within};
use crate::yaml::Value;

use expansion::Placeholder;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/pod/placeholder-never-filled.md"), Check::Container(check));

fn check(container: Within<'_, Container<'_>>, findings: &mut Findings<'_>) {
    if !may_hold_placeholders(container.raw()) {
        return;
    }
    // Kubernetes fills in variables that stand before, so only those can have been meant.
    let mut known = HashSet::new();
    let mut of_a_chart = Vec::new();
    for (_, variable) in container.env().each() {
        let name = variable.value.name().map(|name| name.value);
        if let Some(value) = variable.value.value() {
            templates(value.raw, &mut of_a_chart, findings);
            commands(value.raw, findings);
            if !name.is_some_and(is_of_a_framework) {
                references(value.raw, &known, findings);
            }
        }
        known.extend(name);
    }
    let argv = Argv::of(*container);
    for word in argv.words() {
        templates(*word, &mut of_a_chart, findings);
        if argv.program().is_some_and(is_plain_program) {
            references(*word, &known, findings);
        }
    }
    chart(&of_a_chart, findings);
}

/// Whether a placeholder can be in there at all: it begins with one of two characters, unless an alias or an escape
/// stands for them.
fn may_hold_placeholders(container: Value<'_>) -> bool {
    let source = container.source().as_bytes();
    memchr3(b'{', b'$', b'*', source).is_some() || memchr(b'\\', source).is_some()
}

/// `{{ .ScheduledTime }}`: a template's placeholder, which nothing in Kubernetes fills.
fn templates<'a>(value: Value<'a>, of_a_chart: &mut Vec<(Value<'a>, Range<usize>)>, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    for placeholder in expansion::templates(text) {
        if placeholder.of_a_chart {
            of_a_chart.push((value, placeholder.range));
            continue;
        }
        let written = &text[placeholder.range.clone()];
        findings
            .report(value.span_within(placeholder.range), format!("Kubernetes puts no value into `{written}`"))
            .help(
                "take the time in the program, or read the pod's label batch.kubernetes.io/job-name with \
                 `valueFrom.fieldRef`: in a CronJob's pod it ends with the scheduled minute (Unix time / 60)",
            );
    }
}

/// `{{ .Values.image }}`: what Helm fills. One finding, because one command mends them all.
fn chart(placeholders: &[(Value<'_>, Range<usize>)], findings: &mut Findings<'_>) {
    let Some(((value, range), others)) = placeholders.split_first() else { return };
    let written = value.as_str().and_then(|text| text.get(range.clone())).unwrap_or_default();
    let mut report = findings
        .report(value.span_within(range.clone()), format!("Kubernetes puts no value into `{written}`"))
        .help("render the chart first: `helm template … | batchlint check -`");
    for (value, range) in others.iter().take(3) {
        report = report.label(value.span_within(range.clone()), "nor into this one");
    }
}

/// `$(date)` in a variable's value: only a shell would run it, and none reads it.
fn commands(value: Value<'_>, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    for command in expansion::commands(text) {
        let written = &text[command.clone()];
        findings
            .report(
                value.span_within(command),
                format!("no shell runs `{written}`: the variable holds it as it stands"),
            )
            .help("set it in the program, or in a script that `command` starts with `sh -c`");
    }
}

/// `${VAR}` where Kubernetes would fill `$(VAR)`; only for a variable that it knows there.
fn references(value: Value<'_>, known: &HashSet<&str>, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    for Placeholder { range, name, .. } in expansion::references(text) {
        if !known.contains(name) {
            continue;
        }
        let (written, span) = (&text[range.clone()], value.span_within(range.clone()));
        findings
            .report(span, format!("Kubernetes leaves `{written}` as it stands: only the program itself could fill it"))
            .help(format!("Kubernetes fills `$({name})`"))
            .fix(Fix::unsafe_(format!("write $({name})"), value.splice(range, format!("$({name})"))));
    }
}

/// Whether the program expands nothing in its arguments by itself, as a shell or a language's interpreter may.
fn is_plain_program(name: &str) -> bool {
    matches!(
        name,
        "echo"
            | "curl"
            | "wget"
            | "cat"
            | "cp"
            | "mv"
            | "rm"
            | "ls"
            | "mkdir"
            | "touch"
            | "tar"
            | "kubectl"
            | "pg_dump"
            | "mysqldump"
            | "mongodump"
            | "redis-cli"
            | "aws"
            | "gsutil"
            | "gcloud"
            | "rclone"
            | "restic"
            | "mc"
    )
}

/// Variables of frameworks that fill `${…}` in their settings themselves.
fn is_of_a_framework(variable: &str) -> bool {
    ["SPRING_", "QUARKUS_", "MICRONAUT_", "LOGGING_"].iter().any(|prefix| variable.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::is_plain_program;

    #[test]
    fn a_shell_and_an_interpreter_may_fill_a_placeholder_themselves() {
        assert!(["curl", "kubectl", "restic"].into_iter().all(is_plain_program));
        assert!(!["sh", "bash", "python3", "envsubst", "node", "my-program"].into_iter().any(is_plain_program));
    }
}
