//! A baseline as it is written: findings that were there before, one a line, and which of them are there still.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::written::Fault;
use crate::diagnostic::Fingerprint;
use crate::hash::HashMap;
use crate::text::Span;

/// The version of the form.
const VERSION: u32 = 1;

/// What git leaves in a file that it could not merge.
const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Findings that do not count.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    lines: Vec<Line>,
    /// By fingerprint, the lines that have it.
    known: HashMap<Fingerprint, Vec<usize>>,
}

/// A finding of a baseline, and where it stands.
#[derive(Debug, Clone)]
struct Line {
    known: Known,
    span: Span,
    is_taken: bool,
}

/// A finding as a baseline knows it. Its fingerprint decides; the rest is for people, and says where to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// What it is known by.
    pub fingerprint: Fingerprint,
    /// The rule's name.
    pub rule: String,
    /// The object, as `CronJob/report`.
    pub object: String,
    /// The file that it was found in, from the baseline's folder.
    pub file: String,
}

#[derive(Serialize, Deserialize)]
struct Head {
    tool: String,
    baseline: u32,
}

#[derive(Serialize, Deserialize)]
struct Written {
    fingerprint: String,
    rule: String,
    object: String,
    file: String,
}

impl Baseline {
    /// Reads a baseline. The order of its lines is nobody's concern, so that any merge of two is one.
    ///
    /// # Errors
    /// All that is wrong with it, in order of place.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let (mut baseline, mut faults, mut has_head, mut at) = (Self::default(), Vec::new(), false, 0);
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len() as u32);
            at = span.end;
            let line = line.trim();
            let read = match () {
                () if line.is_empty() => Ok(None),
                () if CONFLICT.iter().any(|mark| line.starts_with(mark)) => Err(conflict()),
                // Of another file, more would be said than anybody reads.
                () if !has_head => match head(line) {
                    Ok(()) => Ok(None),
                    Err(message) => return Err(vec![Fault::new(span, message)]),
                },
                // A merge may have brought another one.
                () if head(line).is_ok() => Ok(None),
                () => known(line).map(Some),
            };
            has_head |= !line.is_empty();
            match read {
                Ok(known) => baseline.lines.extend(known.map(|known| Line { known, span, is_taken: false })),
                Err(message) => faults.push(Fault::new(span, message)),
            }
        }
        if !has_head {
            faults.push(Fault::new(Span::empty(0), NO_HEAD));
        }
        for (number, line) in baseline.lines.iter().enumerate() {
            baseline.known.entry(line.known.fingerprint).or_default().push(number);
        }
        if faults.is_empty() { Ok(baseline) } else { Err(faults) }
    }

    /// Whether a text is one, of whatever version and however git left it, or nothing.
    #[must_use]
    pub fn is_one(text: &[u8]) -> bool {
        let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
        let is_mark = |line: &&[u8]| CONFLICT.iter().any(|mark| line.starts_with(mark.as_bytes()));
        lines
            .find(|line| !is_mark(line))
            .is_none_or(|line| serde_json::from_slice(line).is_ok_and(|head: Head| head.tool == "batchlint"))
    }

    /// The text of a baseline of these findings: sorted by fingerprints, which are scattered, so that what two people add
    /// seldom comes to stand together.
    #[must_use]
    pub fn text(findings: impl IntoIterator<Item = Known>) -> String {
        let head = Head { tool: "batchlint".to_owned(), baseline: VERSION };
        let sorted: BTreeSet<Known> = findings.into_iter().collect();
        let lines = sorted.into_iter().map(|Known { fingerprint, rule, object, file }| {
            json(&Written { fingerprint: fingerprint.to_string(), rule, object, file })
        });
        [json(&head)].into_iter().chain(lines).collect()
    }

    /// Takes the line of a finding in a file that is meant; whether there was one that nobody had taken.
    pub fn take(&mut self, fingerprint: Fingerprint, is_meant: impl Fn(&str) -> bool) -> bool {
        let numbers = self.known.get(&fingerprint).map_or(&[][..], Vec::as_slice);
        let lines = &mut self.lines;
        let free = numbers.iter().find(|number| !lines[**number].is_taken && is_meant(&lines[**number].known.file));
        free.map(|number| lines[*number].is_taken = true).is_some()
    }

    /// The findings that nobody took, and that are among those that were looked for.
    pub fn mended(&self, was_looked_for: impl Fn(&Known) -> bool) -> Vec<Span> {
        let left = self.lines.iter().filter(|line| !line.is_taken && was_looked_for(&line.known));
        left.map(|line| line.span).collect()
    }
}

