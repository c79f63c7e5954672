//! `image-not-pinned`

use crate::k8s::objects::{Container, ImagePullPolicy};
use crate::rule::{Check, Findings, Rule, Within};

pub(crate) static RULE: Rule =
    Rule::new(include_str!("../../../rules/pod/image-not-pinned.md"), Check::Container(check));

fn check(container: Within<'_, Container<'_>>, findings: &mut Findings<'_>) {
    let Some(image) = container.image() else { return };
    let name = image.value.rsplit('/').next().unwrap_or_default();
    let message = match name.split_once(':') {
        None => "an image without a tag is `latest`: each run may get another one",
        Some((_, "latest")) => "`latest` is another image from one day to the next, and so may each run be",
        Some(_) => return,
    };
    // What a template or a tool puts there is not known, and what stands behind a `@` is a digest.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b':');
    if image.value.is_empty() || !image.value.bytes().all(is_name) {
        return;
    }
    if container.image_pull_policy().is_some_and(|policy| policy.value == ImagePullPolicy::Never) {
        return;
    }
    findings
        .report(image.span, message)
        .help("name a version, or a digest (`@sha256:…`), so that a run can be repeated");
}
