//! Where a text that cannot be read was to hold a Job or CronJob.

use std::cell::OnceCell;

use crate::sort;
use crate::text::Span;

/// Where a text gives something the kind Job or CronJob, or their API group. It is looked through once, and only when
/// it is asked.
#[derive(Debug)]
pub struct Mentions<'t> {
    text: &'t str,
    /// Where the parts of the text start that do, in order.
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Mentions<'t> {
    /// Those in a text.
    #[must_use]
    pub const fn of(text: &'t str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    /// Whether there is one.
    #[must_use]
    pub fn are_there(&self) -> bool {
        !self.starts.get_or_init(|| starts(self.text)).is_empty()
    }

    /// Whether there is one in a stretch of whole lines, or of one JSON object.
    #[must_use]
    pub fn are_in(&self, span: Span) -> bool {
        let starts = self.starts.get_or_init(|| starts(self.text));
        let first = starts.partition_point(|start| *start < span.start as usize);
        starts.get(first).is_some_and(|start| *start < span.end as usize)
    }
}

/// What separates parts of a text; a byte order mark stands before the first.
const SEPARATORS: [char; 8] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', ',', '{'];
/// What stands before a key, besides.
const BEFORE_KEY: [char; 5] = [' ', '\t', '-', '"', '\''];

/// Most of a text has neither key: it is looked for them, and not taken apart.
fn starts(text: &str) -> Vec<usize> {
    let keys = ["kind", "apiVersion"].into_iter().flat_map(|key| memchr::memmem::find_iter(text.as_bytes(), key));
    let mut starts: Vec<usize> = keys.filter_map(|at| part_of_jobs(text, at)).collect();
    sort::ascending(&mut starts);
    starts.dedup();
    starts
}

/// Where the part of a text starts whose key stands there, if that speaks of Jobs.
fn part_of_jobs(text: &str, key: usize) -> Option<usize> {
    let before = text[..key].trim_end_matches(BEFORE_KEY);
    let is_first = before.is_empty() || before.ends_with(SEPARATORS);
    let part = text[key..].split(SEPARATORS).next().filter(|_| is_first)?;
    speaks_of_jobs(part).then_some(before.len())
}

fn speaks_of_jobs(part: &str) -> bool {
    let Some((key, value)) = part.split_once(':') else { return false };
    let value = value.trim_start_matches([' ', '\t', '"', '\'']);
    let word = value.split(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or_default();
    match key.trim_end_matches(['"', '\'', ' ']) {
        "kind" => ["Job", "CronJob", "JobList", "CronJobList"].iter().any(|kind| word.eq_ignore_ascii_case(kind)),
        "apiVersion" => value.starts_with("batch/"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Mentions;
    use crate::text::Span;

    #[test]
    fn a_kind_or_an_api_group_is_found_where_it_stands() {
        let text = "a: 1\n- kind: \"cronjob\"\n{\"apiVersion\":\"batch/v1\"}\nkind: Jobs\n";
        let mentions = Mentions::of(text);
        let found: Vec<&str> = text
            .split_inclusive('\n')
            .filter(|line| {
                let start = u32::try_from(text.find(line).expect("it is a part")).expect("short");
                mentions.are_in(Span::new(start, start + u32::try_from(line.len()).expect("short")))
            })
            .collect();
        assert_eq!(found, ["- kind: \"cronjob\"\n", "{\"apiVersion\":\"batch/v1\"}\n"]);
    }

    #[test]
    fn a_key_is_all_that_stands_before_its_colon() {
        let is_there = |text| Mentions::of(text).are_there();
        for text in [
            "- - 'kind' : Job",
            "{a: 1,kind: JobList",
            "a\rkind: CronJob",
            "a\u{2028}\tapiVersion: \"batch/v1",
            "\u{feff}kind: Job",
        ] {
            assert!(is_there(text), "{text}");
        }
        for text in ["a: kind: Job", "kinds: Job", "subkind: Job", "kind: Jobs", "kind Job", "apiVersion: apps/v1"] {
            assert!(!is_there(text), "{text}");
        }
    }
}
