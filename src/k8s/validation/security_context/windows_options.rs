//! Whom a container runs as on Windows.
//!
//! pkg/apis/core/validation/validation.go, validateWindowsSecurityContextOptions, as of v1.37.

use crate::k8s::format::{dns_subdomain, quote};
use crate::k8s::objects::WindowsSecurityContextOptions;
use crate::k8s::validation::Context;
use crate::k8s::validation::checks::{Text, flaws, place_of};
use crate::k8s::{Path, Reason, Topic};

const LONGEST_CREDENTIAL_SPEC: usize = 64 * 1024;
const DOMAIN_BYTES: usize = 256;
const USER_BYTES: usize = 104;

pub(in crate::k8s::validation) fn validate(
    options: WindowsSecurityContextOptions<'_>,
    path: &Path<'_>,
    context: &mut Context,
) {
    if let Some(name) = options.gmsa_credential_spec_name() {
        flaws(dns_subdomain(name.value), name, &path.field("gmsaCredentialSpecName"), context);
    }
    if let Some(spec) = options.gmsa_credential_spec() {
        let path = path.field("gmsaCredentialSpec");
        if spec.value.is_empty() {
            context
                .report(Reason::Invalid, &path, place_of(&spec), "the credential spec is empty")
                .about(Topic::Security);
        } else if spec.value.len() > LONGEST_CREDENTIAL_SPEC {
            context
                .report(Reason::Invalid, &path, place_of(&spec), "the credential spec has more than 64 KiB")
                .about(Topic::Security);
        }
    }
    if let Some(name) = options.run_as_user_name() {
        validate_user_name(name, &path.field("runAsUserName"), context);
    }
}

/// `user` or `domain\user`
fn validate_user_name(name: Text<'_>, path: &Path<'_>, context: &mut Context) {
    let mut report = |message: String| {
        context.report(Reason::Invalid, path, place_of(&name), message).about(Topic::Security);
    };
    let text = name.value;
    if text.is_empty() {
        return report("the user's name is empty".to_owned());
    }
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        return report(format!("{} has control characters", quote(text)));
    }
    let (domain, user) = match text.split_once('\\') {
        Some((_, user)) if user.contains('\\') => {
            return report(format!("{} has more than one backslash, and is `user` or `domain\\user`", quote(text)));
        }
        Some((domain, user)) => (Some(domain), user),
        None => (None, text),
    };
    if domain.is_some_and(|domain| domain.len() >= DOMAIN_BYTES) {
        report(format!("the domain is longer than {} characters", DOMAIN_BYTES - 1));
    }
    if let Some(domain) = domain.filter(|domain| !is_net_bios_domain(domain) && !is_dns_domain(domain)) {
        report(format!("{} is neither a NetBIOS nor a DNS domain", quote(domain)));
    }
    if user.is_empty() {
        report("there is no user after the domain".to_owned());
    } else if user.len() > USER_BYTES {
        report(format!("the user's name is {} characters long, {USER_BYTES} at most", user.len()));
    }
    if !user.is_empty() && user.bytes().all(|byte| matches!(byte, b'.' | b' ')) {
        report(format!("{} has nothing but dots and spaces", quote(user)));
    }
    if let Some(odd) = user.chars().find(|char| r#""/\:;|=,+*?<>@[]"#.contains(*char)) {
        report(format!("{} has `{odd}`, which no user's name has", quote(user)));
    }
}

fn is_net_bios_domain(domain: &str) -> bool {
    let forbidden = |char: char| r#"\/:*?"<>|"#.contains(char);
    (1..=15).contains(&domain.chars().count()) && !domain.contains(forbidden) && !domain.starts_with('.')
}

fn is_dns_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let hyphens = label.starts_with('-') || label.ends_with('-');
        let letters = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (1..=63).contains(&label.len()) && letters && !hyphens
    })
}
