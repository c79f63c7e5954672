//! `placeholder-never-filled`

mod expansion;

use std::ops::Range;

use memchr::{memchr, memchr3};

use crate::analysis::Process;
use crate::command::Shell;
use crate::diagnostic::Fix;
use crate::hash::HashSet;
use crate::k8s::objects::Each;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::{Places, Value};

use expansion::Placeholder;

pub(crate) static RULE: Rule = Rule::new(page!("pod/placeholder-never-filled"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    if !may_hold_placeholders(container.raw()) {
        return;
    }
    // Kubernetes fills in variables that stand before, so only those can have been meant.
    let mut known = HashSet::default();
    let all: HashSet<&str> =
        container.env().each().filter_map(|(_, variable)| Some(variable.value.name()?.value)).collect();
    // Others may come from elsewhere.
    let is_all = !container.slots().env_from().is_set();
    let mut of_a_chart = Vec::new();
    for (_, variable) in container.env().each() {
        let name = variable.value.name().map(|name| name.value);
        if let Some(value) = variable.value.value() {
            templates(value.raw, &mut of_a_chart, findings);
            commands(value.raw, "the variable holds it as it stands", findings);
            if is_all {
                unset(value.raw, &known, &all, findings);
            }
            if !name.is_some_and(is_of_a_framework) {
                references(value.raw, &known, findings);
            }
        }
        known.extend(name);
    }
    let argv = &container.argv;
    let takes_words_as_they_are = argv.shell().is_none() && argv.program().is_some_and(|name| !fills_itself(name));
    for word in argv.words() {
        templates(*word, &mut of_a_chart, findings);
        if takes_words_as_they_are {
            commands(*word, "the program gets it as it stands", findings);
            references(*word, &known, findings);
        }
        if is_all {
            unset(*word, &known, &all, findings);
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

/// `$(NAME)` that Kubernetes leaves as it is: the variable stands below, or is another one by a letter.
fn unset(value: Value<'_>, known: &HashSet<&str>, all: &HashSet<&str>, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    let mut places = Places::default();
    for Placeholder { range, name, .. } in expansion::variables(text) {
        if known.contains(name) {
            continue;
        }
        if all.contains(name) {
            findings
                .report(
                    places.span(value, range.clone()),
                    format!("Kubernetes fills in only what stands above, and `{name}` does not: this stays as it is"),
                )
                .help(format!("move `{name}` above the variable that holds it"));
        } else if let Some(meant) = expansion::nearest(name, all) {
            findings
                .report(
                    places.span(value, range.clone()),
                    format!("no variable is called `{name}`, so `$({name})` stays as it is"),
                )
                .help(format!("did you mean `$({meant})`?"))
                .fix(Fix::unsafe_(format!("write $({meant})"), value.splice(range, format!("$({meant})"))));
        }
    }
}

/// `$(date)` where only a shell would run it, and none reads it.
fn commands(value: Value<'_>, what_comes: &str, findings: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    for command in expansion::commands(text) {
        let written = &text[command.clone()];
        findings
            .report(value.span_within(command), format!("no shell runs `{written}`: {what_comes}"))
            .help("set it in the program, or in a script that `command` starts with `sh -c`");
    }
}

/// `${VAR}` and `$VAR` where Kubernetes would fill `$(VAR)`; only for a variable that it knows there.
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

/// Whether a program may fill placeholders in its arguments itself: what reads another language, or settings with
/// placeholders of their own, or is a script that may do anything.
fn fills_itself(name: &str) -> bool {
    let name = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    Shell::named(name).is_some()
        || matches!(
            name,
            "python"
                | "perl"
                | "ruby"
                | "node"
                | "nodejs"
                | "deno"
                | "bun"
                | "php"
                | "lua"
                | "java"
                | "dotnet"
                | "awk"
                | "gawk"
                | "sed"
                | "envsubst"
                | "env"
                | "make"
                | "jq"
                | "yq"
                | "gomplate"
                | "confd"
                | "vector"
                | "fluent-bit"
                | "otelcol"
                | "telegraf"
                | "logstash"
                | "filebeat"
                | "tini"
                | "dumb-init"
                | "ssh"
                | "pwsh"
                | "powershell"
                | "cmd"
                | "ansible"
                | "ansible-playbook"
                | "terraform"
                | "mongosh"
                | "mongo"
                | "psql"
                | "mysql"
                | "mariadb"
                | "sqlcmd"
                | ""
                | "npm"
                | "npx"
                | "yarn"
                | "pnpm"
                | "helm"
                | "gotpl"
                | "spark-submit"
                | "nsenter"
                | "su"
                | "kubectl-exec"
        )
        || name.contains("entrypoint")
        || [".sh", ".bash", ".py", ".rb", ".pl", ".ps", ".exe"].iter().any(|ending| name.ends_with(ending))
}

/// Variables of frameworks that fill `${…}` in their settings themselves.
fn is_of_a_framework(variable: &str) -> bool {
    ["SPRING_", "QUARKUS_", "MICRONAUT_", "LOGGING_"].iter().any(|prefix| variable.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::fills_itself;

    #[test]
    fn a_shell_and_an_interpreter_may_fill_a_placeholder_themselves() {
        assert!(!["curl", "kubectl", "restic", "window", "echo"].into_iter().any(fills_itself));
        assert!(
            ["sh", "bash", "python3", "python3.12", "envsubst", "node", "run.sh", "docker-entrypoint", "tool.exe"]
                .into_iter()
                .all(fills_itself)
        );
    }
}
