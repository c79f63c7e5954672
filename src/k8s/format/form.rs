//! Forms that a text may have to have, and whether it has them.

use super::quote;

/// A form of text, as a regular expression would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[a-z0-9]([-a-z0-9]*[a-z0-9])?`
    DnsLabel,
    /// Labels with dots between them.
    DnsSubdomain,
    /// Labels with dots between them; a label may start with `_` and hold some.
    DnsSubdomainWithUnderscore,
    /// `([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]`
    KeyName,
    /// A key's name, or nothing.
    LabelValue,
    /// `[-._a-zA-Z][-._a-zA-Z0-9]*`
    EnvName,
    /// `[-._a-zA-Z0-9]+`
    ConfigKey,
    /// `[-A-Za-z0-9]+`
    HeaderName,
    /// `[-a-z0-9]+`
    PortName,
    /// The characters that a web address takes unescaped.
    UrlPath,
}

/// For each byte the forms whose parts may hold it.
static TAKEN: [u16; 256] = {
    let mut taken = [0; 256];
    let mut byte = 0;
    while byte < taken.len() {
        let mut form = 0;
        while form < Form::ALL.len() {
            if Form::ALL[form].lists(byte as u8) {
                taken[byte] |= Form::ALL[form].bit();
            }
            form += 1;
        }
        byte += 1;
    }
    taken
};

impl Form {
    const ALL: [Self; 10] = [
        Self::DnsLabel,
        Self::DnsSubdomain,
        Self::DnsSubdomainWithUnderscore,
        Self::KeyName,
        Self::LabelValue,
        Self::EnvName,
        Self::ConfigKey,
        Self::HeaderName,
        Self::PortName,
        Self::UrlPath,
    ];

