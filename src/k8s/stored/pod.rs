//! What a server fills in for the template of pods.
//!
//! pkg/apis/core/v1/defaults.go, SetDefaults_PodSpec; pkg/apis/core/v1/conversion.go, Convert_v1_PodSpec_To_core_PodSpec,
//! as of v1.37.

use serde_json::Value as Json;

use super::{Object, child, container, fill, parts, volume};
use crate::k8s::schema::Version;

pub(super) fn fill_template(template: &mut Object, version: Version) {
    let spec = child(template, "spec");
    fill(spec, "dnsPolicy", "ClusterFirst");
    fill(spec, "restartPolicy", "Always");
    fill(spec, "securityContext", Object::new());
    fill(spec, "terminationGracePeriodSeconds", 30);
    fill(spec, "schedulerName", "default-scheduler");
    service_account(spec);
    let fills_host_ports = spec.get("hostNetwork") == Some(&Json::Bool(true)) && version < Version::new(28);
    parts(spec, "volumes").for_each(|one| volume::fill_in(one, version));
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for one in parts(spec, list) {
            container::fill_in(one);
            if fills_host_ports && list != "ephemeralContainers" {
                container::fill_host_ports(one);
            }
        }
    }
}

/// Both names of it, of which the newer one counts.
fn service_account(spec: &mut Object) {
    let name = spec.get("serviceAccountName").or_else(|| spec.get("serviceAccount")).cloned();
    if let Some(name) = name {
        spec.insert("serviceAccountName".to_owned(), name.clone());
        spec.insert("serviceAccount".to_owned(), name);
    }
}
