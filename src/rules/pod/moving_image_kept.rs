//! `moving-image-kept`

use super::image_not_pinned::moving_tag;
use crate::analysis::{Managed, Process, Subject, image};
use crate::k8s::Resource;
use crate::k8s::objects::ImagePullPolicy;
use crate::rule::{Check, Findings, Rule, Within, page};

pub(crate) static RULE: Rule = Rule::new(page!("pod/moving-image-kept"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let Some(image) = container.image() else { return };
    let Some(tag) = moving_tag(image.value) else { return };
    let tag = tag.unwrap_or("latest");
    let policy = container.image_pull_policy();
    let is_kept = match policy {
        Some(policy) => policy.value == ImagePullPolicy::IfNotPresent,
        // pkg/apis/core/v1/defaults.go, SetDefaults_Container
        None => !container.slots().image_pull_policy().is_set() && tag != "latest",
    };
    let argv = &container.argv;
    // What only prints, or runs what any system has, does so with an old image, too.
    let runs_again = || runs_again(container.object) && !image::is_made_up(**container);
    if !is_kept || argv.ends_at_once() || argv.has_bare_image() || !runs_again() {
        return;
    }

    let harm = if container.object.is(Resource::CronJob) { "so runs differ by node" } else { "and runs no newer one" };
    let message = format!("each node keeps the `{tag}` that it pulled first, {harm}");
    let help = "name a version, or a digest (`@sha256:…`), or pull at each run: `imagePullPolicy: Always`";
    match policy {
        Some(policy) => findings.report(policy.span, message).label(image.span, "moves from one day to the next"),
        None => {
            findings.report(image.span, message).label(image.span, "without `imagePullPolicy`, it is `IfNotPresent`")
        }
    }
    .help(help);
}

/// Whether it runs more than once: by a schedule, or because somebody applies it again.
fn runs_again(object: &Subject<'_>) -> bool {
    object.is(Resource::CronJob) || Managed::of(object.manifest).is_some()
}
