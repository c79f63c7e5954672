//! IP addresses, as leniently as the server's version reads them.
//!
//! pkg/apis/core/validation/validation.go, IsValidIPForLegacyField; k8s.io/apimachinery/pkg/util/validation/ip.go,
//! parseIP, as of v1.37.

use std::net::IpAddr;

use super::Context;
use super::checks::{At, Text, place_of, text_of};
use crate::diagnostic::Safety;
use crate::k8s::format::quote;
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason};

/// An address in a field that took zeros in front before 1.36.
pub(super) fn validate_ip(written: Option<Text<'_>>, path: &Path<'_>, at: At<'_>, context: &mut Context) {
    let (text, span) = (text_of(written), written.map_or(at.key, |address| place_of(&address)));
    if !is_sloppy_ip(text) {
        let message = if text.is_empty() {
            "there is no IP address".to_owned()
        } else {
            format!("{} is not an IP address", quote(text))
        };
        context.report(Reason::Invalid, path, span, message);
        return;
    }
    if !context.enables(Gate::StrictIpCidrValidation) {
        return;
    }
    match text.parse::<IpAddr>() {
        Err(_) => {
            let message =
                format_args!("{} has zeros in front of a number, which programs read differently", quote(text));
            context.report(Reason::Invalid, path, span, message);
        }
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some() => {
            let message =
                format!("{} is an IPv4 address written as IPv6, which programs read differently", quote(text));
            let problem = context.report(Reason::Invalid, path, span, message);
            if let Some((near, written)) = address.to_ipv4_mapped().zip(written) {
                problem.help(format_args!("write {near}")).respell(written.raw, &near.to_string(), Safety::Safe);
            }
        }
        Ok(_) => {}
    }
}

/// As Go read addresses once: any number of zeros in front.
pub(super) fn is_sloppy_ip(text: &str) -> bool {
    match text.find(['.', ':']) {
        Some(place) if text.as_bytes()[place] == b'.' => is_sloppy_v4(text),
        Some(_) => is_sloppy_v6(text),
        None => false,
    }
}

fn is_sloppy_v4(text: &str) -> bool {
    let octet = |part: &str| number(part, 10).is_some_and(|number| number <= 255);
    text.split('.').count() == 4 && text.split('.').all(octet)
}

fn is_sloppy_v6(text: &str) -> bool {
    let (head, tail) = match text.split_once("::") {
        Some((_, tail)) if tail.contains("::") || tail.starts_with(':') => return false,
        Some((head, tail)) => (head, Some(tail)),
        None => (text, None),
    };
    let groups = |part: &str, last: bool| -> Option<usize> {
        if part.is_empty() {
            return Some(0);
        }
        let mut count = 0;
        let mut parts = part.split(':').peekable();
        while let Some(group) = parts.next() {
            if last && parts.peek().is_none() && group.contains('.') {
                return is_sloppy_v4(group).then_some(count + 2);
            }
            number(group, 16).filter(|group| *group <= 0xFFFF)?;
            count += 1;
        }
        Some(count)
    };
    match tail {
        None => groups(head, true) == Some(8),
        Some(tail) => {
            let counts = groups(head, false).zip(groups(tail, true));
            counts.is_some_and(|(head, tail)| head + tail < 8)
        }
    }
}

fn number(digits: &str, radix: u32) -> Option<u32> {
    let plain = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    plain
        .then(|| {
            u32::from_str_radix(digits.trim_start_matches('0'), radix)
                .or(if digits.trim_start_matches('0').is_empty() { Ok(0) } else { Err(()) })
                .ok()
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::is_sloppy_ip;

    #[test]
    fn addresses_are_read_as_go_once_did() {
        for good in [
            "1.2.3.4",
            "010.002.003.004",
            "::",
            "::1",
            "1::",
            "fe80::00abc",
            "1:2:3:4:5:6:7:8",
            "::ffff:1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
        ] {
            assert!(is_sloppy_ip(good), "{good}");
        }
        for bad in [
            "",
            "1",
            "1.2.3",
            "1.2.3.256",
            "1.2.3.4.5",
            "a.b.c.d",
            ":",
            ":1",
            "1:",
            "1:::2",
            "1::2::3",
            "12345::",
            "1:2:3:4:5:6:7::8",
            "::1%eth0",
            "1.2.3.4::",
            "1:2:3:4:5:6:7:1.2.3.4",
            "+1.2.3.4",
            " 1.2.3.4",
        ] {
            assert!(!is_sloppy_ip(bad), "{bad}");
        }
    }
}
