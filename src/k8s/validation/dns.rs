//! How a pod resolves names.
//!
//! pkg/apis/core/validation/validation.go, validateDNSPolicy, validatePodDNSConfig, as of v1.37.

use super::Context;
use super::checks::{At, flaws, not_empty, one_of, place_of, text_of};
use super::ip::validate_ip;
use crate::k8s::format::{dns_subdomain, dns_subdomain_with_underscore};
use crate::k8s::objects::{Each, Field, List, PodDnsConfig, PodSpec};
use crate::k8s::schema::Gate;
use crate::k8s::{Path, Reason, Topic};
use crate::text::Span;

const POLICIES: &[&str] = &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const MOST_NAMESERVERS: usize = 3;

/// Checks `dnsPolicy` and `dnsConfig`.
pub(super) fn validate(spec: PodSpec<'_>, path: &Path<'_>, owner: Span, context: &mut Context) {
    let policy = not_empty(spec.dns_policy());
    if let Some(policy) = policy {
        one_of(policy, POLICIES, &path.field("dnsPolicy"), context);
    }
    let (config, path) = (spec.dns_config(), path.field("dnsConfig"));
    if text_of(policy) == "None" {
        let Some(config) = config else {
            let message = "with `dnsPolicy: None` the pod resolves nothing, and needs `dnsConfig`";
            context.report(Reason::Required, &path, policy.map_or(owner, |policy| policy.key), message);
            return;
        };
        if config.value.nameservers().is_none_or(|servers| servers.value.is_empty()) {
            let message = "with `dnsPolicy: None` the pod needs a name server";
            context.report(Reason::Required, &path.field("nameservers"), config.key, message);
            return;
        }
    }
    if let Some(config) = config {
        validate_config(config.value, &path, context);
    }
}

fn validate_config(config: PodDnsConfig<'_>, path: &Path<'_>, context: &mut Context) {
    if let Some(servers) = config.nameservers() {
        let path = path.field("nameservers");
        let count = servers.value.len();
        if count > MOST_NAMESERVERS {
            let message = format_args!("{count} name servers are too many, at most {MOST_NAMESERVERS}");
            context.report(Reason::Invalid, &path, servers.key, message).about(Topic::TooMany);
        }
        for (index, server) in servers.value.iter() {
            let path = path.index(index);
            validate_ip(Some(server), &path, At::new(&path, &server), context);
        }
    }
    if let Some(searches) = config.searches() {
        validate_searches(&searches, &path.field("searches"), context);
    }
    let options = config.options();
    let path = path.field("options");
    for (index, option) in options.each() {
        if not_empty(option.value.name()).is_none() {
            let span = option.value.name().map_or(option.key, |name| place_of(&name));
            context.report(Reason::Required, &path.index(index), span, "the option has no name");
        }
    }
}

fn validate_searches(searches: &Field<'_, List<'_, &str>>, path: &Path<'_>, context: &mut Context) {
    let (most, longest) = if context.enables(Gate::ExpandedDnsConfig) { (32, 2048) } else { (6, 256) };
    let count = searches.value.len();
    if count > most {
        let message = format_args!("{count} search domains are too many, at most {most}");
        context.report(Reason::Invalid, path, searches.key, message).about(Topic::TooMany);
    }
    let length = searches.value.iter().map(|(_, search)| search.value.len()).sum::<usize>() + count.saturating_sub(1);
    if length > longest {
        let message = format_args!("the search domains are {length} characters long together, {longest} at most");
        context.report(Reason::Invalid, path, searches.key, message).about(Topic::TooLong);
    }
    let relaxed = context.enables(Gate::RelaxedDnsSearchValidation);
    for (index, search) in searches.value.iter() {
        let domain = search.value.strip_suffix('.').unwrap_or(search.value);
        let found = match () {
            () if relaxed && search.value == "." => continue,
            () if relaxed => dns_subdomain_with_underscore(domain),
            () => dns_subdomain(domain),
        };
        flaws(found, Field { value: domain, ..search }, &path.index(index), context);
    }
}
