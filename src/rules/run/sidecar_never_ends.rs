//! `sidecar-never-ends`

use crate::analysis::{Argv, image, sidecar};
use crate::k8s::Version;
use crate::k8s::objects::{Container, Each as _, Field, PodSpec};
use crate::rule::{Check, Findings, Rule, Within, duration, page};
use crate::schedule::Seconds;

pub(crate) static RULE: Rule = Rule::new(page!("run/sidecar-never-ends"), Check::Pod(check));

/// The first release whose clusters have native sidecars without being told to.
const NATIVE: Version = Version::new(29);

fn check(pod: Within<'_, PodSpec<'_>>, findings: &mut Findings<'_>) {
    let sidecars = never_ending(&pod);
    if sidecars.is_empty() {
        return;
    }
    let own = pod.active_deadline_seconds();
    let deadline = own.or_else(|| pod.object.job.and_then(|job| job.value.active_deadline_seconds()));
    for (container, what) in sidecars {
        let comes = match deadline {
            Some(deadline) => {
                let time = duration::in_words(Seconds::new(deadline.value));
                format!("each run is ended after {time}, and fails")
            }
            None => "the Job never completes".to_owned(),
        };
        let name = container.value.name().map_or("it", |name| name.value);
        let help = as_native(name, pod.object.settings.kubernetes);
        let at = container.value.image().map_or(container.span, |image| image.span);
        findings.report(at, format!("{what} runs until something stops it, and nothing here does: {comes}")).help(help);
    }
}

/// The containers beside the work that nothing stops, each with what it runs.
pub(super) fn never_ending<'a>(pod: &PodSpec<'a>) -> Vec<(Field<'a, Container<'a>>, String)> {
    let containers: Vec<Field<'_, Container<'_>>> = pod.containers().each().map(|(_, one)| one).collect();
    let sidecars: Vec<_> = containers.iter().filter_map(|one| Some((*one, runs_on(one.value)?))).collect();
    // Where nothing else runs, it is the work itself.
    if sidecars.len() == containers.len() || sidecars.is_empty() || may_be_stopped(pod) {
        return Vec::new();
    }
    sidecars
}

/// How a container can stay as long as the work does, and no longer.
pub(in crate::rules) fn as_native(name: &str, kubernetes: Version) -> String {
    if kubernetes >= NATIVE {
        format!("move `{name}` to `initContainers` with `restartPolicy: Always`: it is stopped when the others end")
    } else {
        format!("let the work stop `{name}` when it is done: native sidecars come with Kubernetes {NATIVE}")
    }
}

/// What a container runs until something stops it.
fn runs_on(container: Container<'_>) -> Option<String> {
    let by_name = sidecar(container).map(str::to_owned);
    by_name.or_else(|| image::server(container).map(|server| format!("`{server}`")))
}

/// Whether something in the pod may stop what runs beside it.
fn may_be_stopped(pod: &PodSpec<'_>) -> bool {
    // Who shares the processes does so to end one.
    if pod.share_process_namespace().is_some_and(|shares| shares.value) {
        return true;
    }
    pod.all_containers().any(|container| stops_another(container.value))
}

/// Names of what proxies are stopped by: their endpoints, and programs that call these.
const ENDPOINTS: [&str; 7] =
    ["quitquitquit", "/shutdown", "linkerd-await", "pilot-agent", "scuttle", "exit-after-auth", "/quit"];

fn stops_another(container: Container<'_>) -> bool {
    // A command that fails when the work is done ends its container.
    if container.liveness_probe().is_some_and(|probe| probe.raw.get("exec").is_some()) {
        return true;
    }
    let names_one = |text: &str| ENDPOINTS.iter().any(|name| text.contains(name));
    let argv = Argv::of(container);
    // A proxy's own program stops no other one.
    let is_program = sidecar(container).is_some() && argv.program().is_some();
    let mut words = argv.words().iter().skip(usize::from(is_program)).filter_map(|word| word.as_str());
    let hooks = container.lifecycle().map_or("", |lifecycle| lifecycle.raw.source());
    let in_env = || {
        container.env().each().any(|(_, variable)| {
            let text = [variable.value.name(), variable.value.value()];
            text.into_iter().flatten().any(|text| names_one(text.value) || text.value == "ENVOY_ADMIN_API")
        })
    };
    words.any(names_one) || names_one(hooks) || in_env()
}
