//! Addresses that are not written as they should be.
//!
//! pkg/api/pod/warnings.go, warningsForPodSpecAndMeta; k8s.io/apimachinery/pkg/util/validation/ip.go, GetWarningsForIP,
//! as of v1.37.

use std::net::IpAddr;

use super::super::Context;
use super::super::ip::is_sloppy_ip;
use crate::diagnostic::Safety;
use crate::k8s::Path;
use crate::k8s::format::quote;
use crate::k8s::objects::{Each, Field, PodSpec};

pub(super) fn warn(spec: PodSpec<'_>, path: &Path<'_>, context: &mut Context) {
    // 1.32 and older say nothing of addresses.
    if !context.since(33) {
        return;
    }
    let servers = spec.dns_config().and_then(|config| config.value.nameservers());
    for (index, server) in servers.each() {
        let path = path.field("dnsConfig");
        let path = path.field("nameservers");
        address(server, &path.index(index), context);
    }
    for (index, alias) in spec.host_aliases().each() {
        if let Some(ip) = alias.value.ip() {
            let path = path.field("hostAliases");
            let path = path.index(index);
            address(ip, &path.field("ip"), context);
        }
    }
}

fn address(ip: Field<'_, &str>, path: &Path<'_>, context: &mut Context) {
    if !is_sloppy_ip(ip.value) {
        return;
    }
    let (message, near) = match ip.value.parse::<IpAddr>() {
        Err(_) => {
            (format!("{} has zeros in front of a number, which programs read differently", quote(ip.value)), None)
        }
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(four) => (format!("{} is an IPv4 address written as IPv6", quote(ip.value)), Some(four.to_string())),
            None if address.to_string() != ip.value => {
                (format!("{} is not the usual way to write this address", quote(ip.value)), Some(address.to_string()))
            }
            None => return,
        },
        Ok(IpAddr::V4(_)) => return,
    };
    let problem = context.warn(path, ip.span, message);
    if let Some(near) = near {
        problem.help(format_args!("write `{near}`"));
        problem.respell(ip.raw, &near, Safety::Safe);
    }
}
