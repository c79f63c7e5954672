//! Keys of config maps, and names of variables, ports and headers.

use super::names::limited;
use super::{Flaw, Flaws, Form};

/// A key of a `ConfigMap` or Secret.
#[must_use]
pub fn config_key(key: &str) -> Flaws {
    limited(key, 253, Form::ConfigKey).with(leaves_folder(key), Flaw::ParentFolder)
}

/// A name of an environment variable, as Kubernetes asked for it before 1.34 (and with the gate off).
#[must_use]
pub fn env_name(name: &str) -> Flaws {
    Flaws::none()
        .with(!Form::EnvName.fits(name), Flaw::Form(Form::EnvName))
        .with(leaves_folder(name), Flaw::ParentFolder)
}

/// A name of an environment variable: printable ASCII without `=`.
#[must_use]
pub fn relaxed_env_name(name: &str) -> Flaws {
    let odd = |byte: u8| !(b' '..=b'~').contains(&byte) || byte == b'=';
    Flaws::none().with(name.is_empty(), Flaw::Empty).with(name.bytes().any(odd), Flaw::Unprintable)
}

fn leaves_folder(name: &str) -> bool {
    name == "." || name.starts_with("..")
}

/// A name of a port.
#[must_use]
pub fn port_name(name: &str) -> Flaws {
    Flaws::none()
        .with(name.len() > 15, Flaw::TooLong(15))
        .with(!Form::PortName.fits(name), Flaw::Form(Form::PortName))
        .with(!name.bytes().any(|byte| byte.is_ascii_lowercase()), Flaw::NoLetter)
        .with(name.contains("--"), Flaw::DoubleHyphen)
        .with(name.starts_with('-') || name.ends_with('-'), Flaw::EdgeHyphen)
}

/// A name of an HTTP header.
#[must_use]
pub fn header_name(name: &str) -> Flaws {
    Flaws::none().with(!Form::HeaderName.fits(name), Flaw::Form(Form::HeaderName))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_flaw_for_each_of_the_servers_messages() {
        for (key, count) in [("a.b", 0), ("", 1), (".", 1), ("..", 1), ("..a", 1), ("a b", 1), ("../a", 2)] {
            assert_eq!(config_key(key).into_iter().count(), count, "{key}");
        }
        for (name, count) in [("A", 0), ("1A", 1), ("", 1), ("..", 1), ("..=", 2)] {
            assert_eq!(env_name(name).into_iter().count(), count, "{name}");
        }
        for (name, count) in [("1 A", 0), ("", 1), ("a=", 1), ("é=", 1), ("\t", 1)] {
            assert_eq!(relaxed_env_name(name).into_iter().count(), count, "{name}");
        }
        for (name, count) in
            [("http", 0), ("", 2), ("-", 2), ("80", 1), ("a--b", 1), ("A--", 4), ("abcdefghijklmnop", 1)]
        {
            assert_eq!(port_name(name).into_iter().count(), count, "{name}");
        }
    }
}
