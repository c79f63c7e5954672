//! Containers, and what they are given: ports, variables, mounts, resources.

use super::collection::{List, Map};
use super::object::objects;
use super::{ImagePullPolicy, Lifecycle, Probe, SecurityContext};
use crate::k8s::format::Quantity;

objects! {
    /// One container of a pod.
    Container {
        name: &'a str = "name",
        image: &'a str = "image",
        image_pull_policy: ImagePullPolicy<'a> = "imagePullPolicy",
        command: List<'a, &'a str> = "command",
        args: List<'a, &'a str> = "args",
        working_dir: &'a str = "workingDir",
        ports: List<'a, ContainerPort<'a>> = "ports",
        env: List<'a, EnvVar<'a>> = "env",
        env_from: List<'a, EnvFromSource<'a>> = "envFrom",
        resources: ResourceRequirements<'a> = "resources",
        resize_policy: List<'a, ContainerResizePolicy<'a>> = "resizePolicy",
        restart_policy: &'a str = "restartPolicy",
        restart_policy_rules: List<'a, ContainerRestartRule<'a>> = "restartPolicyRules",
        volume_mounts: List<'a, VolumeMount<'a>> = "volumeMounts",
        volume_devices: List<'a, VolumeDevice<'a>> = "volumeDevices",
        liveness_probe: Probe<'a> = "livenessProbe",
        readiness_probe: Probe<'a> = "readinessProbe",
        startup_probe: Probe<'a> = "startupProbe",
        lifecycle: Lifecycle<'a> = "lifecycle",
        termination_message_policy: &'a str = "terminationMessagePolicy",
        security_context: SecurityContext<'a> = "securityContext",
        stdin: bool = "stdin",
        tty: bool = "tty",
        /// Of an ephemeral container: the one it looks into.
        target_container_name: &'a str = "targetContainerName",
    }

    /// A port that a container listens on.
    ContainerPort {
        name: &'a str = "name",
        container_port: i32 = "containerPort",
        host_port: i32 = "hostPort",
        host_ip: &'a str = "hostIP",
        protocol: &'a str = "protocol",
    }

    /// One variable of a container's environment.
    EnvVar {
        name: &'a str = "name",
        value: &'a str = "value",
        value_from: EnvVarSource<'a> = "valueFrom",
    }

    /// Where a variable's value comes from.
    EnvVarSource {
        field_ref: ObjectFieldSelector<'a> = "fieldRef",
        resource_field_ref: ResourceFieldSelector<'a> = "resourceFieldRef",
        config_map_key_ref: KeySelector<'a> = "configMapKeyRef",
        secret_key_ref: KeySelector<'a> = "secretKeyRef",
        file_key_ref: FileKeySelector<'a> = "fileKeyRef",
    }

    /// A field of the pod itself.
    ObjectFieldSelector {
        api_version: &'a str = "apiVersion",
        field_path: &'a str = "fieldPath",
    }

    /// A request or limit of a container.
    ResourceFieldSelector {
        container_name: &'a str = "containerName",
        resource: &'a str = "resource",
        divisor: Quantity<'a> = "divisor",
    }

    /// A key of a ConfigMap or Secret.
    KeySelector {
        name: &'a str = "name",
        key: &'a str = "key",
        optional: bool = "optional",
    }

    /// A key of a file in a volume.
    FileKeySelector {
        volume_name: &'a str = "volumeName",
        path: &'a str = "path",
        key: &'a str = "key",
    }

    /// A ConfigMap or Secret whose keys all become variables.
    EnvFromSource {
        prefix: &'a str = "prefix",
        config_map_ref: ObjectName<'a> = "configMapRef",
        secret_ref: ObjectName<'a> = "secretRef",
    }

    /// An object of the same namespace.
    ObjectName {
        name: &'a str = "name",
        optional: bool = "optional",
    }

    /// What a container or pod asks for, and how much it may have.
    ResourceRequirements {
        limits: Map<'a, Quantity<'a>> = "limits",
        requests: Map<'a, Quantity<'a>> = "requests",
        claims: List<'a, ResourceClaim<'a>> = "claims",
    }

    /// A resource claim of the pod that a container uses.
    ResourceClaim {
        name: &'a str = "name",
        request: &'a str = "request",
    }

    /// Whether a container restarts when a resource is resized.
    ContainerResizePolicy {
        resource_name: &'a str = "resourceName",
        restart_policy: &'a str = "restartPolicy",
    }

    /// What a container's end means for its restart.
    ContainerRestartRule {
        action: &'a str = "action",
        exit_codes: ContainerRestartRuleOnExitCodes<'a> = "exitCodes",
    }

    /// Exit codes that a restart rule is about.
    ContainerRestartRuleOnExitCodes {
        operator: &'a str = "operator",
        values: List<'a, i32> = "values",
    }

    /// A volume in a container's file system.
    VolumeMount {
        name: &'a str = "name",
        mount_path: &'a str = "mountPath",
        read_only: bool = "readOnly",
        recursive_read_only: &'a str = "recursiveReadOnly",
        sub_path: &'a str = "subPath",
        sub_path_expr: &'a str = "subPathExpr",
        mount_propagation: &'a str = "mountPropagation",
    }

    /// A volume as a raw block device.
    VolumeDevice {
        name: &'a str = "name",
        device_path: &'a str = "devicePath",
    }
}
