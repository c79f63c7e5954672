//! `image-not-pinned`

use crate::analysis::Process;
use crate::analysis::image;
use crate::k8s::objects::ImagePullPolicy;
use crate::rule::{Check, Findings, Rule, Within, page};
use crate::yaml::placeholder_in;

pub(crate) static RULE: Rule = Rule::new(page!("pod/image-not-pinned"), Check::Container(check));

fn check(container: Within<'_, Process<'_>>, findings: &mut Findings<'_>) {
    let Some(image) = container.image() else { return };
    let Some(tag) = moving_tag(image.value) else { return };
    let is_never_pulled = container.image_pull_policy().is_some_and(|policy| policy.value == ImagePullPolicy::Never);
    if is_never_pulled || image::is_made_up(**container) {
        return;
    }
    let message = match tag {
        None => "an image without a tag is `latest`: each run may get another one".to_owned(),
        Some(tag) => format!("`{tag}` is a tag that moves: each run may get another image"),
    };
    findings
        .report(image.span, message)
        .help("name a version, or a digest (`@sha256:…`), so that a run can be repeated");
}

/// The tag of an image if it moves by its name: `None` inside, where there is none, which stands for `latest`.
pub(super) fn moving_tag(image: &str) -> Option<Option<&str>> {
    // What a template or a tool puts there is not known (`ko://…` is a program to be built), and what stands behind a `@` is
    // a digest.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b':');
    let is_filled_in = || placeholder_in(image).is_some();
    if image.is_empty()
        || !image.bytes().all(is_name)
        || image.contains("://")
        || image.starts_with(OWN_STREAMS)
        || is_filled_in()
    {
        return None;
    }
    let name = image.rsplit('/').next().unwrap_or_default();
    match name.split_once(':') {
        None => Some(None),
        Some((_, tag)) => moves(tag).then_some(Some(tag)),
    }
}

/// Where OpenShift keeps its image streams: what a tag there means is up to the cluster itself.
const OWN_STREAMS: &str = "image-registry.openshift-image-registry.svc";

/// Whether a tag says by its words that it moves, and by no number that it stays.
fn moves(tag: &str) -> bool {
    let words = || tag.split(['-', '_', '.']).map(str::to_ascii_lowercase);
    let is_moving = |word: &str| {
        matches!(word, "nightly" | "edge" | "dev" | "devel" | "develop" | "main" | "master" | "stable" | "canary")
    };
    words().any(|word| word == "latest")
        || words().any(|word| is_moving(&word)) && !tag.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::moving_tag;

    #[test]
    fn tags_that_move_are_told_by_their_words() {
        for (image, tag) in [
            ("report", None),
            ("registry.example.com:5000/report", None),
            ("report:latest", Some("latest")),
            ("report:latest-alpine3.19", Some("latest-alpine3.19")),
            ("report:not_latest", Some("not_latest")),
            ("report:main", Some("main")),
            ("report:release-nightly", Some("release-nightly")),
        ] {
            assert_eq!(moving_tag(image), Some(tag), "{image}");
        }
        for image in [
            "report:1.4",
            "report:main-0a1b2c3",
            "report:mainline",
            "report@sha256:0",
            "${IMAGE}",
            "V_IMAGE_URL",
            "report:v2-dev",
            "ko://github.com/example/report",
        ] {
            assert_eq!(moving_tag(image), None, "{image}");
        }
    }
}
