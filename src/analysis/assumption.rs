//! What can be assumed of a Job's work, for `simulate`: one vocabulary for the command line, the configuration, annotations
//! (`batchlint.dev/run-time: 40m`) and comments (`# batchlint: run-time=40m`).

use crate::k8s::schema::nearest;
use crate::schedule::{Seconds, duration};

/// What a Job may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Trait {
    /// Each of its containers runs for so long.
    Takes(RunTime),
    /// So many of its first attempts fail; `None`: all.
    Fails(Option<u32>),
    /// Its containers never end.
    Hangs(bool),
    /// Its pods stay `Pending`.
    NeverStarts(bool),
    /// So many of its first attempts end with their pod, which is evicted.
    Evicted(u32),
}

/// How long something runs: each time as long, or something between two lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RunTime {
    /// The shortest.
    pub least: Seconds,
    /// The longest.
    pub most: Seconds,
}

impl Trait {
    /// The names of all.
    pub const NAMES: [&str; 5] = ["run-time", "fails", "hangs", "never-starts", "evicted"];

    /// Reads a trait by its name.
    ///
    /// # Errors
    /// What would be right.
    pub fn read(name: &str, value: &str) -> Result<Self, String> {
        match name {
            "run-time" => value.parse().map(Self::Takes),
            "fails" if value == "always" => Ok(Self::Fails(None)),
            "fails" => count(value).map(|count| Self::Fails(Some(count))).map_err(|wanted| wanted + ", or `always`"),
            "hangs" => flag(value).map(Self::Hangs),
            "never-starts" => flag(value).map(Self::NeverStarts),
            "evicted" => count(value).map(Self::Evicted),
            _ => {
                let hint = match nearest(name, Self::NAMES) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are `{}`", Self::NAMES.join("`, `")),
                };
                Err(format!("nothing that can be assumed is named `{name}`; {hint}"))
            }
        }
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[match self {
            Self::Takes(_) => 0,
            Self::Fails(_) => 1,
            Self::Hangs(_) => 2,
            Self::NeverStarts(_) => 3,
            Self::Evicted(_) => 4,
        }]
    }

    /// What it says, as it is written.
    #[must_use]
    pub fn value(self) -> String {
        match self {
            Self::Takes(length) => length.written(),
            Self::Fails(None) => "always".to_owned(),
            Self::Fails(Some(count)) | Self::Evicted(count) => count.to_string(),
            Self::Hangs(flag) | Self::NeverStarts(flag) => flag.to_string(),
        }
    }
}

fn count(value: &str) -> Result<u32, String> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.parse().ok().filter(|_| is_number);
    number.ok_or_else(|| "write a number of attempts, such as 3".to_owned())
}

fn flag(value: &str) -> Result<bool, String> {
    value.parse().map_err(|_| "write `true` or `false`".to_owned())
}

impl RunTime {
    /// Each time as long.
    #[must_use]
    pub const fn of(length: Seconds) -> Self {
        Self { least: length, most: length }
    }

    /// A length of these, each as likely, by a number.
    #[must_use]
    pub fn drawn(self, number: u64) -> Seconds {
        let lengths = (self.most - self.least).get().unsigned_abs() + 1;
        self.least + Seconds::new(i64::try_from(number % lengths).unwrap_or(0))
    }

    /// As it is written: `40m`, `2m..40m`.
    #[must_use]
    pub fn written(self) -> String {
        let [least, most] = [self.least, self.most].map(duration::written);
        if least == most { least } else { format!("{least}..{most}") }
    }
}

/// No program is waited for longer.
const HUNDRED_YEARS: Seconds = Seconds::new(100 * 366 * 86_400);

impl std::str::FromStr for RunTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        let run_time = Self { least: duration::read(least)?, most: duration::read(most)? };
        match run_time {
            Self { most, .. } if most == Seconds::default() => Err("must be longer than nothing".to_owned()),
            Self { most, .. } if most > HUNDRED_YEARS => Err("a hundred years is the most, such as 5217w".to_owned()),
            Self { least, most } if least > most => Err(format!(
                "write the shorter one first: {most}..{least}",
                most = duration::written(most),
                least = duration::written(least)
            )),
            run_time => Ok(run_time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trait;

    #[test]
    fn what_is_written_of_a_trait_is_read() {
        for (name, value) in [
            ("run-time", "40m"),
            ("run-time", "2m..40m"),
            ("fails", "3"),
            ("fails", "always"),
            ("hangs", "true"),
            ("never-starts", "false"),
            ("evicted", "2"),
        ] {
            let read = Trait::read(name, value).expect("it is right");
            assert_eq!((read.name(), read.value().as_str()), (name, value));
        }
    }

    #[test]
    fn what_is_wrong_with_a_trait_is_said_with_what_would_be_right() {
        for (name, value, words) in [
            ("runtime", "40m", "nothing that can be assumed is named `runtime`; did you mean `run-time`?"),
            ("color", "red", "nothing that can be assumed is named `color`; there are `run-time`, `fails`"),
            ("run-time", "40min", "did you mean `40m`?"),
            ("run-time", "40m..2m", "write the shorter one first: 2m..40m"),
            ("run-time", "0s", "must be longer than nothing"),
            ("fails", "often", "write a number of attempts, such as 3, or `always`"),
            ("fails", "+1", "write a number of attempts"),
            ("hangs", "yes", "write `true` or `false`"),
            ("evicted", "99999999999", "write a number of attempts"),
        ] {
            let told = Trait::read(name, value).expect_err("it is wrong");
            assert!(told.starts_with(words), "{told}");
        }
    }
}
