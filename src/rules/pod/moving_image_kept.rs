//! `moving-image-kept`

use super::image_not_pinned::moving_tag;
use crate::analysis::Argv;
use crate::k8s::objects::{Container, ImagePullPolicy};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/pod/moving-image-kept.md"), Check::Container(check));

fn check(container: Within<'_, Container<'_>>, findings: &mut Findings<'_>) {
    let (Some(image), Some(policy)) = (container.image(), container.image_pull_policy()) else { return };
    let argv = Argv::of(*container);
    // What only prints, or runs what any system has, does so with an old image, too.
    if policy.value != ImagePullPolicy::IfNotPresent || argv.ends_at_once() || argv.has_bare_image() {
        return;
    }
    let Some(tag) = moving_tag(image.value) else { return };

    let tag = tag.unwrap_or("latest");
    findings
        .report(policy.span, format!("each node keeps the `{tag}` that it pulled first, so runs differ by node"))
        .label(image.span, "moves from one day to the next")
        .help("name a version, or a digest (`@sha256:…`), or pull at each run: `Always`");
}