    /// Whether the text is of this form.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::DnsSubdomain | Self::DnsSubdomainWithUnderscore => {
                text.as_bytes().split(|byte| *byte == b'.').all(|part| self.fits_part(part))
            }
            Self::LabelValue => text.is_empty() || self.fits_part(text.as_bytes()),
            _ => self.fits_part(text.as_bytes()),
        }
    }

    fn fits_part(self, part: &[u8]) -> bool {
        let bytes = match self {
            Self::DnsSubdomainWithUnderscore => part.strip_prefix(b"_").unwrap_or(part),
            _ => part,
        };
        let ([first, ..], [.., last]) = (bytes, bytes) else { return false };
        self.starts(*first) && self.ends(*last) && bytes.iter().all(|byte| self.takes(*byte))
    }

    /// Whether a part of the text may hold this byte.
    fn takes(self, byte: u8) -> bool {
        TAKEN[byte as usize] & self.bit() != 0
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }

    const fn lists(self, byte: u8) -> bool {
        let lower = byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let any = byte.is_ascii_alphanumeric();
        match self {
            Self::DnsLabel | Self::DnsSubdomain | Self::PortName => lower,
            Self::DnsSubdomainWithUnderscore => lower || byte == b'_',
            Self::KeyName | Self::LabelValue | Self::EnvName | Self::ConfigKey => {
                any || matches!(byte, b'-' | b'_' | b'.')
            }
            Self::HeaderName => any || byte == b'-',
            Self::UrlPath => {
                any || matches!(
                    byte,
                    b'/' | b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&' | b'\''..=b',' | b';' | b'=' | b':'
                )
            }
        }
    }

    fn starts(self, byte: u8) -> bool {
        match self {
            Self::EnvName => !byte.is_ascii_digit(),
            _ => self.ends(byte),
        }
    }

    fn ends(self, byte: u8) -> bool {
        match self {
            Self::DnsLabel
            | Self::DnsSubdomain
            | Self::DnsSubdomainWithUnderscore
            | Self::KeyName
            | Self::LabelValue => byte.is_ascii_alphanumeric(),
            _ => true,
        }
    }

    /// What is wrong with a text that does not have this form: one lower-case sentence.
    #[must_use]
    pub fn describe(self, text: &str) -> String {
        let (shown, noun) = (quote(text), self.noun());
        if text.is_empty() {
            return format!("an empty text is not {noun}");
        }
        if let Some(odd) = text.chars().find(|char| !self.takes_char(*char)) {
            let odd = quote(odd.encode_utf8(&mut [0; 4])).to_string();
            return format!("{shown} has {odd}, and {noun} has only {}", self.characters());
        }
        if text.contains("..") && self.has_parts() {
            return format!("{shown} has two dots in a row");
        }
        format!("{shown} is not {noun}: it {}", self.edges())
    }

    fn takes_char(self, char: char) -> bool {
        (self.has_parts() && char == '.') || u8::try_from(char).is_ok_and(|byte| char.is_ascii() && self.takes(byte))
    }

    fn has_parts(self) -> bool {
        matches!(self, Self::DnsSubdomain | Self::DnsSubdomainWithUnderscore)
    }

    fn noun(self) -> &'static str {
        match self {
            Self::DnsLabel => "a DNS label",
            Self::DnsSubdomain | Self::DnsSubdomainWithUnderscore => "a DNS name",
            Self::KeyName => "a key's name",
            Self::LabelValue => "a label's value",
            Self::EnvName => "a variable's name",
            Self::ConfigKey => "a key of a ConfigMap or Secret",
            Self::HeaderName => "an HTTP header's name",
            Self::PortName => "a port's name",
            Self::UrlPath => "a path",
        }
    }

    fn characters(self) -> &'static str {
        match self {
            Self::DnsLabel | Self::PortName => "lower-case letters, digits and `-`",
            Self::DnsSubdomain => "lower-case letters, digits, `-` and `.`",
            Self::DnsSubdomainWithUnderscore => "lower-case letters, digits, `-`, `_` and `.`",
            Self::KeyName | Self::LabelValue | Self::EnvName | Self::ConfigKey => "letters, digits, `-`, `_` and `.`",
            Self::HeaderName => "letters, digits and `-`",
            Self::UrlPath => "characters that an address takes unescaped",
        }
    }

    fn edges(self) -> &'static str {
        match self {
            Self::DnsSubdomain | Self::DnsSubdomainWithUnderscore => {
                "must start and end with a letter or digit, on both sides of every dot too"
            }
            Self::EnvName => "must not start with a digit",
            _ => "must start and end with a letter or digit",
        }
    }

    /// A text of this form that is close to `text`, of at most `longest` bytes.
    #[must_use]
    pub fn nearest(self, text: &str, longest: usize) -> Option<String> {
        let lower = !self.takes(b'A');
        let (mut near, mut is_joined) = (String::new(), false);
        for char in text.chars() {
            let char = if lower { char.to_ascii_lowercase() } else { char };
            // A dash that stands for something else is one with those beside it.
            if self.takes_char(char) && !(is_joined && char == '-') {
                near.push(char);
                is_joined = false;
            } else if matches!(char, '_' | ' ' | '.' | '/' | ':' | '-') && self.takes(b'-') && !near.ends_with('-') {
                near.push('-');
                is_joined = true;
            }
        }
        near.truncate(longest);
        let start = near.find(|char: char| char.is_ascii() && self.starts(char as u8)).unwrap_or(near.len());
        near.drain(..start);
        near.truncate(near.trim_end_matches(|char: char| !self.ends(char as u8)).len());
        (near != text && self.fits(&near)).then_some(near)
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn texts_fit_the_forms_that_kubernetes_describes() {
        let cases: [(Form, &[&str], &[&str]); 4] = [
            (Form::DnsLabel, &["a", "1", "a-b", "a--1"], &["", "-", "a-", "-a", "A", "a.b", "a_b", "é"]),
            (Form::DnsSubdomain, &["a", "a.b", "1.2-3"], &["", ".", "a.", ".a", "a..b", "a.-b", "a-.b", "A.b"]),
            (Form::DnsSubdomainWithUnderscore, &["_a.b", "a_b"], &["__a", "a_", "_", "_.a"]),
            (Form::KeyName, &["a", "A.b_c-1"], &["", "-a", "a.", "a b", "ä"]),
        ];
        for (form, good, bad) in cases {
            for text in good {
                assert!(form.fits(text), "{form:?} {text}");
            }
            for text in bad {
                assert!(!form.fits(text), "{form:?} {text}");
                assert!(!form.describe(text).contains("invalid"), "{form:?} {text}");
            }
        }
    }

    #[test]
    fn the_nearest_text_has_the_form() {
        assert_eq!(Form::DnsSubdomain.nearest("My_Job", 253).as_deref(), Some("my-job"));
        assert_eq!(Form::DnsLabel.nearest("-a.b-", 63).as_deref(), Some("a-b"));
        assert_eq!(Form::DnsLabel.nearest("___", 63), None);
        assert_eq!(Form::EnvName.nearest("1 A", 63).as_deref(), Some("-A"));
        assert_eq!(Form::DnsLabel.nearest("ok", 63), None);
        for (text, near) in [("job -5", "job-5"), ("job - 5", "job-5"), ("job--5 b", "job--5-b")] {
            assert_eq!(Form::DnsLabel.nearest(text, 63).as_deref(), Some(near), "{text}");
        }
    }
}
