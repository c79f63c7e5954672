//! What a server fills in for containers.
//!
//! pkg/apis/core/v1/defaults.go, SetDefaults_Container, SetDefaults_Probe, SetDefaults_HTTPGetAction;
//! pkg/apis/core/v1/zz_generated.defaults.go, as of v1.37.

use super::{Object, fill, image, part, parts, volume};

pub(super) fn fill_in(container: &mut Object) {
    let policy = image::pull_policy(container.get("image").and_then(|image| image.as_str()).unwrap_or_default());
    fill(container, "imagePullPolicy", policy);
    fill(container, "terminationMessagePath", "/dev/termination-log");
    fill(container, "terminationMessagePolicy", "File");
    parts(container, "ports").for_each(|port| fill(port, "protocol", "TCP"));
    for variable in parts(container, "env") {
        let Some(source) = part(variable, "valueFrom") else { continue };
        volume::fill_field_ref(source);
        if let Some(file) = part(source, "fileKeyRef") {
            fill(file, "optional", false);
        }
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        part(container, name).into_iter().for_each(fill_probe);
    }
    if let Some(lifecycle) = part(container, "lifecycle") {
        for name in ["postStart", "preStop"] {
            part(lifecycle, name).into_iter().for_each(fill_request);
        }
    }
}

/// Of a pod on the node's network, older servers take the ports of the containers for those of the node.
pub(super) fn fill_host_ports(container: &mut Object) {
    for port in parts(container, "ports") {
        if let Some(number) = port.get("containerPort").cloned() {
            fill(port, "hostPort", number);
        }
    }
}

fn fill_probe(probe: &mut Object) {
    for (name, value) in
        [("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3)]
    {
        fill(probe, name, value);
    }
    fill_request(probe);
    if let Some(call) = part(probe, "grpc") {
        fill(call, "service", "");
    }
}

fn fill_request(handler: &mut Object) {
    if let Some(request) = part(handler, "httpGet") {
        fill(request, "path", "/");
        fill(request, "scheme", "HTTP");
    }
}
