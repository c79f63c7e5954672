use super::ObjectMeta;
use super::field::{List, objects};

objects! {
    /// The pods that a Job makes.
    PodTemplateSpec {
        metadata: ObjectMeta<'a> = "metadata",
        spec: PodSpec<'a> = "spec",
    }

    /// What a pod runs.
    PodSpec {
        restart_policy: &'a str = "restartPolicy",
        /// In seconds, from the pod's start.
        active_deadline_seconds: i64 = "activeDeadlineSeconds",
        init_containers: List<'a, Container<'a>> = "initContainers",
        containers: List<'a, Container<'a>> = "containers",
    }

    /// One container of a pod.
    Container {
        name: &'a str = "name",
        image: &'a str = "image",
        command: List<'a, &'a str> = "command",
        args: List<'a, &'a str> = "args",
        env: List<'a, EnvVar<'a>> = "env",
        restart_policy: &'a str = "restartPolicy",
    }

    /// One variable of a container's environment.
    EnvVar {
        name: &'a str = "name",
        value: &'a str = "value",
    }
}
