//! Ports that come twice, or lack half of what they need.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta, as of v1.37.

use super::super::Context;
use super::super::checks::{not_empty, text_of};
use super::super::pod::Pod;
use super::super::ports::host_port;
use crate::hash::HashMap;
use crate::k8s::objects::{ContainerPort, Each, Field, bits};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Problem, Topic};
use crate::text::{Message, Span};

/// How many listings of one port are compared two by two; further ones are compared with the first only. The server has
/// no bound, and a warning for each pair.
const MOST_PAIRS: usize = 1 << 16;

/// A port with its place.
#[derive(Debug, Clone, Copy)]
struct Placed<'a> {
    list: &'static str,
    container: usize,
    /// Whether it belongs to an init container that ends before the others start.
    is_over: bool,
    index: usize,
    port: Field<'a, ContainerPort<'a>>,
}

pub(super) fn warn(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if !pod.containers.iter().any(|(.., container)| container.value.has_any(const { bits(&["ports"]) })) {
        return;
    }
    let knows_sidecars = context.enables(Gate::SidecarContainers);
    let ports = || {
        pod.containers.iter().flat_map(|&(list, container, item)| {
            let ports = item.value.ports().each();
            let is_sidecar = knows_sidecars && text_of(item.value.restart_policy()) == "Always";
            let is_over = list == "initContainers" && !is_sidecar;
            ports.map(move |(index, port)| Placed { list, container, is_over, index, port })
        })
    };
    // 1.26 and older say nothing of ports, and 1.32 and older nothing of their names.
    if context.since(27) && ports().next().is_some() {
        numbers(ports(), pod, path, context);
        if context.since(33) {
            names(ports(), pod, path, context);
        }
    }
}

fn numbers<'a>(ports: impl Iterator<Item = Placed<'a>>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let mut seen: HashMap<(i32, &str), Vec<Placed<'_>>> = HashMap::default();
    let mut pairs = 0;
    for placed in ports {
        let port = placed.port.value;
        if !text_of(port.host_ip()).is_empty() && host_port(port, pod) == 0 {
            warn_at(placed, path, "`hostIP` does nothing without `hostPort`", context);
        }
        let others = seen.entry(number(port)).or_default();
        for other in others.iter().take(if pairs < MOST_PAIRS { usize::MAX } else { 1 }) {
            if let Some(message) = said(placed, *other, pod) {
                warn_at(placed, path, message, context).label(other.port.start(), "listed here");
            }
            pairs += 1;
        }
        others.push(placed);
    }
}

/// A port's number, and its protocol.
fn number<'a>(port: ContainerPort<'a>) -> (i32, &'a str) {
    let number = port.container_port().map_or(0, |port| port.value);
    (number, not_empty(port.protocol()).map_or("TCP", |protocol| protocol.value))
}

/// What is to be said of two listings of one number.
fn said(placed: Placed<'_>, other: Placed<'_>, pod: &Pod<'_>) -> Option<&'static str> {
    let (port, earlier) = (placed.port.value, other.port.value);
    let (host, earlier_host) = (host_port(port, pod), host_port(earlier, pod));
    let (ip, earlier_ip) = (text_of(port.host_ip()), text_of(earlier.host_ip()));
    let (is_same, is_half) = (ip == earlier_ip && host == earlier_host, ip.is_empty() != earlier_ip.is_empty());
    let is_told = is_same || host == 0 || earlier_host == 0 || host == earlier_host && is_half;
    is_told.then_some(match () {
        () if other.is_over => "an init container lists the same port, and the API server warns of it",
        () if is_same => "the same port is listed already",
        () if host == 0 || earlier_host == 0 => "the same port is listed already, with another port of the node",
        () => "the same port of the node is listed already, and only one of the two says for which address",
    })
}

fn warn_at<'c>(
    placed: Placed<'_>,
    path: &Path<'_>,
    message: impl Into<Message>,
    context: &'c mut Context,
) -> &'c mut Problem {
    let list = path.field(placed.list);
    let container = list.index(placed.container);
    let ports = container.field("ports");
    context.warn(&ports.index(placed.index), placed.port.start(), message).about(Topic::RepeatedPort)
}

