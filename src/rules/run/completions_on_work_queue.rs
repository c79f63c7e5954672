//! `completions-on-work-queue`

use crate::k8s::objects::{CompletionMode, Container, EnvVar, Field, JobSpec, PodSpec};
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("run/completions-on-work-queue"), Check::Job(check));

fn check(spec: Within<'_, JobSpec<'_>>, findings: &mut Findings<'_>) {
    let (Some(completions), Some(parallelism)) = (spec.completions(), spec.parallelism()) else { return };
    let indexed = spec.completion_mode().is_some_and(|mode| mode.value == CompletionMode::Indexed);
    if completions.value != parallelism.value || completions.value < 2 || indexed {
        return;
    }
    let Some(queue) = spec.object.pod.and_then(|pod| queue(pod.value)) else { return };

    let count = completions.value;
    findings
        .report(completions.span, format!("the Job wants {count} pods to succeed, however soon the queue is empty"))
        .label(queue.span, "the address of a queue, by its looks")
        .help("leave `completions` out: when one pod has found the queue empty, no new one is started");
}

/// The variable that gives a container the address of its work queue.
fn queue(pod: PodSpec<'_>) -> Option<Field<'_, EnvVar<'_>>> {
    let containers = pod.containers()?.value.iter();
    let mut variables = containers.filter_map(|(_, container)| variables(container.value)).flatten();
    variables.find(|variable| is_address_of_queue(variable.value))
}

fn variables(container: Container<'_>) -> Option<impl Iterator<Item = Field<'_, EnvVar<'_>>>> {
    Some(container.env()?.value.iter().map(|(_, variable)| variable))
}

fn is_address_of_queue(variable: EnvVar<'_>) -> bool {
    let Some(name) = variable.name().map(|name| name.value.to_ascii_uppercase()) else { return false };
    let value = variable.value().map_or("", |value| value.value);
    let scheme = ["amqp://", "amqps://", "https://sqs.", "nats://", "beanstalk://"];
    let is_queue = name.split('_').any(|word| matches!(word, "QUEUE" | "BROKER" | "RABBITMQ" | "AMQP" | "SQS"));
    let is_address =
        name.split('_').any(|word| matches!(word, "URL" | "URI" | "HOST" | "ADDRESS" | "ADDR" | "ENDPOINT"));
    scheme.iter().any(|scheme| value.starts_with(scheme)) || is_queue && is_address
}
