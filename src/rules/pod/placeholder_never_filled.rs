//! `placeholder-never-filled`

mod expansion;

use std::collections::HashSet;

use crate::diagnostic::Fix;
use crate::k8s::objects::Container;
use crate::rule::{Check, Findings, Rule};
use crate::text::Edit;
use crate::yaml::Value;

use expansion::Placeholder;

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/pod/placeholder-never-filled.md"), Check::Container(check));

fn check(container: Container<'_>, findings: &mut Findings<'_>) {
    // Kubernetes fills in variables that stand before, so only those can have been meant.
    let mut known = HashSet::new();
    for (_, variable) in container.env().into_iter().flat_map(|env| env.value.iter()) {
        let name = variable.value.name().map(|name| name.value);
        if let Some(value) = variable.value.value() {
            templates(value.raw, findings);
            commands(value.raw, findings);
            if !name.is_some_and(is_of_a_framework) {
                references(value.raw, &known, findings);
            }
        }
        known.extend(name);
    }
    let words = [container.command(), container.args()].into_iter().flatten().flat_map(|list| list.value.iter());
    let words: Vec<Value<'_>> = words.map(|(_, word)| word.raw).collect();
    let program = container.command().and_then(|_| words.first()?.as_str());
    for word in &words {
        templates(*word, findings);
        if program.is_some_and(is_plain_program) {
            references(*word, &known, findings);
        }
    }
}

/// `{{ .ScheduledTime }}`: a template's placeholder, which nothing in Kubernetes fills.
fn templates(value: Value<'_>, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    for placeholder in expansion::templates(text) {
        let written = &text[placeholder.range.clone()];
        let help = if placeholder.of_a_chart {
            "render the chart first: `helm template … | batchlint check -`"
        } else {
            "take the time in the program, or read the pod's label batch.kubernetes.io/job-name with \
             `valueFrom.fieldRef`: in a CronJob's pod it ends with the scheduled minute (Unix time / 60)"
        };
        findings
            .report(value.span_within(placeholder.range), format!("Kubernetes puts no value into `{written}`"))
            .help(help);
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
        let (written, span) = (&text[range.clone()], value.span_within(range));
        findings
            .report(span, format!("Kubernetes leaves `{written}` as it stands: only the program itself could fill it"))
            .help(format!("Kubernetes fills `$({name})`"))
            .fix(Fix::unsafe_(format!("write $({name})"), vec![Edit::replace(span, format!("$({name})"))]));
    }
}

/// Whether the program expands nothing in its arguments by itself, as a shell or a language's interpreter may.
fn is_plain_program(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
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
