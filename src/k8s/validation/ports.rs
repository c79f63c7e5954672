//! Ports of containers.
//!
//! pkg/apis/core/validation/validation.go, validateContainerPorts, checkHostPortConflicts, AccumulateUniqueHostPorts,
//! validatePodHostNetworkDeps, ValidatePortNumOrName, as of v1.37.

use super::checks::{At, flaws, not_empty, one_of, place_of, text_of};
use super::names::Names;
use super::pod::Pod;
use super::{Context, checks};
use crate::hash::HashSet;
use crate::k8s::format::{port_name, quote};
use crate::k8s::objects::{Container, ContainerPort, Field, IntOrString};
use crate::k8s::{Path, Reason, Topic};

const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

/// A container's ports; `fills` tells whether the server fills in those on the node.
pub(super) fn validate(container: Container<'_>, fills: bool, path: &Path<'_>, context: &mut Context) {
    let Some(ports) = container.ports() else { return };
    let mut names = Names::default();
    for (index, item) in ports.value.iter() {
        let (path, port) = (path.index(index), item.value);
        if let Some(name) = not_empty(port.name()) {
            let (path, found) = (path.field("name"), port_name(name.value));
            if found.is_empty() && !names.insert(name.value) {
                let message = format_args!("another port is named {} already", quote(name.value));
                context
                    .report(Reason::Duplicate, &path, place_of(&name), message)
                    .help("give one of the two another name");
            }
            flaws(found, name, &path, context);
        }
        validate_numbers(port, fills, At::new(&path, &item), context);
        if let Some(protocol) = not_empty(port.protocol()) {
            one_of(protocol, PROTOCOLS, &path.field("protocol"), context);
        }
    }
}

fn validate_numbers(port: ContainerPort<'_>, fills: bool, at: At<'_>, context: &mut Context) {
    let path = at.path.field("containerPort");
    match port.container_port() {
        Some(number) if number.value != 0 => checks::port_number(number, &path, context),
        number => {
            let span = number.map_or(at.key, |number| place_of(&number));
            let message = if number.is_some() {
                "port 0 is no port: 1 to 65535 are"
            } else {
                "a port needs `containerPort`, which is not set"
            };
            context.report(Reason::Required, &path, span, message);
        }
    }
    let own = port.host_port().filter(|number| number.value != 0);
    if let Some(number) = own.or(port.container_port().filter(|number| fills && number.value != 0)) {
        checks::port_number(number, &at.path.field("hostPort"), context);
    }
}

/// A port's number on the node, 0 for none.
pub(super) fn host_port(port: ContainerPort<'_>, pod: &Pod<'_>) -> i32 {
    let number = |number: Option<Field<'_, i32>>| number.map_or(0, |number| number.value);
    match number(port.host_port()) {
        0 if pod.defaulted.fills_host_ports => number(port.container_port()),
        host => host,
    }
}

/// No two containers share a port of the node.
pub(super) fn unique_host_ports<'a>(
    containers: impl Iterator<Item = (usize, Container<'a>)>,
    pod: &Pod<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    let mut seen = HashSet::default();
    for (index, container) in containers {
        let Some(ports) = container.ports() else { continue };
        let path = path.index(index);
        let path = path.field("ports");
        for (index, item) in ports.value.iter() {
            let (port, number) = (item.value, host_port(item.value, pod));
            let protocol = not_empty(port.protocol()).map_or("TCP", |protocol| protocol.value);
            if number != 0 && !seen.insert((protocol, text_of(port.host_ip()), number)) {
                let span = port.host_port().map_or(item.key, |port| place_of(&port));
                let message = format_args!("port {number} of the node is taken by another port of the pod");
                context.report(Reason::Duplicate, &path.index(index).field("hostPort"), span, message);
            }
        }
    }
}

/// On the node's network, a container's port is the node's.
pub(super) fn match_host_network(pod: &Pod<'_>, path: &Path<'_>, context: &mut Context) {
    if !pod.defaulted.host_network {
        return;
    }
    let path = path.field("containers");
    for (index, container) in pod.containers_of("containers") {
        let Some(ports) = container.value.ports() else { continue };
        let path = path.index(index);
        let path = path.field("ports");
        for (index, item) in ports.value.iter() {
            let own = item.value.container_port().map_or(0, |port| port.value);
            let host = host_port(item.value, pod);
            if host == 0 && !pod.defaulted.fills_host_ports || host == own {
                continue;
            }
            // Before 1.28 the server named the other one of the two.
            let name = if context.since(28) { "hostPort" } else { "containerPort" };
            let span = item.value.host_port().map_or(item.key, |port| place_of(&port));
            let message =
                format!("with `hostNetwork: true`, port {own} of the container is port {own} of the node, not {host}");
            context.report(Reason::Invalid, &path.index(index).field(name), span, message).about(Topic::Contradiction);
        }
    }
}

/// A port by its number or its name.
pub(super) fn number_or_name(port: Option<Field<'_, IntOrString<'_>>>, at: At<'_>, context: &mut Context) {
    let path = at.path.field("port");
    let Some(port) = port else {
        let message = format_args!("{} needs `port`, which is not set", at.path.subject());
        context.report(Reason::Invalid, &path, at.key, message).about(Topic::Required);
        return;
    };
    match port.value {
        IntOrString::Int(value) => {
            let number = Field { value, key: port.key, span: port.span, raw: port.raw };
            checks::port_number(number, &path, context);
        }
        IntOrString::String(value) => {
            let name = Field { value, key: port.key, span: port.span, raw: port.raw };
            flaws(port_name(value), name, &path, context);
        }
    }
}
