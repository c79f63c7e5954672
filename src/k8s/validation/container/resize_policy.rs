//! Which resizes restart a container.
//!
//! pkg/apis/core/validation/validation.go, validateResizePolicy, as of v1.37.

use crate::k8s::format::quote;
use crate::k8s::objects::{Container, ContainerResizePolicy, RestartPolicy};
use crate::k8s::schema::Gate;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{At, Text, one_of, place_of, text_of};
use crate::k8s::validation::names::Names;
use crate::k8s::validation::pod::Pod;
use crate::k8s::{Reason, Topic};

/// The server names the list for what is wrong with an item.
pub(in crate::k8s::validation) fn validate(container: Container<'_>, pod: &Pod<'_>, at: At<'_>, context: &mut Context) {
    let Some(policies) = container.resize_policy() else { return };
    if !context.enables(Gate::InPlacePodVerticalScaling) {
        return;
    }
    let path = at.path.field("resizePolicy");
    let mut seen = Names::default();
    for (index, item) in policies.value.iter() {
        let (policy, at): (ContainerResizePolicy<'_>, _) = (item.value, At::new(&path, &item));
        let resource = text_of(policy.resource_name());
        if !seen.insert(resource) {
            let span = policy.resource_name().map_or(item.key, |name| place_of(&name));
            let message = format_args!("there is a policy for {} already", quote(resource));
            context.report(Reason::Duplicate, &path.index(index), span, message);
        }
        choice(policy.resource_name(), "resourceName", &["cpu", "memory"], at, context);
        choice(policy.restart_policy(), "restartPolicy", &["NotRequired", "RestartContainer"], at, context);
        if pod.defaulted.restart_policy == RestartPolicy::Never && text_of(policy.restart_policy()) != "NotRequired" {
            let span = policy.restart_policy().map_or(item.key, |policy| place_of(&policy));
            let message = match text_of(policy.restart_policy()) {
                "" => "the pod's `restartPolicy` is `Never`, so that a resize can only be `NotRequired`".into(),
                other => format!("the pod's `restartPolicy` is `Never`, so that a resize cannot be {}", quote(other)),
            };
            context
                .report(Reason::Invalid, &path, span, message)
                .about(Topic::Contradiction)
                .once_for(text_of(policy.restart_policy()));
        }
    }
}

fn choice(text: Option<Text<'_>>, name: &str, choices: &[&str], at: At<'_>, context: &mut Context) {
    match text.filter(|text| !text.value.is_empty()) {
        Some(text) => {
            one_of(text, choices, &at.path.unsaid(name), context);
        }
        None => {
            context.report(
                Reason::Required,
                at.path,
                at.key,
                format_args!("a resize policy needs `{name}`, which is not set"),
            );
        }
    }
}
