//! When an image is pulled, where nothing is said of it.
//!
//! pkg/util/parsers/parsers.go, ParseImageName; github.com/distribution/reference, ParseNormalizedNamed, as of v1.37.

/// The policy that a server fills in: an image without a tag or a digest is the latest one.
pub(super) fn pull_policy(image: &str) -> &'static str {
    if has_latest(image) { "Always" } else { "IfNotPresent" }
}

fn has_latest(image: &str) -> bool {
    let (named, digest) = image.split_once('@').map_or((image, None), |(named, digest)| (named, Some(digest)));
    let tag_at = named.rfind(':').filter(|at| !named[*at..].contains('/'));
    let (name, tag) = tag_at.map_or((named, None), |at| (&named[..at], Some(&named[at + 1..])));
    // What is no reference to an image has no tag, either.
    let is_reference = is_name(name) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest);
    is_reference && tag.map_or(digest.is_none(), |tag| tag == "latest")
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else { return false };
    let is_part = |part: &str| {
        part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let length = match algorithm {
        "sha256" => Some(64),
        "sha384" => Some(96),
        "sha512" => Some(128),
        _ => None,
    };
    let is_lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    algorithm.split(['+', '.', '-', '_']).all(is_part)
        && length.is_some_and(|length| hex.len() == length)
        && hex.bytes().all(is_lower_hex)
}

/// A repository, behind the host of a registry or without one.
fn is_name(name: &str) -> bool {
    let is_hex_id = name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hex_id || name.len() > 255 {
        return false;
    }
    let host = name.split_once('/').filter(|(host, _)| is_meant_as_host(host));
    let (host, path) = host.map_or((None, name), |(host, path)| (Some(host), path));
    host.is_none_or(is_host) && path.split('/').all(is_component)
}

fn is_meant_as_host(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost" || part.chars().any(char::is_uppercase)
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.rfind(':').filter(|at| !host[*at..].contains(']')) {
        Some(at) => (&host[..at], Some(&host[at + 1..])),
        None => (host, None),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_label = |label: &str| {
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        edge(label.bytes().next())
            && edge(label.bytes().next_back())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_address = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    port.is_none_or(is_port) && address.map_or_else(|| name.split('.').all(is_label), is_address)
}

/// Words of small letters and digits, joined by a dot, one or two underscores, or dashes.
fn is_component(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_between = |gap: &str| matches!(gap, "" | "." | "_" | "__") || gap.bytes().all(|byte| byte == b'-');
    let edges = part.bytes().next().zip(part.bytes().next_back());
    edges.is_some_and(|(first, last)| is_word(first) && is_word(last))
        && part.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()).all(is_between)
}

#[cfg(test)]
mod tests {
    use super::pull_policy;

    #[test]
    fn an_image_without_a_tag_is_the_latest_and_what_is_no_image_has_none() {
        for image in ["busybox", "busybox:latest", "localhost:5000/a/b", "ghcr.io/a/b__c-d.e:latest", "Host/a", "a/b"] {
            assert_eq!(pull_policy(image), "Always", "{image}");
        }
        let digest = format!("a@sha256:{}", "0".repeat(64));
        let id = "0".repeat(64);
        // Beside a digest the tag decides all the same, where the digest is one.
        for (algorithm, length) in [("sha256", 64), ("sha384", 96), ("sha512", 128)] {
            let image = |length| format!("a:latest@{algorithm}:{}", "0".repeat(length));
            assert_eq!(pull_policy(&image(length)), "Always", "{algorithm}");
            assert_eq!(pull_policy(&image(length - 1)), "IfNotPresent", "{algorithm}");
        }
        for image in ["busybox:1.36", &digest, "$IMAGE", "a:", "Upper", "a//b", "a___b", "{{ .Values.image }}", "", &id]
        {
            assert_eq!(pull_policy(image), "IfNotPresent", "{image}");
        }
    }
}
