//! What Kubernetes itself says of its fields, in the schemas that it publishes (`tests/oracle/schema.py`).

use std::sync::LazyLock;

use super::types::Type;
use crate::text::unpacked;

/// The text `documentation.txt`, which is packed until an editor asks what a field is.
static TEXT: LazyLock<String> = LazyLock::new(|| unpacked(PACKED));
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/documentation"));

/// What is said of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documentation {
    /// Whether an object must have it.
    pub is_required: bool,
    /// Lines behind tabs.
    lines: &'static str,
}

impl Documentation {
    /// The text; empty where nothing is said.
    #[must_use]
    pub fn text(self) -> String {
        let lines: Vec<&str> = self.lines.lines().map(|line| line.trim_start_matches('\t')).collect();
        lines.join("\n")
    }
}

impl Type {
    /// What is said of a field, by the newest version that has it.
    #[must_use]
    pub fn documentation(&self, field: &str) -> Option<Documentation> {
        let start = TEXT.find(&format!("\n{}\n", self.name()))? + 1;
        let own = after_line(&TEXT[start..]);
        let end =
            own.match_indices('\n').map(|(at, _)| at + 1).find(|next| is_type(&own[*next..])).unwrap_or(own.len());
        let own = &own[..end];
        let (head, mark) = heads(own).find(|(_, head)| &head[1..] == field)?;
        let lines = after_line(&own[head..]);
        let said = lines.match_indices('\n').map(|(at, _)| at + 1).find(|next| !lines[*next..].starts_with('\t'));
        let lines = if lines.starts_with('\t') { &lines[..said.unwrap_or(lines.len())] } else { "" };
        Some(Documentation { is_required: mark.starts_with('*'), lines })
    }
}

/// The lines that name fields, each with its place.
fn heads(own: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = std::iter::once(0).chain(own.match_indices('\n').map(|(at, _)| at + 1));
    let lines = starts.map(|start| (start, own[start..].lines().next().unwrap_or_default()));
    lines.filter(|(_, line)| line.starts_with([' ', '*']))
}

fn is_type(rest: &str) -> bool {
    !rest.is_empty() && !rest.starts_with([' ', '*', '\t'])
}

fn after_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::{PACKED, TEXT};
    use crate::k8s::schema::{Version, type_named, types};

    #[test]
    fn packed_it_is_the_same_and_less_than_a_third() {
        assert_eq!(*TEXT, include_str!("documentation.txt"));
        assert!(3 * PACKED.len() < TEXT.len(), "{} of {} bytes", PACKED.len(), TEXT.len());
    }

    #[test]
    fn every_field_is_documented_as_its_own() {
        for owner in types() {
            for field in Version::all().flat_map(|version| owner.fields(version)) {
                assert!(owner.documentation(field.name).is_some(), "{}.{}", owner.name(), field.name);
            }
        }
        let of = |owner: &str, field: &str| type_named(owner).and_then(|one| one.documentation(field));
        let schedule = of("CronJobSpec", "schedule").expect("it is there");
        assert!(schedule.is_required && schedule.text().contains("Cron format"), "{schedule:?}");
        let policy = of("CronJobSpec", "concurrencyPolicy").expect("it is there");
        assert!(!policy.is_required && policy.text().contains("\n\n"), "{policy:?}");
        assert_eq!(of("CronJobSpec", "sched"), None);
        assert_eq!(of("CronJobSpec", "backoffLimit"), None);
    }
}
