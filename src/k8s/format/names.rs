//! Names by the rules of the domain name system.

use super::{Flaw, Flaws, Form};

const LABEL_LENGTH: usize = 63;
const SUBDOMAIN_LENGTH: usize = 253;

/// A DNS label: at most 63 lower-case letters, digits and `-`.
#[must_use]
pub fn dns_label(value: &str) -> Flaws {
    let fits = Form::DnsLabel.fits(value);
    if fits && value.len() <= LABEL_LENGTH {
        return Flaws::none();
    }
    let flaws = Flaws::none().with(value.len() > LABEL_LENGTH, Flaw::TooLong(LABEL_LENGTH));
    if fits {
        return flaws;
    }
    let dots = Form::DnsSubdomain.fits(value);
    flaws.with(true, if dots { Flaw::Dots } else { Flaw::Form(Form::DnsLabel) })
}

/// A DNS name: at most 253 characters, labels with dots between them.
#[must_use]
pub fn dns_subdomain(value: &str) -> Flaws {
    limited(value, SUBDOMAIN_LENGTH, Form::DnsSubdomain)
}

/// A DNS name whose labels may hold `_`.
#[must_use]
pub fn dns_subdomain_with_underscore(value: &str) -> Flaws {
    limited(value, SUBDOMAIN_LENGTH, Form::DnsSubdomainWithUnderscore)
}

/// A `generateName`: a DNS name that may end in a hyphen, because something follows it.
#[must_use]
pub fn name_prefix(prefix: &str) -> Flaws {
    // The server puts an `a` in the place of the last two bytes, so what stands before the hyphen is not looked at.
    match prefix.strip_suffix('-') {
        Some(stem) if !stem.is_empty() => {
            let mut masked = stem.as_bytes()[..stem.len() - 1].to_vec();
            masked.push(b'a');
            dns_subdomain(&String::from_utf8_lossy(&masked))
        }
        _ => dns_subdomain(prefix),
    }
}

/// A name that the server may make of a `generateName`: its first 58 bytes and five random characters.
#[must_use]
pub fn generated_name(prefix: &str) -> String {
    let mut end = prefix.len().min(58);
    while !prefix.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}xxxxx", &prefix[..end])
}

pub(super) fn limited(value: &str, longest: usize, form: Form) -> Flaws {
    let fits = form.fits(value);
    if fits && value.len() <= longest {
        return Flaws::none();
    }
    Flaws::none().with(value.len() > longest, Flaw::TooLong(longest)).with(!fits, Flaw::Form(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_flaw_for_each_of_the_servers_messages() {
        assert!(dns_label("a-1").is_empty());
        assert_eq!(dns_label("a.b").into_iter().collect::<Vec<_>>(), [Flaw::Dots]);
        assert_eq!(dns_label(&"A".repeat(64)).into_iter().count(), 2);
        assert_eq!(dns_subdomain(&"a".repeat(254)).into_iter().count(), 1);
        assert_eq!(dns_subdomain("").into_iter().count(), 1);
    }

    #[test]
    fn a_prefix_may_end_in_a_hyphen() {
        assert!(name_prefix("a-").is_empty() && name_prefix("a_-").is_empty() && name_prefix("a--").is_empty());
        assert!(!name_prefix("-").is_empty() && !name_prefix("a_b-").is_empty());
        assert_eq!(generated_name(&"é".repeat(40)).len(), 63);
    }
}