/// The server warns of a name that comes again, also where it does of the number: then both are one thing, in one wording.
fn names<'a>(ports: impl Iterator<Item = Placed<'a>>, pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    let mut seen: HashMap<&str, (Span, Placed<'_>)> = HashMap::default();
    for placed in ports {
        let Some(name) = not_empty(placed.port.value.name()) else { continue };
        let Some((place, first)) = seen.get(name.value).copied() else {
            seen.insert(name.value, (name.span, placed));
            continue;
        };
        let is_one = number(placed.port.value) == number(first.port.value);
        let message = match said(placed, first, pod).filter(|_| is_one) {
            Some(of_number) => of_number.to_owned(),
            None if first.is_over => {
                format!("the name `{}` is that of an init container's port, and the API server warns of it", name.value)
            }
            None => format!("the name `{}` stands for an earlier port, and Services take that one", name.value),
        };
        // In one container the server refuses it, and that is said of the name.
        warn_at(placed, path, message, context).label(place, "the earlier port").echoes(name.span);
        // Services pass over init containers that have ended.
        if first.is_over && !placed.is_over {
            seen.insert(name.value, (name.span, placed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MOST_PAIRS;
    use crate::k8s::{Version, validation};
    use crate::yaml::{Document, parse};

    #[test]
    fn the_same_port_is_told_from_another_one_of_the_node() {
        let same = Some("the same port is listed already");
        let other = Some("the same port is listed already, with another port of the node");
        let half = Some("the same port of the node is listed already, and only one of the two says for which address");
        for (first, second, expected) in [
            ("", "", same),
            ("hostPort: 1", "hostPort: 1", same),
            ("hostPort: 1", "hostPort: 2", None),
            ("", "hostPort: 1", other),
            ("hostPort: 1", "", other),
            ("hostPort: 1, hostIP: 10.0.0.1", "hostPort: 1, hostIP: 10.0.0.1", same),
            ("hostPort: 1, hostIP: 10.0.0.1", "hostPort: 1, hostIP: 10.0.0.2", None),
            ("hostPort: 1, hostIP: 10.0.0.1", "hostPort: 2, hostIP: 10.0.0.1", None),
            ("hostPort: 1, hostIP: 10.0.0.1", "hostPort: 1", half),
            ("hostPort: 1", "hostPort: 1, hostIP: 10.0.0.1", half),
            ("hostPort: 1", "hostPort: 2, hostIP: 10.0.0.1", None),
        ] {
            let text = job(&format!("{{containerPort: 80, {first}}}, {{containerPort: 80, {second}}}"));
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a Job");
            let checked = validation::check_value(root, Version::NEWEST);
            let warned = checked
                .problems()
                .iter()
                .map(|problem| problem.message.as_str())
                .find(|message| message.contains("the same"));
            assert_eq!(warned, expected, "{first} beside {second}");
        }
    }

    fn job(ports: &str) -> String {
        let pod = format!("restartPolicy: Never, containers: [{{name: a, image: b, ports: [{ports}]}}]");
        format!("{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{template: {{spec: {{{pod}}}}}}}}}")
    }

    #[test]
    fn every_repetition_is_warned_of_and_there_is_a_bound_for_pairs() {
        let warnings = |count: usize| {
            let text = job(&"{containerPort: 80}, ".repeat(count));
            let file = parse(&text);
            let root = file.documents.first().and_then(Document::root).expect("a Job");
            validation::check_value(root, Version::NEWEST).problems().len()
        };
        assert_eq!(warnings(1), 0);
        assert_eq!(warnings(20), 20 * 19 / 2);
        let many = warnings(2_000);
        assert!((MOST_PAIRS + 1_000..MOST_PAIRS + 3_000).contains(&many), "{many}");
    }
}
