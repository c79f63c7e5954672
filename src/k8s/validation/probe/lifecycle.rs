//! What runs after a container's start and before its end.
//!
//! pkg/apis/core/validation/validation.go, validateLifecycle, as of v1.37.

use super::handler;
use crate::k8s::objects::Lifecycle;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::At;
use crate::k8s::validation::pod::Pod;

/// The hooks of a running container.
pub(in crate::k8s::validation) fn validate(lifecycle: Lifecycle<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    for (name, hook) in [("postStart", lifecycle.post_start()), ("preStop", lifecycle.pre_stop())] {
        if let Some(hook) = hook {
            let path = at.path.field(name);
            handler::validate_hook(hook.value, pod, At::new(&path, &hook), context);
        }
    }
}
