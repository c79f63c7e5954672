//! Keys and values of labels.

use super::names::{dns_subdomain, limited};
use super::{Flaw, Flaws, Form, PartFlaw};

const NAME_LENGTH: usize = 63;

/// A label's key, also called a qualified name: `name` or `example.com/name`.
#[must_use]
pub fn label_key(key: &str) -> Flaws {
    let slash = key.bytes().position(|byte| byte == b'/');
    let (flaws, name) = match slash {
        Some(slash) if key[slash + 1..].contains('/') => return Flaws::one(Flaw::Slashes),
        Some(slash) => (prefix(&key[..slash]), &key[slash + 1..]),
        None => (Flaws::none(), key),
    };
    if name.len() <= NAME_LENGTH && Form::KeyName.fits(name) {
        return flaws;
    }
    flaws
        .with(name.is_empty(), Flaw::Name(PartFlaw::Empty))
        .with(name.len() > NAME_LENGTH, Flaw::Name(PartFlaw::TooLong(NAME_LENGTH)))
        .with(!Form::KeyName.fits(name), Flaw::Name(PartFlaw::Form(Form::KeyName)))
}

fn prefix(prefix: &str) -> Flaws {
    if prefix.is_empty() {
        return Flaws::one(Flaw::Prefix(PartFlaw::Empty));
    }
    let flaws = dns_subdomain(prefix);
    if flaws.is_empty() {
        return flaws;
    }
    flaws.into_iter().fold(Flaws::none(), |flaws, flaw| {
        let part =
            if let Flaw::TooLong(max) = flaw { PartFlaw::TooLong(max) } else { PartFlaw::Form(Form::DnsSubdomain) };
        flaws.with(true, Flaw::Prefix(part))
    })
}

/// An annotation's key: a label's key in any case.
#[must_use]
pub fn annotation_key(key: &str) -> Flaws {
    if key.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return label_key(key);
    }
    // Go maps character by character: the dotted capital I becomes a plain i.
    let lower = key.chars().map(|char| if char == 'İ' { 'i' } else { char.to_lowercase().next().unwrap_or(char) });
    label_key(&lower.collect::<String>())
}

/// A label's value: nothing, or at most 63 letters, digits, `-`, `_` and `.`.
#[must_use]
pub fn label_value(value: &str) -> Flaws {
    limited(value, NAME_LENGTH, Form::LabelValue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_flaw_for_each_of_the_servers_messages() {
        for key in ["a", "A_b.c-1", "example.com/a"] {
            assert!(label_key(key).is_empty(), "{key}");
        }
        let counts = [("", 2), ("/", 3), ("a/b/c", 1), ("/a", 1), ("a/", 2), ("A/b", 1), ("_/_", 2), ("-", 1)];
        for (key, count) in counts {
            assert_eq!(label_key(key).into_iter().count(), count, "{key}");
        }
        assert_eq!(label_key(&"-".repeat(64)).into_iter().count(), 2);
    }

    #[test]
    fn an_annotations_key_may_have_capitals_everywhere() {
        assert!(annotation_key("Example.COM/a").is_empty());
        assert!(annotation_key("İ.com/\u{212a}").is_empty());
        assert!(!annotation_key("é.com/a").is_empty());
    }

    #[test]
    fn a_labels_value_may_be_empty() {
        assert!(label_value("").is_empty() && label_value("A.b").is_empty());
        assert_eq!(label_value(&"-".repeat(64)).into_iter().count(), 2);
    }
}
