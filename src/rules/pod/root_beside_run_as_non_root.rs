//! `root-beside-run-as-non-root`

use super::secret_unreadable::user;
use crate::hash::HashSet;
use crate::k8s::objects::{Container, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::text::quote;

pub(crate) static RULE: Rule = Rule::new(page!("pod/root-beside-run-as-non-root"), Check::Pod(check));

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    // Windows knows no user ids.
    if pod.os().is_some_and(|os| os.value.name().is_some_and(|name| name.value == "windows")) {
        return;
    }
    let mut said = HashSet::default();
    for container in &pod.object.containers {
        let Some(root) = user(**container, *pod).filter(|user| user.value == 0) else { continue };
        let Some(ban) = needs_no_root(**container, *pod).filter(|ban| ban.value) else { continue };
        let Some(name) = container.name() else { continue };
        // Containers that have it from the pod all have it from one place.
        if !said.insert((root.span, ban.span)) {
            continue;
        }
        findings
            .report(root.span, format!("{} never starts: it is told to run as root, and not to", quote(name.value)))
            .label(ban.span, "refuses root")
            .help("name another user than 0, or make `runAsNonRoot` false for what has to be root");
    }
}

/// Whether the kubelet refuses to start a container as root, and where that is written.
fn needs_no_root<'a>(container: Container<'a>, pod: PodSpec<'a>) -> Option<Field<'a, bool>> {
    let own = container.security_context().and_then(|security| security.value.run_as_non_root());
    own.or_else(|| pod.security_context().and_then(|security| security.value.run_as_non_root()))
}