/// A text without some of its lines.
#[must_use]
pub fn without(text: &str, lines: &[Span]) -> String {
    let starts = lines.iter().map(|span| span.end).chain([text.len() as u32]);
    let kept = [0].into_iter().chain(starts.clone()).zip(lines.iter().map(|span| span.start).chain(starts.last()));
    kept.map(|(start, end)| &text[Span::new(start, end).range()]).collect()
}

const NO_HEAD: &str = "no baseline of batchlint, which begins with {\"tool\":\"batchlint\",\"baseline\":1}";

fn conflict() -> String {
    "a conflict that git left: keep the lines of both sides, and take out its marks".to_owned()
}

fn head(line: &str) -> Result<(), String> {
    let head: Head = serde_json::from_str(line).map_err(|_| NO_HEAD.to_owned())?;
    match (head.tool.as_str(), head.baseline) {
        ("batchlint", VERSION) => Ok(()),
        ("batchlint", other) => Err(format!("a baseline of version {other}; this batchlint reads version {VERSION}")),
        _ => Err(NO_HEAD.to_owned()),
    }
}

fn known(line: &str) -> Result<Known, String> {
    let written: Written = serde_json::from_str(line).map_err(|error| {
        let error = error.to_string();
        format!("no line of a baseline: {}", error.split(" at line").next().unwrap_or(&error))
    })?;
    let Written { fingerprint, rule, object, file } = written;
    Ok(Known { fingerprint: fingerprint.parse()?, rule, object, file })
}

fn json(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("plain data has a JSON form");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Known, without};
    use crate::diagnostic::Fingerprint;

    fn known(name: &str, file: &str) -> Known {
        let [rule, object] = ["ttl-unset", "Job/a"].map(str::to_owned);
        Known { fingerprint: Fingerprint::of([name]), rule, object, file: file.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_and_taken_as_often_as_it_is_there() {
        let text = Baseline::text([known("a", "a.yaml"), known("b", "ü \n.yaml"), known("a", "b.yaml")]);
        assert_eq!(text.lines().count(), 4);
        let mut baseline = Baseline::read(&text.replace('\n', "\r\n")).expect("it is one");
        let [a, b] = ["a", "b"].map(|name| Fingerprint::of([name]));
        assert!(baseline.take(b, |file| file == "ü \n.yaml") && !baseline.take(b, |_| true));
        assert!(!baseline.take(a, |file| file == "c.yaml") && baseline.take(a, |file| file == "b.yaml"));
        let mut baseline = Baseline::read(&text).expect("it is one");
        assert!(baseline.take(a, |file| file == "b.yaml"));
        let mended = baseline.mended(|known| known.file != "ü \n.yaml");
        assert_eq!(without(&text, &mended), Baseline::text([known("b", "ü \n.yaml"), known("a", "b.yaml")]));
        assert_eq!(without(&text, &[]), text);
    }

    #[test]
    fn faults_are_named_at_their_lines() {
        let text = Baseline::text([known("a", "a.yaml")]);
        let faults = |text: &str| {
            let faults = Baseline::read(text).expect_err("it is wrong");
            let line = |at: u32| text[..at as usize].lines().count() + 1;
            faults.iter().map(|fault| format!("{}: {}", line(fault.span.start), fault.message)).collect::<Vec<_>>()
        };
        let conflict = "a conflict that git left: keep the lines of both sides, and take out its marks";
        let conflicted = format!("{text}<<<<<<< ours\n=======\n>>>>>>> theirs\n");
        assert_eq!(faults(&conflicted), [3, 4, 5].map(|line| format!("{line}: {conflict}")));
        assert_eq!(faults(&text.replace(":1}", ":2}")), ["1: a baseline of version 2; this batchlint reads version 1"]);
        assert!(faults("").concat().starts_with("1: no baseline of batchlint"));
        assert!(faults("a: b\n").concat().starts_with("1: no baseline of batchlint"));
        assert_eq!(faults(&format!("{text}{{}}\n")), ["3: no line of a baseline: missing field `fingerprint`"]);
        let short = format!("{text}{}", "{\"fingerprint\":\"12\",\"rule\":\"\",\"object\":\"\",\"file\":\"\"}");
        assert_eq!(faults(&short), ["3: no fingerprint: it has 32 of the digits 0 to 9 and a to f"]);
    }
}
